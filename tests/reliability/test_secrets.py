"""A password and a telephone number given to commands that fail appear in nothing they say or leave behind."""

from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay

from fugong import crash, db

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


def test_a_mistake_of_ours_in_sql_tells_no_value(store: Path) -> None:
    lay(store)

    def mistaken() -> None:
        with db.writing(str(store)) as session:
            connection = session.connection()
            connection.exec_driver_sql("INSERT INTO setting (name, value, seal) VALUES (?, ?, NULL)", (PHONE, PASSWORD))

    with pytest.raises(Exception, match="NOT NULL") as failed:
        mistaken()
    assert PHONE not in str(failed.value)
    assert PASSWORD not in str(failed.value)
