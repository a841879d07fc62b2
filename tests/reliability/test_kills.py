"""Nothing that was told as done is lost when programs are killed, and nothing is left by half."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def kills(folder: Path, count: int) -> dict[str, Any]:
    argv = [sys.executable, "-m", "tests.reliability.kills", str(folder), str(count), "1"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def test_a_killed_program_loses_nothing_it_told(tmp_path: Path) -> None:
    figures = kills(tmp_path, 30)
    assert figures["bad"] == []
    assert (figures["kills"], figures["told"] > 0, figures["midst"] > 0) == (30, True, True)


@pytest.mark.soak
def test_a_thousand_kills_lose_nothing_and_a_third_hit_a_transaction(tmp_path: Path) -> None:
    figures = kills(tmp_path, 1000)
    print(figures)  # noqa: T201
    assert figures["bad"] == []
    assert figures["midst"] >= 300
    assert min(figures[act] for act in ("log", "close", "load", "bring")) > 0
