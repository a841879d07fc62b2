"""Every report is the same byte for byte from a file, the wheel's server, and one that sorts as Chinese does."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.postgres import Server, chinese, distributed, server
from tests.walk import PORTABLE, REPORTS, prepare

from fugong.keeping import transfer
from fugong.seed.load import load_files

SEED = Path(__file__).parent.parent / "data" / "seed.yaml"
PROPER = [argv for argv in REPORTS if argv[:2] != ["store", "info"]]
"""All that do not say where the store is."""

pytestmark = [
    pytest.mark.skipif(distributed() is None, reason="no PostgreSQL of a distribution: apt-get install postgresql"),
    pytest.mark.one_engine,
]


def moved(dump: Path, there: Server) -> str:
    """A store of the same rows on a server."""
    url = there.url(there.database())
    transfer.fill(url, dump)
    return url


def differing(fugong: Run, places: list[str], reports: list[list[str]], formats: tuple[str, ...]) -> list[str]:
    """The reports that do not say the same everywhere."""
    found = []
    for argv in reports:
        for fmt in formats:
            said = {fugong("--store", place, *argv, "--format", fmt).stdout_bytes for place in places}
            if len(said) != 1 or not said.pop():
                found.append(" ".join([*argv, fmt]))
    return found


def everywhere(store: Path, folder: Path) -> list[str]:
    dump = folder / "all.jsonl"
    dump.write_bytes(b"".join(transfer.export(str(store))))
    return [str(store), moved(dump, server()), moved(dump, chinese())]


def test_that_server_would_sort_otherwise() -> None:
    """Else nothing would be shown here."""
    words = "SELECT array_agg(x ORDER BY x) FROM unnest(ARRAY['乙', '甲', 'b', 'B', 'a']) x"
    assert chinese().sql(words)[0][0] != server().sql(words)[0][0]


def test_every_report_of_a_county_after_every_act(
    store: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    for argv in PORTABLE:
        fugong(*argv)
    proper = [argv for argv in PROPER if "--format" not in argv]
    assert differing(fugong, everywhere(store, tmp_path), proper, ("plain", "json")) == []


def test_every_report_of_the_article(store: Path, tmp_path: Path, fugong: Run) -> None:
    load_files(str(store), [SEED], actor="录入员")
    wanted = [argv for argv in PROPER if argv[0] in {"list", "progress", "summary", "export", "reconcile", "chase"}]
    wanted = [argv for argv in wanted if "--format" not in argv]
    assert differing(fugong, everywhere(store, tmp_path), wanted, ("table", "csv")) == []


def test_a_store_on_that_server_is_made_and_written_and_whole(fugong: Run, tmp_path: Path) -> None:
    url = chinese().url(chinese().database())
    lines = (["load", str(SEED)], ["log", "万鑫达焦化", "新问题"], ["undo"], ["publish"], ["store", "check"])
    assert [fugong("--store", url, *argv).exit_code for argv in lines] == [0] * len(lines)


@pytest.mark.parametrize("cut", [[], ["--as-of", "2020-03-10"], ["--as-of", "2020-03-12-12:30"]])
def test_the_page_and_what_is_published(store: Path, tmp_path: Path, fugong: Run, cut: list[str]) -> None:
    load_files(str(store), [SEED], actor="录入员")
    made = set()
    for number, place in enumerate(everywhere(store, tmp_path)):
        page = tmp_path / f"{number}.html"
        assert fugong("--store", place, "report", *cut, "-o", str(page)).exit_code == 0
        published = fugong("--store", place, "publish", *cut)
        assert published.exit_code == 0, published.stderr
        made.add((page.read_bytes(), published.stdout_bytes))
    assert len(made) == 1
