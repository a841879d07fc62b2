"""What docs/postgresql.md tells whoever runs the server, done as it says."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.conftest import Run
from tests.county import county, fingerprint, template
from tests.postgres import Server, distributed, server

GUIDE = Path(__file__).parent.parent / "docs" / "postgresql.md"


@pytest.fixture
def database() -> Iterator[str]:
    """The name of a database with the county."""
    name = server().database(template(county))
    yield name
    server().drop(name)


@pytest.fixture
def dashboard(database: str) -> Iterator[str]:
    """How the reader of the guide connects to the county."""
    block = next(each for each in re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL))
    server().sql("DROP ROLE IF EXISTS dashboard")
    for statement in block.replace("DATABASE fugong", f"DATABASE {database}").split(";")[:-1]:
        server().sql(statement, database)
    yield f"postgresql://dashboard@/{database}?host={server().folder}"
    server().sql("REASSIGN OWNED BY dashboard TO postgres; DROP OWNED BY dashboard", database)
    server().sql("DROP ROLE dashboard")


def test_the_reader_role_reads_the_views_that_it_was_given_and_nothing_else(database: str, dashboard: str) -> None:
    given = re.findall(r"v_\w+", re.findall(r"GRANT SELECT ON (.*?);", GUIDE.read_text(encoding="utf-8"), re.DOTALL)[0])
    relations = server().sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", database)
    with psycopg.connect(dashboard, autocommit=True) as connection:
        for (name,) in relations:
            readable = True
            try:
                connection.execute(f'SELECT * FROM "{name}" LIMIT 1'.encode())
            except psycopg.errors.InsufficientPrivilege:
                readable = False
            assert readable == (name in given), name


MAKING = (
    "CREATE TABLE mine (a int)", "CREATE TEMPORARY TABLE problem (a int)", "CREATE VIEW mine AS SELECT 1",
    "SELECT lo_create(0)", "SELECT lo_creat(-1)", "SELECT lo_from_bytea(0, 'x')",
    "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "SET temp_file_limit = '2GB'",
    "INSERT INTO v_team (code) VALUES ('x')", "CREATE SCHEMA mine",
)  # fmt: skip


def test_the_reader_role_makes_nothing_though_it_may_switch_reading_only_off(dashboard: str) -> None:
    with psycopg.connect(dashboard, autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        for statement in MAKING:
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectNotInPrerequisiteState)):
                connection.execute(statement.encode())


NUMBERS = (
    "13800138000",
    "138 0013 8000",
    "138-0013-8000",
    "+8613800138000",
    "0086-13800138000",
    "１３８００１３８０００",
)
"""A mobile number as people write it into a text."""


def test_the_reader_role_sees_no_names_and_no_mobile_numbers(database: str, dashboard: str, fugong: Run) -> None:
    whole = server().url(database)
    text = "、".join(NUMBERS) + "，订单 1138001380001 号，0357-3622222"
    said = ["log", "-", text, "-t", "1", "--person", "甲某", "--note", text, "--solved", "--how", text]
    assert fugong(*said, FUGONG_STORE=whole).exit_code == 0
    assert fugong("support", "add", "-", "-", text, "-t", "1", "--by", "乙某", FUGONG_STORE=whole).exit_code == 0
    ask = "SELECT text, how, remark, person, evidence FROM v_problem WHERE closed_on = '2020-03-13'"
    with psycopg.connect(dashboard) as connection:
        (seen,) = connection.execute(ask.encode()).fetchall()
        people = connection.execute("SELECT leader FROM v_team UNION ALL SELECT done_by FROM v_activity").fetchall()
        (activity,) = connection.execute("SELECT text FROM v_activity ORDER BY activity_id DESC LIMIT 1").fetchall()
    assert ((seen[3], seen[4]), {name for (name,) in people}) == ((None, None), {None})
    for each in (seen[0], seen[1], activity[0]):
        assert each.count("****") == len(NUMBERS)
        assert "1138001380001" in each, "a longer run of digits is no mobile number"
        assert "0357-3622222" in each
        assert not re.search(r"0013|００１３", each.replace("1138001380001", ""))
    assert server().sql(ask, database)[0][0] == text, "the owner reads the view whole"
    assert text in fugong("list", "--status", "closed", FUGONG_STORE=whole).stdout
    checked = fugong("store", "check", FUGONG_STORE=whole)
    assert (checked.exit_code, checked.stdout.count("\n")) == (0, 1)


def test_a_dump_of_the_server_s_own_tools_comes_back_whole(database: str, tmp_path: Path, fugong: Run) -> None:
    before = fingerprint(server().url(database))
    dump, other = tmp_path / "fugong.dump", server().database()
    asked = ["--host", str(server().folder), "--username", "postgres"]
    subprocess.run([server()._bin / "pg_dump", *asked, "--format=custom", f"--file={dump}", database], check=True)
    subprocess.run([server()._bin / "pg_restore", *asked, f"--dbname={other}", dump], check=True)
    assert fingerprint(server().url(other)) == before
    checked = fugong("--store", server().url(other), "store", "check")
    assert (checked.exit_code, checked.stderr) == (0, "台账完好。\n"), checked.stdout
    assert fugong("--store", server().url(other), "log", "甲厂", "新问题").exit_code == 0
    server().drop(other)


def certified(folder: Path) -> None:
    """A certificate authority of one's own, and the server's certificate for 127.0.0.1 and no other host."""
    lines = (
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=test",
        "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=127.0.0.1",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.crt",
    )
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1")
    for line in lines:
        subprocess.run(["openssl", *line.split()], cwd=folder, check=True, capture_output=True)


@pytest.mark.skipif(distributed() is None, reason="the wheel's server knows no TLS: apt-get install postgresql")
def test_tls_is_spoken_and_a_server_of_another_name_or_authority_is_refused(
    tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified(tmp_path)
    own = Server(secured=tmp_path, bin_=distributed())
    try:
        store = f"postgresql+psycopg://postgres@127.0.0.1:{own.port}/postgres?sslmode=verify-full&sslrootcert="
        monkeypatch.setattr("fugong.store.postgresql_places.CONNECT_SECONDS", 1)
        assert fugong("store", "init", FUGONG_STORE=f"{store}{tmp_path}/ca.pem").exit_code == 0
        assert fugong("progress", FUGONG_STORE=f"{store}{tmp_path}/ca.pem").exit_code == 0
        assert own.sql("SHOW ssl") == [("on",)]
        elsewhere = store.replace("127.0.0.1", "localhost")
        assert fugong("progress", FUGONG_STORE=f"{elsewhere}{tmp_path}/ca.pem").exit_code == 5
        assert fugong("progress", FUGONG_STORE=f"{store}{tmp_path}/server.crt").exit_code == 5
    finally:
        own.stop()
