"""What is said at once because it may be a slip: a clock that went back, nil beside a problem, two stores."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay


@pytest.fixture(autouse=True)
def _county(store: Path) -> None:
    lay(store)


def test_a_clock_behind_the_newest_entry_is_said_once_and_the_act_is_entered(fugong: Run) -> None:
    assert "时钟" not in fugong("note", "1-1", "已联系", FUGONG_TODAY="2020-03-20T10:00").stderr
    late = fugong("note", "1-1", "2-1", "又联系", FUGONG_TODAY="2020-03-18T10:00")
    assert (late.exit_code, late.stderr.count("这台机器的时钟"), "2020-03-20 10:00" in late.stderr) == (0, 1, True)
    assert "时钟" not in fugong("note", "1-1", "再联系", "--quiet", FUGONG_TODAY="2020-03-18T10:00").stderr
    assert "时钟" not in fugong("list", FUGONG_TODAY="2020-03-18T10:00").stderr


def test_nil_beside_a_problem_of_the_day_is_said_at_once_whichever_came_first(fugong: Run) -> None:
    assert "零报告" not in fugong("log", "甲厂", "缺煤").stderr
    said = fugong("nil", "1").stderr
    assert "登记了 1 个问题，却又零报告" in said
    assert "这一组 2020-03-13 已经零报告" in fugong("log", "甲厂", "缺水").stderr
    assert "零报告" not in fugong("log", "甲厂", "缺电", "--on", "2020-03-12").stderr
    assert "but" not in fugong("nil", "2", FUGONG_LANG="en").stderr


@pytest.mark.on_a_file
def test_a_night_for_one_store_is_not_run_for_another(fugong: Run, store: Path, tmp_path: Path) -> None:
    other = fugong("--store", "other.db", "nightly", str(store), str(tmp_path / "out"))
    assert (other.exit_code, "other.db" in other.stderr, (tmp_path / "out").exists()) == (2, True, False)
    assert fugong("--store", str(store), "nightly", str(store), str(tmp_path / "out")).exit_code in (0, 6)
