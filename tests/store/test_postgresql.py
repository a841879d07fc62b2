"""A store in a database server: made in an empty database only, refused in words, and the same as a file inside."""

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import Mock

import psycopg
import pytest
from tests.conftest import Run, command
from tests.county import fingerprint, lay, outcome
from tests.postgres import Server, server

from fugong import db
from fugong.domain import problems, roster
from fugong.errors import Refusal
from fugong.errors.store import (
    DriverMissing,
    PasswordShown,
    StoreBusy,
    StoreExists,
    StoreForeign,
    StoreMissing,
    StoreNewer,
    StoreNoFile,
    StoreUnreachable,
    StoreUnusable,
)
from fugong.keeping import catalog, check, transfer
from fugong.store import postgresql_places, sqlite_lock
from fugong.store.session import Session

ALTERED = {
    "ix_event_subject": ["DROP INDEX ix_event_subject"],
    "uq_assignment_current": [
        "DROP INDEX uq_assignment_current",
        "CREATE INDEX uq_assignment_current ON assignment (enterprise_id) WHERE to_on IS NULL",
    ],
    "problem": ["ALTER TABLE problem DROP CONSTRAINT problem_uid_key"],
    "member": ["ALTER TABLE member ALTER COLUMN name DROP NOT NULL"],
    "loaded": ['ALTER TABLE loaded ALTER COLUMN content TYPE text COLLATE "default"'],
    "bounce": ["ALTER TABLE bounce DROP CONSTRAINT bounce_problem_id_fkey"],
    "v_figure": ["DROP VIEW v_figure"],
    "v_department": ["CREATE OR REPLACE VIEW v_department AS SELECT * FROM (TABLE own) o"],
    "extra": ["CREATE TABLE extra (a int)"],
}
"""What somebody may do to a store's tables, by what ``store check`` names then."""
SECRET = "s3ntinel"  # noqa: S105  (opens nothing)


@pytest.fixture
def database() -> Iterator[str]:
    """The name of an empty database."""
    name = server().database()
    yield name
    server().drop(name)


