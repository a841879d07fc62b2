"""Under English everything is English, and says what people would say."""

import json

import pytest
from tests.conftest import Run
from tests.county import outcome

pytestmark = pytest.mark.usefixtures("county")
ENGLISH = {"FUGONG_LANG": "en"}


def test_values_are_in_the_language_of_the_headings(fugong: Run) -> None:
    chinese = fugong("list", "--format", "csv").stdout
    english = fugong("list", "--format", "csv", "--header", "en").stdout
    assert ("办理中" in chinese or "待办" in chinese, "办理中" in english or "待办" in english) == (True, False)
    assert english == fugong("list", "--format", "csv", **ENGLISH).stdout
    assert "待办" in fugong("list", "--format", "csv", "--header", "zh", **ENGLISH).stdout


def test_an_inspection_is_entered_in_the_language_of_its_clerk(fugong: Run) -> None:
    ident = fugong("inspection", "add", "甲厂", "--pass-rest", **ENGLISH).stdout.split("  ")[0]
    assert json.loads(fugong("activity", "show", ident, "--json").stdout)["items"][0]["text"] == "five checks"
    assert "五查" in fugong("inspection", "add", "甲厂", "--pass-rest").stdout


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("log", "甲厂", "x", "-c", "zzz"), "“zzz” is not on the list “problem category”"),
        (("inspection", "add", "甲厂", "--fail", "zzz=bad"), "“zzz” is not on the list “five checks”"),
        (("team", "retire", "2"), "cannot be retired yet"),
        (("show", "1-w1"), "fugong activity show 1-w1"),
    ],
)
def test_refusals_read_as_english(fugong: Run, argv: tuple[str, ...], said: str) -> None:
    status, _, why = outcome(fugong(*argv, **ENGLISH))
    assert (status, said in why) == (1, True)


@pytest.mark.parametrize(
    ("argv", "option"),
    [
        (("void", "1-1", "--reason", "x"), "--why"),
        (("close", "1-1", "--measure", "x"), "--how"),
        (("list", "--dept", "x"), "--department"),
    ],
)
def test_what_an_option_is_called_elsewhere_leads_to_it(fugong: Run, argv: tuple[str, ...], option: str) -> None:
    status, _, why = outcome(fugong(*argv))
    assert (status, f"是不是 {option}？" in why) == (2, True)
