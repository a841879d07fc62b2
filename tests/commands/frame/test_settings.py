"""What the command line says for every command is read from what was parsed, and from bare words only before that."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Run


@pytest.mark.on_a_file
@pytest.mark.usefixtures("county")
def test_a_text_that_looks_like_an_option_does_not_set_the_format(fugong: Run) -> None:
    refused = fugong("note", "9-9", "--", "--format json")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("错误：")
    refused = fugong("note", "--", "9-9", "--format", "json")
    assert refused.stderr.startswith("错误：")


@pytest.mark.on_a_file
@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    "argv",
    [("list", "--team", "99", "--format", "json"), ("list", "--team", "99", "-fJSON"), ("list", "-f", "json", "-t99")],
)
def test_a_refusal_is_json_where_json_was_asked_for(fugong: Run, argv: tuple[str, ...]) -> None:
    assert json.loads(fugong(*argv).stderr)["error"]["code"] == "unknown_name"


@pytest.mark.on_a_file
@pytest.mark.usefixtures("county")
def test_before_anything_is_parsed_the_words_themselves_say_the_format(fugong: Run) -> None:
    refused = fugong("--store", "", "list", "--format=json")
    assert json.loads(refused.stderr)["error"]["code"] == "store_unnamed"
    refused = fugong("--store", "", "note", "1-1", "--", "--format", "json")
    assert refused.stderr.startswith("错误：")


COLLECTIONS = """
import atexit, gc, sys
from fugong.__main__ import main
runs = []
gc.callbacks.append(lambda phase, _: runs.append(phase))
atexit.register(lambda: print(runs.count("stop"), file=sys.stderr))
main()
"""


def collections(*argv: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", COLLECTIONS, *argv], capture_output=True, encoding="utf-8", check=False
    )
    return int(done.stderr.splitlines()[-1])


@pytest.mark.on_a_file
@pytest.mark.parametrize("argv", [("--help",), ("list",), ("progress",), ("show", "1-1")])
def test_the_garbage_collector_does_not_run_in_a_start(county: Path, argv: tuple[str, ...]) -> None:
    assert county.exists()
    assert collections(*argv) == 0


@pytest.mark.on_a_file
def test_the_garbage_collector_runs_in_long_work(empty_store: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "long.csv"
    rows = "".join(f"1,问题{number},2020-03-01\n" for number in range(400))
    ledger.write_text("组号,问题描述,提出日期\n" + rows, encoding="utf-8")
    assert empty_store.exists()
    assert collections("import", str(ledger), "--dry-run", "--keep-going") > 1
