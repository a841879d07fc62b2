"""The tables that people see every day, byte for byte, as they come out of a pipe.

When a table is meant to change, renew the files and read the difference before committing it::

    FUGONG_GOLDEN=write pytest tests/test_golden.py
"""

import os
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay

GOLDEN = Path(__file__).parent / "golden"
RENEW = os.environ.get("FUGONG_GOLDEN") == "write"
"""Read when the module is imported: within a test the environment is the test's own."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("argv", [["progress"], ["list", "--status", "all"]])
def test_a_table_is_as_it_was(store: Path, fugong: Run, argv: list[str], language: str) -> None:
    lay(store)
    printed = fugong(*argv, "--format", "table", FUGONG_LANG=language)
    assert (printed.exit_code, printed.stderr) == (0, "")
    golden = GOLDEN / f"{argv[0]}.{language}.txt"
    if RENEW:
        golden.write_bytes(printed.stdout_bytes)
    assert printed.stdout_bytes.decode() == golden.read_bytes().decode()
