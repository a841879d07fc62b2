"""Nothing that was told as done is lost when programs are killed, and nothing is left by half."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.reliability.conftest import Figures
from tests.reliability.kills import MIDST
from tests.reliability.sharing import shared_out

ROOT = Path(__file__).parents[2]


def kills(folder: Path, numbers: Sequence[int]) -> dict[str, Any]:
    """Kill as often as there are numbers, of which the first gives the chances."""
    place = folder / str(numbers[0])
    place.mkdir()
    argv = [sys.executable, "-m", "tests.reliability.kills", str(place), str(len(numbers)), str(numbers[0] + 1)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def test_a_killed_program_loses_nothing_it_told(tmp_path: Path) -> None:
    seen = kills(tmp_path, range(15))
    assert seen["bad"] == []
    assert seen["kills"] == 15
    assert min(seen["commits told"], seen[MIDST]) > 0


@pytest.mark.soak
def test_a_thousand_kills_lose_nothing_and_a_third_hit_a_transaction(tmp_path: Path, figures: Figures) -> None:
    shares = shared_out(partial(kills, tmp_path), range(1000))
    bad = [each for share in shares for each in share.pop("bad")]
    seen = sum(map(Counter, shares), Counter[str]())
    figures("kills", **seen, lost=len(bad))
    assert bad == []
    assert (seen["kills"], seen[MIDST] >= 300, seen["commits told"] >= 1000) == (1000, True, True)
    assert min(seen[f"of {act}"] for act in ("log", "close", "load", "bring")) > 0
