"""member: entered, corrected and retired; telephone numbers are masked, party status is only counted."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run
from tests.county import fingerprint

from fugong import db
from fugong.store import views

PHONE = "13800005678"
NEW = (
    "member", "add", "组员丁", "--team", "1", "--unit", "工信局", "--post", "科员",
    "--duty", "安全员", "--duty", "组员", "--enterprise", "甲厂",
    "--phone", "138 0000 5678", "--party", "党员", "--note", "借调",
)  # fmt: skip


def shown(fugong: Run, name: str, *argv: str) -> dict[str, Any]:
    printed = fugong("member", "show", name, "--format", "json", *argv)
    assert (printed.exit_code, printed.stderr) == (0, "")
    (item,) = json.loads(printed.stdout)["items"]
    found: dict[str, Any] = item
    return found


def done(fugong: Run, *argv: str) -> str:
    """Do something, and prove the store whole after it."""
    printed = fugong(*argv)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert fugong("store", "check").exit_code == 0
    return printed.stdout


@pytest.mark.usefixtures("county")
def test_a_member_is_entered_with_all_that_is_known_of_them(fugong: Run) -> None:
    assert done(fugong, *NEW) == "组员丁\n"
    made = shown(fugong, "组员丁")
    assert [made[each] for each in ("team", "unit", "post", "duties", "enterprise", "phone", "remark")] == [
        "1", "工信局", "科员", ["safety", "member"], "某县甲厂有限公司", "138****5678", "借调",
    ]  # fmt: skip


@pytest.mark.parametrize("fmt", ["table", "plain", "csv", "json", "md"])
@pytest.mark.usefixtures("county")
def test_a_telephone_number_is_whole_only_on_request(fugong: Run, fmt: str) -> None:
    said = [fugong(*NEW)]
    said += [fugong("member", "edit", "组员丁", "--phone", PHONE.replace("5678", "5679"))]
    said += [fugong("undo")]
    for argv in (["member", "list"], ["member", "show", "组员丁"], ["team", "show", "1"]):
        said.append(fugong(*argv, "--format", fmt))
        listed = argv[0] == "member" or fmt != "csv"  # the CSV of a card has the record alone
        assert ("138****5678" in said[-1].stdout.replace("\\", "")) is listed
    assert [each for each in said if PHONE[:7] in each.stdout + each.stderr] == []
    for argv in (["member", "list"], ["member", "show", "组员丁"]):
        assert PHONE in fugong(*argv, "--with-personal", "--format", fmt).stdout


@pytest.mark.usefixtures("county")
def test_a_workbook_masks_telephone_numbers_too(fugong: Run, tmp_path: Path) -> None:
    fugong(*NEW)
    path = tmp_path / "members.xlsx"
    assert fugong("member", "list", "-o", str(path)).exit_code == 0
    from python_calamine import load_workbook

    cells = [str(cell) for row in load_workbook(path).get_sheet_by_index(0).to_python() for cell in row]
    assert "138****5678" in cells
    assert [cell for cell in cells if PHONE in cell] == []


def test_no_view_has_a_telephone_number_or_a_party_status(county: Path, fugong: Run) -> None:
    fugong(*NEW)
    fugong("member", "edit", "组员丁", "--party", "预备党员")
    names = [statement.split()[2] for statement in views.statements("sqlite")]
    with db.reading(str(county)) as reader:
        told = "\n".join(str(row) for name in names for row in reader.rows(f"SELECT * FROM {name}"))
    assert "组员丁" in told
    assert [text for text in (PHONE, "probationary", "phone", 'party"') if text in told] == []


@pytest.mark.parametrize(
    ("typed", "masked"),
    [("13800005678", "138****5678"), ("0357-3621234", "********1234"), ("3621234", "***1234")],
)
@pytest.mark.usefixtures("county")
def test_what_is_shown_of_a_number(fugong: Run, typed: str, masked: str) -> None:
    fugong("member", "add", "组员丁", "--team", "1", "--phone", typed)
    assert shown(fugong, "组员丁")["phone"] == masked
    assert shown(fugong, "组员丁", "--with-personal")["phone"] == typed


@pytest.mark.usefixtures("county")
def test_party_status_is_counted_for_each_team_and_never_listed(fugong: Run) -> None:
    def team() -> dict[str, Any]:
        items: list[dict[str, Any]] = json.loads(fugong("team", "list", "--format", "json").stdout)["items"]
        return items[0]

    assert (team()["party_members"], team()["activists"]) == (None, None)  # nobody's is known
    fugong(*NEW)
    fugong("member", "add", "组员戊", "--team", "1", "--party", "入党积极分子")
    assert (team()["party_members"], team()["activists"]) == (1, 1)
    for argv in (["member", "list", "--all"], ["member", "show", "组员丁"]):
        for fmt in ("plain", "json", "csv"):
            printed = fugong(*argv, "--format", fmt).stdout
            assert [word for word in ("党员", "activist", '"member", "') if word in printed and fmt != "json"] == []
    changes = shown(fugong, "组员丁")["events"][0]["changes"]
    assert changes["party"] == [None, "***"]
    done(fugong, "member", "retire", "组员丁")
    assert team()["party_members"] == 0


@pytest.mark.words
@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["add", "组员甲", "--team", "1"], "「组员甲」已经是组员"),
        (["add", "组员丁", "--team", "9"], "没有帮扶组「9」"),
        (["add", "组员丁", "--team", "1", "--phone", "13800abc"], "电话号码看不懂"),
        (["add", "组员丁", "--team", "1", "--phone", "138"], "电话号码看不懂"),
        (["add", "", "--team", "1"], "不能为空"),
        (["edit", "组员甲", "--name", "组员乙"], "「组员乙」已经是组员"),
        (["edit", "组员甲"], "没有写要改什么"),
        (["show", "组员壬"], "没有叫「组员壬」的组员"),
        (["show", "组员甲", "--format", "json"], ""),
    ],
)
def test_a_refused_member_leaves_the_store_alone(county: Path, fugong: Run, argv: list[str], said: str) -> None:
    before = fingerprint(county)
    refused = fugong("member", *argv)
    assert refused.exit_code == (1 if said else 0)
    assert said in refused.stderr
    assert "13800abc" not in refused.stderr
    assert fingerprint(county) == before


@pytest.mark.usefixtures("county")
def test_members_of_one_name_are_told_apart_by_their_team(fugong: Run) -> None:
    done(fugong, "member", "add", "组员甲", "--team", "2", "--post", "主任")
    ambiguous = fugong("member", "show", "组员甲")
    assert ambiguous.exit_code == 1
    assert "1/组员甲、2/组员甲" in ambiguous.stderr
    assert shown(fugong, "2/组员甲")["post"] == "主任"
    done(fugong, "member", "edit", "2/组员甲", "--name", "组员庚", "--team", "10")
    assert shown(fugong, "组员庚")["team"] == "10"


@pytest.mark.usefixtures("county")
def test_a_member_who_left_is_listed_on_request(fugong: Run) -> None:
    def names(*argv: str) -> list[str]:
        items = json.loads(fugong("member", "list", *argv, "--format", "json").stdout)["items"]
        return [item["name"] for item in items]

    everyone = names()
    done(fugong, "member", "retire", "组员乙", "--why", "调离")
    assert set(everyone) - set(names()) == {"组员乙"}
    assert names("--all") == everyone
    assert shown(fugong, "组员乙")["retired_why"] == "调离"
    done(fugong, "member", "restore", "组员乙")
    assert names() == everyone


@pytest.mark.usefixtures("county")
def test_every_act_on_a_member_can_be_undone(fugong: Run) -> None:
    before = fugong("member", "list", "--all", "--with-personal", "--format", "json").stdout
    for argv in (
        NEW,
        ("member", "edit", "组员甲", "--enterprise", "", "--duty", "卫生员"),
        ("member", "retire", "组员甲"),
    ):
        done(fugong, *argv)
        assert fugong("undo").exit_code == 0
        assert fugong("store", "check").exit_code == 0
        assert fugong("member", "list", "--all", "--with-personal", "--format", "json").stdout == before
