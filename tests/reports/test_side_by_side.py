"""What a record is in conflict about, on a terminal: side by side, with what was before and what to type."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping.copies import Copies

from fugong import db
from fugong.lang import name_of
from fugong.reports.side_by_side import side_by_side
from fugong.results.report import Report


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home and two copies of it."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    made.clone("c")
    return made


def tables(copies: Copies, given: str) -> list[Report]:
    """The tables of a record, one under the other."""

    def under(report: Report | None) -> Iterator[Report]:
        if report is not None:
            yield report
            yield from under(report.footer)

    with db.reading(copies.places["home"]) as reader:
        return list(under(side_by_side(reader, given)))


def notes(report: Report) -> list[str]:
    return [name_of(note) for note in report.notes]


def test_each_side_is_a_column_and_the_one_that_stands_says_so(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--text", "缺口罩一百只", day="2020-03-14")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只", day="2020-03-15")
    copies.merge("home", "b", "c")
    (table,) = tables(copies, "1-1")
    assert table.title.zh == "1-1  甲厂  缺口罩二百只"
    said, by, now = table.rows
    at = said.index("缺口罩二百只")
    assert sorted(said) == sorted(["描述", "缺口罩一百只", "缺口罩二百只"])
    assert by[at].startswith("c，2020-03-15 周日")
    assert [place for place, text in enumerate(now) if text] == [at]
    assert name_of(table.columns[at].head).endswith("  c")
    assert notes(table)[0] == "分开以前：口罩不足三天"


def test_every_line_to_type_settles_it(copies: Copies) -> None:
    copies("b", "close", "1-1", "到货")
    copies("c", "void", "1-1", "--why", "登记错了")
    copies("b", "edit", "1-1", "--note", "一")
    copies("c", "edit", "1-1", "--note", "二")
    copies.merge("home", "b", "c")
    every = tables(copies, "1-1")
    assert len(every) == 2
    assert any("定下来之前算正在解决。" in notes(table) for table in every)
    for table in every:
        line = next(note for note in notes(table) if "conflict settle" in note)
        words = line.split("  按")[0].split()[1:]
        assert copies("home", *words).exit_code == 0
    assert copies.conflicts("home") == []


def test_what_was_done_behind_a_side_stands_below_it(copies: Copies) -> None:
    copies("b", "edit", "1-1", "--text", "缺口罩一百只", day="2020-03-14")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只", day="2020-03-14")
    copies("b", "note", "1-1", "去看过", day="2020-03-15")
    copies.merge("home", "b", "c")
    copies("home", "note", "1-1", "两边都知道了", day="2020-03-16")
    (table,) = tables(copies, "1-1")
    said, *_, since = table.rows
    assert since[0] == "之后"
    assert [since[said.index(side)] for side in ("缺口罩一百只", "缺口罩二百只")] == ["2020-03-15 记录 去看过", ""]


def test_the_retirement_of_a_firm_is_no_side_to_take(copies: Copies) -> None:
    copies("home", "enterprise", "add", "某县闲厂有限公司", "--team", "1")
    copies.merge("b", "home")
    copies.merge("c", "home")
    copies("b", "enterprise", "retire", "某县闲厂有限公司", "--why", "关了")
    copies("c", "log", "某县闲厂有限公司", "缺电", day="2020-03-15")
    copies.merge("home", "b", "c")
    (table,) = tables(copies, "1-C1")
    lines = [note for note in notes(table) if "conflict settle" in note]
    assert (len(table.columns), len(lines), "restore" in notes(table)[-1]) == (3, 1, True)
    assert copies("home", *lines[0].split("  按")[0].split()[1:]).exit_code == 0
    assert copies.conflicts("home") == []


def test_of_two_that_came_to_one_name_there_is_no_side_to_take(copies: Copies) -> None:
    copies("b", "enterprise", "edit", "甲厂", "--name", "某县新名有限公司")
    copies("c", "enterprise", "edit", "乙建材", "--name", "某县新名有限公司")
    copies.merge("home", "b", "c")
    ((name,), _) = copies.rows("home", "SELECT name FROM enterprise WHERE name LIKE '某县新名有限公司·%' ORDER BY name")
    (table,) = tables(copies, str(name))
    said = " ".join(notes(table))
    assert ("settle" in said, "enterprise edit" in said, "enterprise join" in said) == (False, True, True)
    listed = copies("home", "conflict", "list", "--format", "table").stdout
    assert ("settle" in listed, "enterprise join" in listed) == (False, True)


def test_it_is_what_a_terminal_shows_and_a_pipe_has_rows(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    from fugong.commands.frame.options import Delivery

    copies("b", "edit", "1-1", "--text", "缺口罩一百只")
    copies("c", "edit", "1-1", "--text", "缺口罩二百只")
    copies.merge("home", "b", "c")
    assert "按c：" not in copies("home", "conflict", "show", "1-1", "--format", "table").stdout
    monkeypatch.setattr(Delivery, "fitted", property(lambda _: True))
    shown = copies("home", "conflict", "show", "1-1", "--format", "table").stdout
    assert ("分开以前：口罩不足三天" in shown, "按 c：缺口罩二百只" in shown) == (True, True)
