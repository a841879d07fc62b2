"""What ``show`` says on a terminal: what matters first, nothing that is empty, the history as people tell it."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay

from fugong import db
from fugong.output.cells import visible
from fugong.queries import lights
from fugong.reports.problems import cards
from fugong.results.report import Report


def shown(store: Path, ident: str) -> Report:
    """The report of one problem for a terminal."""
    with db.reading(str(store)) as reader:
        return cards(reader, [ident], lights.lights(reader, date(2020, 3, 20)), fitted=True)


def facts(report: Report) -> dict[str, str]:
    (row,) = report.rows
    return {column.head.zh: visible(text) for column, text in zip(report.columns, row, strict=True)}


@pytest.fixture
def worked(county: Path, fugong: Run) -> Path:
    """A problem that was handed on, put off and chased."""
    fugong("log", "甲厂", "招不到熟练工", "-d", "工信局", "--due", "3wd", "--on", "3月9日", "--person", "测试员丙")
    fugong("assign", "1-4", "卫健局", "--assist", "应急局")
    fugong("extend", "1-4", "--to", "3月16日", "--why", "重新招工", "--late")
    fugong("chase", "1-4", "电话")
    return county


@pytest.fixture
def county(store: Path) -> Path:
    """A store that holds the synthetic county."""
    return lay(store)


def test_what_matters_stands_first_and_what_is_empty_is_left_out(worked: Path) -> None:
    report = shown(worked, "1-4")
    assert report.title.zh == "1-4  甲厂  招不到熟练工"
    said = facts(report)
    assert next(iter(said)) == "亮灯"
    assert said["亮灯"] == "● 红；逾期 4 天；办理中；卫健局；时限 2020-03-16 周一"
    assert said["责任单位"] == "卫健局；协办 应急局；测试员丙"
    assert said["时限"].startswith("2020-03-16 周一")
    assert ("延期 1 次" in said["时限"], said["催办"]) == (True, "1 次")
    assert set(said) == {"亮灯", "企业", "责任单位", "时限", "催办", "分类"}


def test_the_history_is_told_in_verbs_with_who_did_it_at_the_right(worked: Path) -> None:
    history = shown(worked, "1-4").footer
    assert history is not None
    assert history.title.zh == "经过（4 步）"
    told = [row[1].split("：")[0] for row in history.rows]
    assert told == ["登记", "交办", "延期", "催办"]
    assert [column.key for column in history.columns if column.brief] == ["on", "told", "actor"]


def test_several_stand_one_under_the_other_and_scripts_get_what_they_got(worked: Path, fugong: Run) -> None:
    plain = fugong("show", "1-4", "1-1").stdout
    assert ("唯一标识" in plain, "录入时间" in plain) == (True, True)
    with db.reading(str(worked)) as reader:
        report = cards(reader, ["1-4", "1-1"], lights.lights(reader, date(2020, 3, 20)), fitted=True)
    titles: list[str] = []
    part: Report | None = report
    while part:
        titles.append(part.title.zh.split("  ")[0])
        part = part.footer
    assert [title for title in titles if "-" in title] == ["1-4", "1-1"]
