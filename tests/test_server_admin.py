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


def test_the_reader_role_reads_the_views_that_it_was_given_and_nothing_else(database: str) -> None:
    block = next(each for each in re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL))
    server().sql("DROP ROLE IF EXISTS dashboard")
    for statement in block.replace("DATABASE fugong", f"DATABASE {database}").split(";")[:-1]:
        server().sql(statement, database)
    given = re.findall(r"v_\w+", block)
    told = f"postgresql://dashboard@/{database}?host={server().folder}"
    relations = server().sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", database)
    with psycopg.connect(told, autocommit=True) as connection:
        for (name,) in relations:
            readable = True
            try:
                connection.execute(f'SELECT * FROM "{name}" LIMIT 1'.encode())
            except psycopg.errors.InsufficientPrivilege:
                readable = False
            assert readable == (name in given), name
        with pytest.raises((psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.InsufficientPrivilege)):
            connection.execute("CREATE TABLE mine (a int)")
    server().sql("REASSIGN OWNED BY dashboard TO postgres; DROP OWNED BY dashboard", database)
    server().sql("DROP ROLE dashboard")


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
