"""--approx: a day that is not exactly known, on every command that takes a day."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main
from tests.conftest import Run

from fugong.cli import app

pytestmark = pytest.mark.usefixtures("county")


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Every command with its options."""
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))
    if not hasattr(command, "commands"):
        yield " ".join(path), {option for param in command.params for option in param.opts}


def last_event(fugong: Run, *card: str) -> tuple[str, str, bool]:
    """The kind, the day and the doubt of the last event of a record."""
    printed = fugong(*card, "--format", "json")
    assert (printed.exit_code, printed.stderr) == (0, "")
    event = json.loads(printed.stdout)["items"][0]["events"][-1]
    return event["kind"], event["on"], event["approximate"]


def test_every_command_that_takes_a_day_takes_approx() -> None:
    dated = {name: options for name, options in commands(typer.main.get_command(app)) if "--on" in options}
    assert len(dated) >= 14
    exact = {"nil", "today", "notice make"}  # a report is of a day, entries are read of one, and a paper bears its own
    assert {name for name, options in dated.items() if "--approx" not in options} == exact


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "id_", "kind"),
    [
        (["log", "甲厂", "新问题"], "1-4", "log"),
        (["assign", "1-3", "--department", "工信局"], "1-3", "assign"),
        (["note", "1-3", "有进展"], "1-3", "note"),
        (["close", "1-3", "--how", "已解决"], "1-3", "close"),
        (["reopen", "1-2", "--why", "又有"], "1-2", "reopen"),
        (["void", "1-3", "--why", "重复"], "1-3", "void"),
        (["log", "甲厂", "新问题", "--solved", "--how", "已解决"], "1-4", "close"),
    ],
)
def test_an_act_on_an_approximate_day_says_so_in_the_history(fugong: Run, argv: list[str], id_: str, kind: str) -> None:
    assert fugong(*argv, "--on", "2020-03-12", "--approx").exit_code == 0
    assert last_event(fugong, "show", id_) == (kind, "2020-03-12", True)
    assert "\n约 2020-03-12\t" in fugong("show", id_).stdout


def test_a_found_date_is_approximate_until_it_is_corrected(fugong: Run) -> None:
    def found() -> tuple[str, bool]:
        item = json.loads(fugong("show", "1-4", "--format", "json").stdout)["items"][0]
        return item["found_on"], item["approximate"]

    fugong("log", "甲厂", "新问题", "--on", "昨天", "--approx")
    assert found() == ("2020-03-12", True)
    fugong("edit", "1-4", "--on", "3月11日")
    assert found() == ("2020-03-11", False)
    fugong("edit", "1-4", "--on", "3月10日", "--approx")
    assert found() == ("2020-03-10", True)
    fugong("edit", "1-4", "--no-approx")
    assert found() == ("2020-03-10", False)


@pytest.mark.parametrize(
    ("argv", "card"),
    [
        (["support", "add", "甲厂", "物资", "送"], ["support", "show", "1-w3"]),
        (["outreach", "add", "甲厂", "标语", "贴"], ["outreach", "show", "1-w3"]),
        (["inspection", "add", "甲厂", "--pass-rest"], ["inspection", "show", "1-w3"]),
        (["milestone", "add", "乙建材", "党支部"], ["milestone", "show", "乙建材", "党支部"]),
    ],
)
def test_work_and_milestones_of_an_approximate_day_say_so(fugong: Run, argv: list[str], card: list[str]) -> None:
    assert fugong(*argv, "--on", "2020-03-12", "--approx").exit_code == 0
    assert last_event(fugong, *card) == ("add", "2020-03-12", True)
    assert "约 2020-03-12" in fugong(*card).stdout.split("\n\n")[0]
