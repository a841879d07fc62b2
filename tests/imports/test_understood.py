"""What rows were understood to say is said: who must act, the category, the deadline with its rule and its light."""

from pathlib import Path

import pytest
from tests.conftest import Run

pytestmark = pytest.mark.on_a_file
HEADS = "企业名称,问题描述,提出日期,整改时限,责任单位,问题类别\n"


def told(fugong: Run, path: Path, *rows: str, **env: str) -> list[str]:
    """The last column of what an import of these rows says of each."""
    path.write_text(HEADS + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return [line.split("\t")[-1] for line in fugong("import", str(path), **env).stdout.splitlines()[1:]]


def test_a_new_row_is_told_as_a_problem_is_that_was_logged(county: Path, tmp_path: Path, fugong: Run) -> None:
    first, second, third = told(
        fugong,
        tmp_path / "a.csv",
        "甲厂,缺煤,2020-03-02,7个工作日,工信局,防控物资",
        "甲厂,缺电,2020-03-12,2020-03-31,,",
        "甲厂,缺路,2020-03-12,长期,,",
    )
    assert first == "交工信局；防控物资；时限 2020-03-11 周三（从 2020-03-02 起 7 个工作日） ● 红"
    assert (second, third) == ("时限 2020-03-31 周二", "时限 长期")
    assert county.exists()


def test_a_changed_deadline_is_told_once_and_with_its_rule(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "a.csv"
    told(fugong, path, "甲厂,缺电,2020-03-12,2020-03-31,,")
    assert told(fugong, path, "甲厂,缺电,2020-03-12,2wd,,") == [
        "时限：2020-03-31 周二 → 2020-03-16 周一（从 2020-03-12 起 2 个工作日） ● 黄"
    ]
    assert told(fugong, path, "甲厂,缺电,2020-03-12,2020-03-30,,", FUGONG_LANG="en") == [
        "deadline: Mon 2020-03-16 → Mon 2020-03-30"
    ]
    assert county.exists()
