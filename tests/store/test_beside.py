"""What lies beside a store and would be waited for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay

from fugong.keeping import backup

pytestmark = [pytest.mark.on_a_file, pytest.mark.skipif(os.name == "nt", reason="it has no such pipes")]


@pytest.mark.parametrize(
    "argv", [["list"], ["log", "-", "口罩不足", "-t", "1"], ["store", "check"], ["store", "backup"]]
)
@pytest.mark.parametrize("suffix", ["-journal", "-wal"])
def test_a_pipe_beside_the_store_is_named_and_nobody_waits_for_it(store: Path, argv: list[str], suffix: str) -> None:
    os.mkfifo(lay(store).with_name(store.name + suffix))
    run = [sys.executable, "-m", "fugong", *argv]
    result = subprocess.run(run, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert result.returncode == 5
    assert f"旁边的 {store.name}{suffix} 不是普通文件，请移走" in result.stderr


def test_a_pipe_in_the_place_of_a_checksum_is_not_waited_for(store: Path, fugong: Run) -> None:
    made = backup.make(str(lay(store)), store.parent / "copy.db")
    (store.parent / "copy.db.sha256").unlink()
    os.mkfifo(store.parent / "copy.db.sha256")
    result = fugong("store", "restore", str(made), "--force")
    assert (result.exit_code, "校验和文件读不了" in result.stderr) == (5, True)
