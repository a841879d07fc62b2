"""Rows that say what one before them said share what it came to; each is entered as it would be by itself."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Run, command
from tests.imports.sheets import comma, counted

from fugong.domain import history
from fugong.domain.history import canonical, written
from fugong.store.identity import new_uid
from fugong.store.records import Problem
from fugong.vocab import Status

HEADER = ["企业", "问题", "类别", "发现日期", "责任单位", "整改时限", "进展情况", "是否销号", "办结日期", "整改措施"]
CLOSED = ["甲厂", "", "", "2020-03-05", "工信局、卫健局", "3天", "已联系", "是", "2020-03-10", "已解决"]
OPEN = ["甲厂", "", "", "2020-03-05", "工信局", "", "", "否", "", ""]


def row(like: list[str], text: str) -> list[str]:
    """A row that differs from another in its text."""
    return [like[0], text, *like[2:]]


def told(store: Path) -> list[Any]:
    """All that is told of the problems that were imported, but for what is each one's own."""
    with command(store) as writer:
        found = writer.session.all(Problem, "t.number > 3 ORDER BY t.number")
        return [
            (
                {name: value for name, value in history.state(each).items() if name not in ("number", "text")},
                [
                    (event.act, event.on_date, event.approximate, event.text, sorted(history.changes(event)))
                    for event in history.of(writer.session, each.uid)
                ],
            )
            for each in found
        ]


@pytest.mark.parametrize("like", [CLOSED, OPEN], ids=["closed", "open"])
def test_a_row_like_another_is_entered_as_by_itself(county: Path, tmp_path: Path, fugong: Run, like: list[str]) -> None:
    together = [HEADER, *(row(like, f"缺料{at}") for at in range(3))]
    assert counted(fugong("import", str(comma(tmp_path / "all.csv", together)))).startswith("新增 3，")
    alone = [HEADER, row(like, "缺人")]
    assert counted(fugong("import", str(comma(tmp_path / "one.csv", alone)))).startswith("新增 1，")
    first, *others = told(county)
    assert others == [first] * 3
    with command(county) as writer:
        found = writer.session.all(Problem, "t.number > 3 ORDER BY t.number")
        assert [each.text for each in found] == ["缺料0", "缺料1", "缺料2", "缺人"]
        assert [each.status for each in found] == [Status.CLOSED if like is CLOSED else Status.OPEN] * 4
        for each in found:
            assert history.fold(map(history.changes, history.of(writer.session, each.uid))) == history.state(each)


@pytest.mark.parametrize("like", [CLOSED, OPEN], ids=["closed", "open"])
def test_a_row_like_one_of_another_firm_is_entered_as_by_itself(
    county: Path, tmp_path: Path, fugong: Run, like: list[str]
) -> None:
    firms = ["甲厂", "丙丁铸造", "某县甲厂有限公司", "丙丁铸造", ""]
    filed = ["帮扶组", *HEADER]
    together = [filed, *(["" if firm else "2", firm, f"缺料{at}", *like[2:]] for at, firm in enumerate(firms))]
    assert counted(fugong("import", str(comma(tmp_path / "all.csv", together)))).startswith("新增 5，")
    with command(county) as writer:
        problems = writer.session.all(Problem, "t.text LIKE '缺料%' ORDER BY t.id")
        first, other = "某县甲厂有限公司", "某县丙丁铸造有限公司"
        assert [(each.team.code, each.number, each.enterprise and each.enterprise.name) for each in problems] == [
            ("1", 4, first), ("2", 3, other), ("1", 5, first), ("2", 4, other), ("2", 5, None),
        ]  # fmt: skip
        for each in problems:
            assert history.fold(map(history.changes, history.of(writer.session, each.uid))) == history.state(each)
    alone, one = [HEADER, row(["丙丁铸造", *like[1:]], "缺人")], "2-6"
    assert fugong("import", str(comma(tmp_path / "one.csv", alone))).exit_code == 0
    shown = [
        fugong("show", number, "--history").stdout.replace(number, "").replace(text, "")
        for number, text in ((one, "缺人"), ("2-3", "缺料1"))
    ]
    assert shown[0] == shown[1]


def test_the_firm_of_a_row_like_another_is_refused_as_by_itself(county: Path, tmp_path: Path, fugong: Run) -> None:
    assert fugong("enterprise", "add", "停产纸厂", "--team", "2").exit_code == 0
    assert fugong("enterprise", "retire", "停产纸厂", "--on", "2020-03-01").exit_code == 0
    firms = ["甲厂", "没有这家厂子", "停产纸厂", "甲厂"]

    def refused(*which: str) -> list[str]:
        table = [HEADER, *([firm, f"缺料{at}", *OPEN[2:]] for at, firm in enumerate(which))]
        result = fugong("import", str(comma(tmp_path / "a.csv", table)))
        assert result.exit_code == 1
        return [re.split("[，：]", line, maxsplit=1)[1] for line in result.stderr.splitlines() if line[:2] == "第 "]

    together = refused(*firms)
    assert len(together) == 2
    assert together == refused(firms[1]) + refused(firms[2])


def test_the_text_of_a_row_like_another_is_refused_once(county: Path, tmp_path: Path, fugong: Run) -> None:
    texts = ["缺料", "坏\x07字", "", "多" * 4001]
    result = fugong("import", str(comma(tmp_path / "a.csv", [HEADER, *(row(OPEN, each) for each in texts)])))
    assert result.exit_code == 1
    assert [result.stderr.count(f"第 {number} 行") for number in (2, 3, 4, 5)] == [0, 1, 1, 1]


def test_a_row_like_another_that_is_in_the_file_already_is_the_same(county: Path, tmp_path: Path, fugong: Run) -> None:
    texts = ["缺料一", "缺料二", "缺料一"]
    result = fugong("import", str(comma(tmp_path / "a.csv", [HEADER, *(row(OPEN, each) for each in texts)])))
    assert counted(result).startswith("新增 2，更新 0，不变 1")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"text": [None, '"引号"\\和\n换行'], "number": [None, 12], "major": [None, True], "assist": [[], ["b", "a"]]},
        {"redacted": [None, {"b": 1, "a": ["x"]}], "due_on": ["2020-03-12", None]},
    ],
)
def test_changes_are_written_canonically(changes: history.Changes) -> None:
    assert written(changes) == canonical(changes)
    assert json.loads(written(changes)) == changes


def test_a_process_that_was_forked_has_chances_of_its_own() -> None:
    new_uid()
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.write(writing, new_uid().encode())
        os._exit(0)
    os.wait()
    assert os.read(reading, 100).decode()[-16:] != new_uid()[-16:]
    os.close(reading)
    os.close(writing)
