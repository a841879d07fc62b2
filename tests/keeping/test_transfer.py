"""Export and import: the same rows and hashes, all of them, or nothing."""

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, lay
from tests.keeping.test_backup import rows
from tests.stores import lay_older

from fugong import db
from fugong.errors import Refusal
from fugong.errors.store import DumpBad, StoreNotEmpty
from fugong.keeping import transfer
from fugong.keeping.upgrade import upgrade


@pytest.fixture
def dump(store: Path, tmp_path: Path, fugong: Run) -> Path:
    """An export of a store with links of every kind, a problem that points forwards among them."""
    lay(store)
    assert fugong("void", "1-1", "--why", "重复", "--duplicate-of", "1-2").exit_code == 0
    path = tmp_path / "all.jsonl"
    path.write_bytes(b"".join(transfer.export(str(store))))
    return path


def test_a_store_goes_through_a_file_unchanged(store: Path, dump: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    count = transfer.fill(str(there), dump)
    assert b"".join(transfer.export(str(there))) == dump.read_bytes()
    assert count == len(dump.read_text(encoding="utf-8").splitlines()) - 2


@pytest.mark.on_a_file
def test_a_store_from_which_records_were_taken_back_goes_through_a_file_and_proves_whole(
    store: Path, tmp_path: Path
) -> None:
    upgrade(str(lay_older(store)))
    dump, there = tmp_path / "all.jsonl", tmp_path / "there.db"
    dump.write_bytes(b"".join(transfer.export(str(store))))
    transfer.fill(str(there), dump)
    assert b"".join(transfer.export(str(there))) == dump.read_bytes()


@pytest.mark.on_a_file
def test_a_file_that_went_through_a_file_has_the_same_tables_and_rows(store: Path, dump: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    transfer.fill(str(there), dump)
    assert sorted(rows(there)) == sorted(rows(store))


def test_the_keys_that_only_join_tables_stay_in_the_store(dump: Path) -> None:
    rows = [json.loads(line) for line in dump.read_text(encoding="utf-8").splitlines()[1:-1]]
    names = {name for _, row in rows for name in row}
    assert {name for name in names if name == "id" or name.endswith("_id")} == set()
    counted = {(table, name) for table, row in rows for name, value in row.items() if type(value) is int}
    assert counted == {
        ("batch", "number"),
        ("team", "next_number"),
        ("team", "next_activity"),
        ("team", "expected_headcount"),
        ("team", "expected_enterprises"),
        ("term", "rank"),
        ("problem", "number"),
        ("activity", "number"),
        ("figure", "value"),
    }


@pytest.mark.parametrize("schema", [1, db.SCHEMA + 1, "2"])
def test_an_export_of_another_schema_is_refused_with_what_to_do(
    dump: Path, tmp_path: Path, fugong: Run, schema: object
) -> None:
    other = tmp_path / "other.jsonl"
    head = json.dumps({"format": "fugong store", "schema": schema}) + "\n"
    other.write_text("".join([head, *_lines(dump)[1:]]), encoding="utf-8")
    result = fugong("--store", str(tmp_path / "there.db"), "store", "import", str(other))
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"结构第 {schema} 版" in result.stderr
    assert not (tmp_path / "there.db").exists()


def test_a_head_that_names_no_schema_is_no_export(tmp_path: Path, fugong: Run) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"format": "fugong store", "sch\\ud800ema": 3}\n', encoding="utf-8")
    result = fugong("--store", str(tmp_path / "there.db"), "store", "import", str(other))
    assert (result.exit_code, "不是 fugong store export 导出的文件" in result.stderr) == (1, True)
    assert not (tmp_path / "there.db").exists()


OWN = {"next_number", "next_activity", "skipped"}


def known(location: str) -> list[tuple[str, dict[str, object]]]:
    """The rows of an export without what is a store's own: its settings, and how far its numbers go."""
    lines = map(json.loads, b"".join(transfer.export(location)).splitlines()[1:-1])
    return [
        (table, {name: value for name, value in row.items() if table != "team" or name not in OWN})
        for table, row in lines
        if table not in ("setting", "fact")
    ]


def test_an_empty_store_is_filled(dump: Path, tmp_path: Path, fugong: Run, store: Path) -> None:
    there = str(tmp_path / "there.db")
    assert fugong("--store", there, "store", "init", "--bare").exit_code == 0
    assert fugong("--store", there, "store", "import", str(dump)).exit_code == 0
    before, after = known(str(store)), known(there)
    anew = [row for row in after if row not in before]
    assert len(after) == len(before) + len(anew)
    told = {(table, row.get("grown") or row.get("verb") or row.get("kind")) for table, row in anew}
    assert told == {("copy", "store import"), ("batch", "store import"), ("event", "copy")}, (
        "it is a replica of its own"
    )
    assert len(anew) == len(told)


def test_a_store_that_holds_something_is_left_alone(dump: Path, store: Path) -> None:
    before = fingerprint(store)
    with pytest.raises(StoreNotEmpty):
        transfer.fill(str(store), dump)
    assert fingerprint(store) == before


def test_everything_is_in_the_file(dump: Path) -> None:
    lines = [json.loads(line) for line in dump.read_text(encoding="utf-8").splitlines()]
    tables = {line[0] for line in lines if isinstance(line, list)}
    assert {"setting", "batch", "event", "loaded", "problem", "team", "enterprise_alias", "problem_assist"} <= tables
    assert lines[-1]["rows"] == len(lines) - 2


def _lines(dump: Path) -> list[str]:
    return dump.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.words
@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: lines[:0],
        lambda lines: lines[:1],
        lambda lines: lines[:-1],
        lambda lines: lines[:5] + lines[6:],
        lambda lines: [*lines, lines[5]],
        lambda lines: [*lines[:5], "{\n", *lines[6:]],
        lambda lines: [*lines[:5], "[" * 5000 + "\n", *lines[6:]],
        lambda lines: [*lines[:5], '["nothing", {}]\n', *lines[6:]],
        lambda lines: [*lines[:5], '["team", {"colour": 1}]\n', *lines[6:]],
        lambda lines: [*lines[:5], "7\n", *lines[6:]],
        lambda lines: [*lines[:5], '"ab"\n', *lines[6:]],
        lambda lines: ['{"format": "fugong store", "schema": 99}\n', *lines[1:]],
        lambda lines: [line.replace("厂", "场") for line in lines],
    ],
)
def test_a_file_that_is_not_whole_leaves_nothing_behind(dump: Path, tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    bad, there = tmp_path / "bad.jsonl", tmp_path / "new" / "there.db"
    there.parent.mkdir()
    bad.write_text("".join(spoil(_lines(dump))), encoding="utf-8")
    with pytest.raises(DumpBad):
        transfer.fill(str(there), bad)
    assert list(there.parent.iterdir()) == []


def test_a_line_without_end_is_refused_before_it_is_read(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "LONGEST", 10_000)
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(dump.read_bytes().split(b"\n")[0] + b"\n" + b"[" * 1_000_000)
    with pytest.raises(DumpBad) as refused:
        transfer.fill(str(tmp_path / "there.db"), bad)
    assert "第 2 行：这一行太长" in refused.value.sentence(chinese=True)


def resealed(lines: list[str]) -> bytes:
    """Lines with an end that fits them, as somebody would make who changed them with care."""
    import hashlib

    body = "".join(lines[1:-1]).encode()
    end = {"rows": len(lines) - 2, "sha256": hashlib.sha256(body).hexdigest()}
    return lines[0].encode() + body + json.dumps(end).encode() + b"\n"


@pytest.mark.words
@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("problem", '"text":"', '"text":"改'),
        ("problem", '"text":"', '"text":"\\ud800'),
        ("problem", '"text":"', '"text":"\\u0000'),
        ("problem", '"number":', '"number":922337203685477580'),
        ("problem", '"number":', '"number":' + "9" * 5000),
        ("department", '"name":"', '"name":"\\udc80'),
        ("problem", '"status":"open"', '"status":"shut"'),
        ("problem", '"team":"', '"team":"0'),
        ("problem", '"team":"', '"team":1,"key":"'),
        ("problem", '"enterprise":"', '"enterprise":"0'),
        ("problem", '"duplicate_of":"', '"duplicate_of":"0'),
        ("problem", '"team":"', '"id":1,"team":"'),
        ("event", '"batch":"', '"batch":"0'),
        ("problem", '"found_on":"2020', '"found_on":"99-2020'),
        ("event", '"act":"add"', '"act":"edit"'),
        ("setting", '"name":"yellow_days"', '"name":"yellow_days","value":"3"'),
        ("setting", '"name":"yellow_days"', '"name":"red_days"'),
        ("fact", '"value":"3"', '"value":"2"'),
    ],
)
def test_a_changed_row_is_refused_even_under_a_fitting_checksum(
    dump: Path, tmp_path: Path, table: str, old: str, new: str
) -> None:
    lines = _lines(dump)
    place = next(n for n, line in enumerate(lines) if line.startswith(f'["{table}"') and old in line)
    lines[place] = lines[place].replace(old, new, 1)
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(resealed(lines))
    with pytest.raises(Refusal) as refused:
        transfer.fill(str(tmp_path / "there.db"), bad)
    assert refused.value.code == "dump_bad"
    assert not (tmp_path / "there.db").exists()
