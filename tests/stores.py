"""Stores that earlier schemas left: one of each, made by the program of its time, after every act of the walk.

``python -m tests.stores`` adds the one of this program's schema; that is done once, when the schema is released.
"""

import gzip
import os
import tempfile
from pathlib import Path

from typer.testing import CliRunner

FOLDER = Path(__file__).parent / "data" / "stores"

VERSIONS = sorted(int(path.name.removeprefix("schema-").split(".")[0]) for path in FOLDER.glob("schema-*.db.gz"))


def image(version: int) -> bytes:
    """The bytes of a stored store."""
    return gzip.decompress((FOLDER / f"schema-{version}.db.gz").read_bytes())


def lay_older(store: Path, version: int = 1) -> Path:
    """Put the store of an earlier schema at a path."""
    store.write_bytes(image(version))
    store.chmod(0o600)
    return store


def main() -> None:
    """Run the acts of the walk on a small county, and keep what they made."""
    from tests.walk import ACTS, prepare

    from fugong import db
    from fugong.cli import app

    place = FOLDER / f"schema-{db.SCHEMA}.db.gz"
    if place.exists():
        raise SystemExit(f"{place.name} is there already: what was released stays as it was")
    os.environ.update(FUGONG_TODAY="2020-03-13", FUGONG_ACTOR="录入员")
    with tempfile.TemporaryDirectory() as folder:
        store = prepare(Path(folder))
        os.environ["FUGONG_STORE"] = str(store)
        os.chdir(folder)
        for argv in ACTS:
            CliRunner().invoke(app, argv, prog_name="fugong")
        place.write_bytes(gzip.compress(store.read_bytes(), mtime=0))


if __name__ == "__main__":
    main()
