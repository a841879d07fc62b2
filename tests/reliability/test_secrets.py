"""A password and a telephone number given to commands that fail appear in nothing they say or leave behind."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay, template

from fugong import crash, db
from fugong.keeping import transfer
from fugong.store import postgresql_places

PASSWORD, PHONE = "s3cret-Zx9", "013800000000"
URL = f"postgresql+psycopg://clerk:{PASSWORD}@host/fugong?password={PASSWORD}"

FAILING = [
    *(
        ["--store", URL, *argv]
        for argv in (
            ["list"],
            ["progress"],
            ["show", "1-1"],
            ["log", "甲厂", "新"],
            ["close", "1-1", "--how", "好"],
            ["store", "init"],
            ["store", "info"],
            ["store", "check"],
            ["store", "backup"],
            ["store", "restore", "none.db"],
            ["store", "export", "all.jsonl"],
            ["store", "import", "none.jsonl"],
            ["store", "set", "yellow_days", "3"],
            ["team", "list"],
            ["load", "none.yaml"],
        )
    ),
    *(
        ["--store", store, *argv]
        for store in ("damaged.db", "text.db", "none.db")
        for argv in (
            ["log", "甲厂", f"电话 {PHONE}"],
            ["note", "1-1", f"电话 {PHONE}"],
            ["close", "1-1", "--how", PHONE],
            ["list", "--text", PHONE],
            ["store", "check"],
        )
    ),
]


@pytest.mark.on_a_file
@pytest.mark.parametrize("argv", FAILING, ids=range(len(FAILING)))
def test_a_failing_command_tells_no_secret(
    store: Path, fugong: Run, argv: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store.parent)
    image = lay(store).read_bytes()
    Path("damaged.db").write_bytes((image[:4096] + PHONE.encode() * len(image))[: len(image)])
    Path("text.db").write_text(PHONE * 100, encoding="utf-8")
    given = {path for path in store.parent.rglob("*") if path.is_file()}
    result = fugong(*argv)
    assert result.exit_code in {1, 5, 6}
    left = [path for path in store.parent.rglob("*") if path.is_file() and path not in given]
    said = result.stdout + result.stderr + "".join(path.read_text(errors="replace") for path in left)
    assert PASSWORD not in said
    assert PHONE not in said


@pytest.mark.parametrize(
    "argv",
    [
        ["--store", URL, "list"],
        ["log", "甲厂", f"电话 {PHONE}"],
        ["list", f"--text={PHONE}", "--person", PASSWORD],
        ["store", "restore", f"/srv/{PASSWORD}/{PHONE}.db"],
    ],
)
def test_the_details_of_a_bug_hold_nothing_that_was_typed(tmp_path: Path, argv: list[str]) -> None:
    bug = ZeroDivisionError(f"{argv[-1]} {argv[1]}: {PHONE if PHONE in str(argv) else PASSWORD}")
    assert crash.report(bug, argv) == 3
    (log,) = (tmp_path / "home").rglob("crash-*.log")
    details = log.read_text(encoding="utf-8")
    assert PASSWORD not in details
    assert PHONE not in details
    assert f"argv: ['{argv[0]}', " in details
    assert "ZeroDivisionError: " in details


def test_a_mistake_of_ours_in_sql_tells_no_value(store: Path, tmp_path: Path) -> None:
    lay(store)

    def mistaken() -> None:
        with db.writing(str(store)) as session:
            session.run("INSERT INTO fact (name, value) VALUES (:name, :value)", name=PHONE, value=PASSWORD)

    with pytest.raises(Exception, match="constraint") as failed:
        mistaken()
    assert crash.report(failed.value, ["list"]) == 3
    (log,) = (tmp_path / "home").rglob("crash-*.log")
    details = log.read_text(encoding="utf-8")
    assert "IntegrityError" in details or "NotNullViolation" in details  # as either driver calls it
    assert PASSWORD not in details
    assert PHONE not in details


@pytest.fixture
def places() -> Iterator[dict[str, str]]:
    """Where no store can be used on a server, and one that can."""
    from tests.postgres import server

    database = server().database(template())
    url = server().url(database).replace("postgres@", f"postgres:{PASSWORD}@")
    yield {
        "no server": f"postgresql+psycopg://clerk:{PASSWORD}@127.0.0.1:1/ledger",
        "no database": url.replace("@/", "@/no"),
        "no store": url.replace(database, "postgres"),
        "store": url,
    }
    server().drop(database)


ON_A_SERVER = [
    *((place, argv) for place in ("no server", "no database", "no store") for argv in (
        ["list", "--text", PHONE],
        ["log", "甲厂", f"电话 {PHONE}"],
        ["note", "1-1", f"电话 {PHONE}"],
        ["close", "1-1", "--how", PHONE],
        ["store", "info"],
        ["store", "check"],
        ["load", "phone.yaml"],
        ["import", "phone.csv"],
    )),
    *(("store", argv) for argv in (
        ["log", "甲厂", f"电话 {PHONE}", "--on", "2020-02-30"],
        ["note", "9-9", f"电话 {PHONE}"],
        ["close", "9-9", "--how", PHONE],
        ["member", "add", "某人", "--team", "9", "--phone", PHONE],
        ["import", "phone.csv"],
        ["load", "phone.yaml"],
        ["store", "import", "phone.jsonl"],
    )),
]  # fmt: skip


@pytest.mark.parametrize(("place", "argv"), ON_A_SERVER, ids=range(len(ON_A_SERVER)))
def test_a_command_that_fails_on_a_server_tells_no_secret(
    places: dict[str, str], tmp_path: Path, fugong: Run, place: str, argv: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(postgresql_places, "CONNECT_SECONDS", 0)
    Path("phone.yaml").write_text(f"members: [{{team: '9', name: 某, phone: '{PHONE}'}}]\n", encoding="utf-8")
    Path("phone.csv").write_text(f"企业,问题,发现日期\n没有的,电话 {PHONE},2020-03-05\n", encoding="utf-8")
    Path("phone.jsonl").write_text(f'{{"phone": "{PHONE}"}}\n', encoding="utf-8")
    result = fugong(*argv, FUGONG_STORE=places[place], PGPASSWORD=PASSWORD)
    assert result.exit_code in {1, 4, 5}, result.output
    left = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    said = result.stdout + result.stderr + "".join(path.read_text(errors="replace") for path in left)
    assert PASSWORD not in said
    assert PHONE not in said


def test_a_row_that_does_not_fit_is_refused_without_being_told(store: Path, tmp_path: Path, fugong: Run) -> None:
    lay(tmp_path / "sound.db")
    header, *rows, _ = b"".join(transfer.export(str(tmp_path / "sound.db"))).decode().splitlines(keepends=True)
    place = next(number for number, row in enumerate(rows) if row.startswith('["member"'))
    rows[place] = re.sub('"name":"[^"]*"', f'"name":"","phone":"{PHONE}"', rows[place])
    end = {"rows": len(rows), "sha256": hashlib.sha256("".join(rows).encode()).hexdigest()}
    dump = tmp_path / "phone.jsonl"
    dump.write_text(header + "".join(rows) + json.dumps(end) + "\n", encoding="utf-8")
    result = fugong("store", "import", str(dump))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "行与行不相符" in result.stderr
    assert PHONE not in result.stderr
