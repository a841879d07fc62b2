"""A ledger of which nobody said whose it is: what a key defines has a uid by chance there, and is one after a merge.

So what refers to a record by its uid has to follow: the rows of files, and the rows behind publications.
"""

from pathlib import Path

import pytest
from tests.keeping.copies import Copies, same

FILE = """as_of: 2020-03-12
departments:
  - {name: 新局}
teams:
  - {code: "5", name: 五组}
enterprises:
  - {name: 庚厂, team: "1"}
members:
  - {team: "1", name: 丁某}
problems:
  - {key: more, team: "1", text: 文件里的事, department: 新局}
activities:
  - {key: act, role: publicity, team: "1", text: 发传单}
practices:
  - {name: 送料上门}
figures:
  - {key: fig, measure: found, value: 3}
"""


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    """Two copies of a store without a county; in each the same was loaded, keyed and published."""
    made = Copies(tmp_path / "home.db", tmp_path)
    made("home", "init", "--team", "一组", "--team", "二组")
    made("home", "enterprise", "add", "甲厂", "--team", "1")
    place = tmp_path / "more.yaml"
    place.write_text(FILE, encoding="utf-8")
    for name, day in (("b", "2020-03-14"), ("c", "2020-03-15")):
        made.clone(name)
        made(name, "load", str(place), day=day)
        made(name, "log", "甲厂", "同一件", "--key", "k9", day=day)
        made(name, "publish", "--name", f"周报{name}", day=day)
        made(name, "log", "庚厂", "后来的", day=day)
    return made


@pytest.mark.on_a_file
@pytest.mark.parametrize("first", ["b", "c"])
def test_publications_and_loaded_rows_of_both_stand_whoever_merges_first(copies: Copies, first: str) -> None:
    (second,) = {"b", "c"} - {first}
    for into, other in ((first, second), ("home", first), ("home", second), (second, "home")):
        copies.merge(into, other)
        assert copies.whole(into) == []
    same(copies)
    assert copies.rows("home", "SELECT count(*) FROM problem WHERE key IN ('k9', 'more')") == [(2,)]
    place = copies.folder / "more.yaml"
    place.write_text(FILE.replace("新局}", "新局, remark: 改了}").replace("文件里的事", "文件里改了"), encoding="utf-8")
    for name in (first, "home"):
        copies(name, "publish", "--name", f"又报{name}", day="2020-03-17")
        copies(name, "load", str(place), day="2020-03-17")
        assert copies.whole(name) == []
    same(copies)
