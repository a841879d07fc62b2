"""The old binary workbook imports like the new one."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Run
from tests.county import lay
from tests.drawing import drawn
from tests.imports.old import old_book
from tests.imports.sheets import counted

from fugong import db

ROWS: list[list[Any]] = [
    ["问题台账"],
    ["填报单位：第二组　填报日期：2020年3月12日"],
    ["序号", "企业名称", "问题描述", "发现日期", "责任人"],
    [1, "丙丁铸造", "一", 43900, "组员丙"],
    [2, "", "二", "3月11日", "组员丙"],
    ["合计", 2],
]


def test_an_old_workbook_is_read_with_its_merged_cells(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = old_book(tmp_path / "a.xls", ROWS, [(0, 0, 0, 4), (3, 4, 1, 1)])
    result = fugong("import", str(path))
    assert result.stderr == (
        "工作表「台账」，表头在第 3 行\n新增 2，更新 0，不变 0，拒绝 0\n"
        "没有导入，合计：第 6 行「合计」\n读到 3 行：问题 2，合计 1\n"
    )
    listed = json.loads(fugong("list", "--status", "all", "-f", "json", "-t", "2").stdout)["items"]
    assert [(each["enterprise"], each["text"], each["found_on"]) for each in listed[2:]] == [
        ("某县丙丁铸造有限公司", "一", "2020-03-10"),
        ("某县丙丁铸造有限公司", "二", "2020-03-11"),
    ]
    assert counted(fugong("import", str(path))) == "新增 0，更新 0，不变 2，拒绝 0"


def test_a_damaged_old_workbook_is_refused(county: Path, tmp_path: Path, fugong: Run) -> None:
    path = old_book(tmp_path / "a.xls", ROWS)
    whole = path.read_bytes()
    for length in (8, 100, 600, 1100, 1800):
        path.write_bytes(whole[:length])
        assert fugong("import", str(path)).exit_code == 1, length


@pytest.mark.one_engine
@given(st.lists(st.tuples(st.integers(0, 8000), st.integers(0, 255)), min_size=1, max_size=5))
@drawn(60)
def test_an_old_workbook_damaged_anywhere_is_taken_or_refused_but_never_a_crash(
    store: Path, tmp_path: Path, fugong: Run, damage: list[tuple[int, int]]
) -> None:
    if not db.exists(str(store)):
        lay(store)
    whole = bytearray(old_book(tmp_path / "a.xls", ROWS).read_bytes())
    for place, value in damage:
        whole[place % len(whole)] = value
    (tmp_path / "a.xls").write_bytes(whole)
    assert fugong("import", str(tmp_path / "a.xls"), "--dry-run").exit_code in (0, 1, 6)


DIMENSIONS = struct.pack("<HHIIHHH", 0x0200, 14, 0, len(ROWS), 0, 5, 0)
BOUND = struct.pack("<HHI", 0x0085, 12, 46)


@pytest.mark.words
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (DIMENSIONS, struct.pack("<HHIIHHH", 0x0200, 14, 0, 0xFF000006, 0, 5, 0), "文件已损坏"),
        (DIMENSIONS, struct.pack("<HHIIHHH", 0x0200, 14, 7, 6, 0, 5, 0), "文件已损坏"),
        (DIMENSIONS, struct.pack("<HHIIHHH", 0x0200, 14, 0, 6, 9, 5, 0), "文件已损坏"),
        (DIMENSIONS, struct.pack("<HHIIHHH", 0x0200, 14, 0, 65536, 0, 200, 0), "展开后太大"),
        (DIMENSIONS, struct.pack("<HHIIHHH", 0x00FC, 14, 0, 0x7FFFFFFF, 0, 0, 0), "文件已损坏"),
        (DIMENSIONS, struct.pack("<HHIIHHH", 0x0200, 2, 0, 0, 0, 0, 0), "文件已损坏"),
        (BOUND, struct.pack("<HHI", 0x0085, 12, 47), "文件已损坏"),
    ],
    ids=["rows", "rows below none", "columns below none", "a full sheet", "texts", "nothing", "inside a record"],
)
def test_an_old_workbook_that_claims_what_it_has_not_is_refused_before_room_is_made_for_it(
    county: Path, tmp_path: Path, fugong: Run, old: bytes, new: bytes, reason: str
) -> None:
    path = old_book(tmp_path / "a.xls", ROWS)
    whole = path.read_bytes()
    assert whole.count(old) == 1
    path.write_bytes(whole.replace(old, new))
    result = fugong("import", str(path))
    assert (result.exit_code, reason in result.stderr) == (1, True), result.stderr


def test_a_cell_in_the_farthest_corner_of_an_old_workbook_is_refused(county: Path, tmp_path: Path, fugong: Run) -> None:
    result = fugong("import", str(old_book(tmp_path / "a.xls", ROWS, far=True)))
    assert (result.exit_code, "展开后太大" in result.stderr) == (1, True)