@pytest.fixture
def url(database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an empty database, which commands use by themselves."""
    location = server().url(database)
    monkeypatch.setenv("FUGONG_STORE", location)
    return location


@pytest.fixture
def made(url: str) -> str:
    """A new store in a database."""
    with db.creating(url):
        pass
    return url


def refusal(act: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value


def read(url: str) -> None:
    with db.reading(url) as reader:
        assert reader.first("SELECT count(*) FROM event") is not None


def write(url: str) -> None:
    with db.writing(url) as session:
        roster.zone(session)


def create(url: str) -> None:
    with db.creating(url):
        pass


@pytest.mark.parametrize("name", ALTERED)
def test_what_was_altered_about_a_table_is_named(made: str, database: str, name: str) -> None:
    columns = server().sql("SELECT pg_get_viewdef('v_department'::regclass)", database)[0][0].rstrip(";")
    for statement in ALTERED[name]:
        server().sql(statement.replace("(TABLE own)", f"({columns} LIMIT 1)"), database)
    with db.examining(made) as session:
        assert {each.table for each in check.findings(session)} == {name}


def test_whoever_may_make_no_draft_is_told_that_the_right_is_missing(made: str, database: str) -> None:
    server().sql(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC", database)
    server().sql("DROP ROLE IF EXISTS reader", database)
    server().sql("CREATE ROLE reader LOGIN", database)
    server().sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database)
    catalog._new.clear()
    with pytest.raises(StoreUnusable) as refused, db.examining(made.replace("postgres@", "reader@")) as session:
        list(check.findings(session))
    assert "没有权限" in refused.value.sentence(chinese=True)
    server().sql(f"GRANT TEMPORARY ON DATABASE {database} TO reader", database)
    with db.examining(made.replace("postgres@", "reader@")) as session:
        assert list(check.findings(session)) == []


def test_a_database_without_a_store_is_missing_one(url: str) -> None:
    assert isinstance(refusal(lambda: read(url)), StoreMissing)
    assert isinstance(refusal(lambda: write(url)), StoreMissing)


def test_a_store_is_made_in_an_empty_database_once(url: str, fugong: Run) -> None:
    assert fugong("store", "init").exit_code == 0
    assert isinstance(refusal(lambda: create(url)), StoreExists)


@pytest.mark.parametrize("act", [read, write, create])
def test_a_database_of_somebody_else_is_left_alone(url: str, database: str, act: Callable[[str], None]) -> None:
    server().sql("CREATE TABLE theirs (id INTEGER)", database)
    assert isinstance(refusal(lambda: act(url)), StoreForeign)
    assert server().sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", database) == [
        ("theirs",)
    ]


def test_a_store_that_could_not_be_filled_is_not_there(url: str) -> None:
    with pytest.raises(RuntimeError), db.creating(url):
        raise RuntimeError
    assert isinstance(refusal(lambda: read(url)), StoreMissing)


def test_a_store_of_a_newer_program_is_refused(made: str, database: str) -> None:
    server().sql("UPDATE fugong SET schema = 99", database)
    assert isinstance(refusal(lambda: read(made)), StoreNewer)
    server().sql("UPDATE fugong SET mark = 1", database)
    assert isinstance(refusal(lambda: write(made)), StoreForeign)


def test_a_database_that_is_not_there_is_named(url: str) -> None:
    refused = refusal(lambda: read(url.replace("@/", "@/no")))
    assert isinstance(refused, StoreUnusable)
    assert "没有这个数据库" in refused.sentence(chinese=True)


def test_a_server_that_does_not_answer_is_a_matter_of_trying_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql_places, "CONNECT_SECONDS", 0)
    refused = refusal(lambda: read("postgresql+psycopg://u:s3ntinel@127.0.0.1:1/ledger"))
    assert isinstance(refused, StoreUnreachable)
    assert refused.exit_code == 4
    assert SECRET not in refused.sentence(chinese=False)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql+psycopg:///?service=nosuch", "服务文件里没有这个服务"),
        ("postgres://127.0.0.1:abc/ledger", "网址写得不对"),
        ("postgresql://u:s3ntinel@[::1/ledger", "网址写得不对"),
    ],
)
def test_an_address_that_can_never_work_is_no_matter_of_trying_again(url: str, why: str) -> None:
    refused = refusal(lambda: read(url))
    assert isinstance(refused, StoreUnusable)
    assert why in refused.sentence(chinese=True)
    assert SECRET not in refused.sentence(chinese=True)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgres://h", "h"),
        ("postgresql://u:s3ntinel@h:5433/台账?sslmode=require", "h:5433/台账"),
        ("postgresql+psycopg://u@a.example,[::1]:5433/d", "a.example,[::1]:5433/d"),
        ("postgresql+psycopg:///d?host=/run/postgresql&password=s3ntinel", "/d"),
        ("postgresql://u:s3ntinel?#[@h/d", "h/d"),
        ("postgresql://u:s3n/tinel@h/d", "…"),
        ("postgresql://u:s3n/tinel?x@h/d", "…"),
    ],
)
def test_of_a_url_people_are_shown_host_and_database(url: str, place: str) -> None:
    assert postgresql_places.shown(url) == f"postgresql://{place}"


def test_a_wrong_password_is_refused_without_repeating_it(database: str) -> None:
    with (server().folder / "data" / "pg_hba.conf").open("r+") as rules:
        kept = rules.read()
        rules.seek(0)
        rules.write(f"local {database} clerk scram-sha-256\n{kept}")
    server().sql("CREATE ROLE clerk LOGIN PASSWORD 'other'")
    server().sql("SELECT pg_reload_conf()")
    url = server().url(database).replace("postgres@", f"clerk:{SECRET}@")
    refused = refusal(lambda: read(url))
    assert isinstance(refused, StoreUnusable)
    assert "密码" in refused.sentence(chinese=True)
    assert SECRET not in f"{refused.sentence(chinese=True)}{refused!r}"


@pytest.mark.parametrize("url", ["postgresql://u:s3ntinel@h/d", "postgresql://h/d?password=s3ntinel"])
def test_a_password_on_the_command_line_is_refused(fugong: Run, url: str) -> None:
    done = fugong("--store", url, "list")
    assert (done.exit_code, SECRET in done.output) == (1, False)
    assert PasswordShown.zh in done.stderr


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    refused = refusal(lambda: read("postgresql://h/d"))
    assert isinstance(refused, DriverMissing)
    assert '[postgresql]"' in refused.sentence(chinese=True)


@pytest.mark.parametrize("argv", [("store", "backup"), ("store", "restore", "a.db")])
def test_what_is_about_a_file_says_what_to_use_instead(made: str, fugong: Run, argv: tuple[str, ...]) -> None:
    done = fugong(*argv)
    assert (done.exit_code, done.stderr) == (
        StoreNoFile.exit_code, f"错误：{StoreNoFile(path=postgresql_places.shown(made)).sentence(chinese=True)}\n",
    )  # fmt: skip


def test_writers_wait_for_each_other_and_not_for_ever(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_lock, "BUSY_SECONDS", 1)
    with db.writing(made):
        assert isinstance(refusal(lambda: write(made)), StoreBusy)
        read(made)
    write(made)


def test_a_report_cannot_write(made: str) -> None:
    with db.reading(made) as reader, pytest.raises(Refusal):
        reader.first("UPDATE setting SET value = 'x' RETURNING name")


def test_a_long_listing_is_handed_out_by_the_server_and_leaves_nothing_open(made: str) -> None:
    open_there = "SELECT count(*) FROM pg_cursors"
    with db.reading(made) as reader:
        for snapshot in (nullcontext(), reader.snapshot()):
            with snapshot:
                rows = reader.stream("SELECT n FROM generate_series(1, :most) s (n) ORDER BY n", most=1001)
                assert (next(rows), reader.first(open_there)) == ((1,), (1,))
                assert [number for (number,) in rows] == list(range(2, 1002))
                assert reader.first(open_there) == (0,)
            assert not reader._connection.in_transaction


def test_what_is_asked_while_a_listing_is_read_is_of_the_same_moment(made: str) -> None:
    with db.reading(made) as reader:
        rows = reader.stream("SELECT name FROM setting ORDER BY name")
        first = next(rows)
        with command(made) as writer:
            roster.add_team(writer, "9", name="第九组", county="某县")
        assert reader.first("SELECT count(*) FROM team") == (0,)
        assert [first, *rows] == list(reader.rows("SELECT name FROM setting ORDER BY name"))
        assert reader.first("SELECT count(*) FROM team") == (1,)


def test_a_listing_that_nobody_reads_to_its_end_ends_with_the_connection(made: str) -> None:
    held = []

    def give_up() -> None:
        with db.reading(made) as reader, reader.snapshot():
            held.append(reader.stream("SELECT * FROM generate_series(1, 1000000)"))
            assert next(held[0]) == (1,)
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        give_up()
    held.clear()  # after its connection; a warning here would fail the test
    read(made)


def test_values_are_those_of_a_file_however_the_database_shows_them(made: str, database: str) -> None:
    server().sql(f"ALTER DATABASE {database} SET DateStyle = 'German'")
    values = "SELECT DATE '2020-03-12', 1 = 1, 1 = 0, sum(n), avg(n) FROM (VALUES (1), (2)) s (n)"
    with db.reading(made) as reader:
        assert repr(reader.first(values)) == "('2020-03-12', 1, 0, 3, 1.5)"


def test_a_command_that_the_server_took_back_is_run_again(
    made: str, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends its connection once, in the middle; nobody sees more than a line that says it is done."""
    fugong("load", str(Path(__file__).parents[1] / "data" / "county.yaml"))
    cut: list[str] = []
    real = roster.zone

    def zone(session: Session) -> str:
        if not cut:
            cut.append("once")
            server().sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fugong'")
        return real(session)

    monkeypatch.setattr(roster, "zone", zone)
    assert outcome(fugong("close", "1-1", "--how", "好")) == (0, "1-1  某县甲厂有限公司  口罩不足三天\n", "")
    assert cut


def losing(monkeypatch: pytest.MonkeyPatch, *, committed: bool, silent: bool) -> None:
    """Let the connection break during the next commit, which the server has done or not; then it may be gone, too."""
    real = psycopg.Connection.commit

    def commit(connection: psycopg.Connection) -> None:
        monkeypatch.setattr(psycopg.Connection, "commit", real)
        if committed:
            real(connection)
        connection.close()
        if silent:
            monkeypatch.setattr(postgresql_places, "FAILOVER_SECONDS", 0.01)
            monkeypatch.setenv("PGPORT", "1")
        raise psycopg.OperationalError

    monkeypatch.setattr(psycopg.Connection, "commit", commit)


@pytest.mark.parametrize("committed", [True, False])
def test_a_commit_whose_answer_was_lost_is_looked_for_and_counts_once(
    made: str, fugong: Run, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    with command(made) as writer:
        roster.add_team(writer, "9", name="第九组", county="某县")
    losing(monkeypatch, committed=committed, silent=False)
    done = fugong("log", "-", "缺口罩", "--team", "9")
    assert outcome(done) == (0, "9-1  第九组  缺口罩\n", "")
    assert fugong("list").stdout.count("缺口罩") == 1


def test_a_commit_of_which_nobody_can_be_asked_is_said_to_be_in_doubt(
    made: str, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with command(made) as writer:
        roster.add_team(writer, "9", name="第九组", county="某县")
    losing(monkeypatch, committed=True, silent=True)
    done = fugong("log", "-", "缺口罩", "--team", "9", "--format", "json")
    assert (done.exit_code, done.stdout, '"code": "store_doubtful"' in done.stderr) == (5, "", True)


def test_who_does_not_wait_for_a_commit_is_told_that_nobody_knows(
    made: str, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A primary whose standbys are away keeps a commit waiting, though it has it."""
    with command(made) as writer:
        roster.add_team(writer, "9", name="第九组", county="某县")
    with monkeypatch.context() as hanging:
        hanging.setattr(psycopg.Connection, "commit", Mock(side_effect=KeyboardInterrupt))
        done = fugong("log", "-", "缺口罩", "--team", "9")
    assert (done.exit_code, done.stdout) == (5, "")
    assert "不知道写入了没有" in done.stderr


def test_everything_moves_to_a_server_and_back_with_every_hash(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, back = tmp_path / "a.db", tmp_path / "b.db"
    lay(file)
    dump, again = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    dump.write_bytes(b"".join(transfer.export(str(file))))
    transfer.fill(url, dump)
    again.write_bytes(b"".join(transfer.export(url)))
    assert again.read_bytes() == dump.read_bytes()
    transfer.fill(str(back), again)
    with command(url) as writer:
        problems.log_problem(writer, "口罩不足", team=roster.find_team(writer.session, "1"))
    with db.examining(url) as session:
        assert list(check.findings(session)) == []


def test_reports_are_the_same_whatever_language_the_database_was_made_for() -> None:
    """The distribution's server knows Chinese collations; where there is none, C and C.UTF-8 are two of a kind."""
    other = Server(initdb=("--locale=C.UTF-8",))
    try:
        told = other.url(other.database())
        with db.creating(told):
            pass
        with command(told) as writer:
            for code, name in (("1", "乙组"), ("2", "b组"), ("3", "B组"), ("4", "甲组"), ("5", "a组")):
                roster.add_team(writer, code, name=name, county="某县")
        with db.reading(told) as reader:
            assert [name for (name,) in reader.rows("SELECT name FROM team ORDER BY name")] == sorted(
                ("乙组", "b组", "B组", "甲组", "a组")
            )
    finally:
        other.stop()


def test_looking_leaves_a_server_as_it_was(made: str, fugong: Run) -> None:
    before = fingerprint(made)
    assert fugong("progress").exit_code == 0
    assert fingerprint(made) == before


def test_a_broken_constraint_is_a_bug_and_no_refusal(made: str) -> None:
    with pytest.raises(psycopg.IntegrityError), db.writing(made) as session:
        session.run("INSERT INTO fact (name, value) VALUES ('replica', 'x')")
