"""Rows are read, asked about and stored by the chunk; nobody can tell, wherever a chunk ends."""

from pathlib import Path

import pytest
from tests.county import SEED, lay
from tests.memory import peak
from tests.seed.conftest import Load, Rows

from fugong import db
from fugong.errors.files import SeedFaults
from fugong.keeping import check
from fugong.seed import load as loading
from fugong.store.traits import seal

COUNTY = SEED.read_text(encoding="utf-8")
HEAD = 'as_of: 2020-03-12\nteams: [{code: "1", name: 第一组, county: 某县}]\nproblems:\n'

TOLD = (
    "SELECT kind, act, on_date, approximate, text FROM event ORDER BY id",
    "SELECT id, text, status, how, found_on, due_on, department FROM v_problem ORDER BY id",
    "SELECT section, key, content FROM loaded ORDER BY section, key",
    "SELECT code, next_number, next_activity FROM team ORDER BY code",
)


def problem(number: int, text: str = "缺口罩", rest: str = "") -> str:
    return f'  - {{key: p{number}, team: "1", text: {text}{rest}}}\n'


@pytest.mark.on_a_file
@pytest.mark.parametrize("size", [1, 2, 3])
def test_where_chunks_end_makes_no_difference(
    store: Path, load: Load, rows: Rows, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    lay(store)
    whole = [rows(sql) for sql in TOLD]
    store.unlink()
    monkeypatch.setattr(loading, "CHUNK", size)
    load(COUNTY)
    assert [rows(sql) for sql in TOLD] == whole
    assert all(not tally.new and not tally.changed for tally in load(COUNTY).tallies.values())
    with db.examining(str(store)) as session:
        assert list(check.findings(session)) == []


def test_rows_of_several_chunks_are_new_then_the_same_then_changed_one_by_one(
    bare: Path, load: Load, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHUNK", 3)
    entries = [problem(number, rest=", closed: {how: 已解决}" if number % 2 else "") for number in range(8)]
    tallies = [load(HEAD + "".join(entries)) for _ in range(2)]
    entries[1], entries[6] = (
        problem(1, "缺手套", ", closed: {how: 已解决}"),
        problem(6, rest=", notes: [{text: 已联系}]"),
    )
    tallies.append(load(HEAD + "".join([*entries, problem(8)])))
    counted = [[(each.new, each.changed, each.same) for each in result.tallies.values()] for result in tallies]
    assert [each[-1] for each in counted] == [(8, 0, 0), (0, 0, 8), (1, 2, 6)]
    assert rows("SELECT text, status FROM v_problem WHERE id IN ('1-2', '1-7', '1-9') ORDER BY id") == [
        ("缺手套", "closed"), ("缺口罩", "doing"), ("缺口罩", "open"),
    ]  # fmt: skip
    kept = rows("SELECT section, key, subject, content, seal FROM loaded")
    assert [row[4] for row in kept] == [
        seal(dict(zip(("section", "key", "subject", "content"), row, strict=False))) for row in kept
    ]
    with db.examining(str(bare)) as session:
        assert list(check.findings(session)) == []


def test_a_key_that_stands_twice_is_found_across_chunks_with_its_place(
    bare: Path, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHUNK", 2)
    with pytest.raises(SeedFaults) as refused:
        load(HEAD + "".join(map(problem, [1, 2, 3, 1, 4])))
    assert refused.value.params["count"] == 1
    assert ":7:5: " in str(refused.value.params["faults"])


def test_a_later_section_finds_the_problems_of_the_last_chunk(bare: Path, load: Load, rows: Rows) -> None:
    work = 'activities: [{key: a1, role: service, team: "1", problem: p2, text: 送口罩}]\n'
    load(HEAD + problem(1) + problem(2) + work)
    assert rows("SELECT p.key FROM activity a JOIN problem p ON p.id = a.problem_id") == [("p2",)]


def test_a_problem_that_people_logged_with_the_key_is_the_rows(
    bare: Path, load: Load, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHUNK", 2)
    load(HEAD + problem(2))
    with db.writing(str(bare)) as session:
        session.run("DELETE FROM loaded WHERE section = 'problem'")
    result = load(HEAD + "".join(map(problem, [1, 2, 3])))
    assert [(each.new, each.same) for each in result.tallies.values()][-1] == (2, 1)
    assert rows("SELECT count(*) FROM problem") == [(3,)]


def test_what_an_earlier_program_kept_of_a_row_is_read_in_whatever_order_it_stands(
    bare: Path, load: Load, rows: Rows
) -> None:
    load(HEAD + problem(1))
    (before,) = rows("SELECT content FROM loaded WHERE section = 'problem'")
    earlier = '{"key":"p1","team":"1","text":"缺口罩"}', '{"text":"缺口罩","team":"1","key":"p1"}'
    assert before[0] in earlier
    other = next(each for each in earlier if each != before[0])
    with db.writing(str(bare)) as session:
        session.run(f"UPDATE loaded SET content = '{other}' WHERE section = 'problem'")
    result = load(HEAD + problem(1))
    assert [(each.new, each.changed, each.same) for each in result.tallies.values()][-1] == (0, 0, 1)
    assert rows("SELECT content FROM loaded WHERE section = 'problem'") == [before]


@pytest.mark.on_a_file
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Both files have many chunks; a row would need more than a hundred bytes to be remembered."""

    def held(count: int) -> int:
        argv = []
        for each in (10, count):
            seed = tmp_path / f"{each}.yaml"
            seed.write_text(HEAD + "".join(map(problem, range(each))), encoding="utf-8")
            argv.append(["--store", str(tmp_path / f"{each}-of-{count}.db"), "load", str(seed)])
        return peak(*argv)

    short, long = 2500, 5000
    assert held(long) - held(short) < (long - short) * 50
