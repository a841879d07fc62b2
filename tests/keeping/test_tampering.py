"""Whatever a store's figures, listings or later behaviour rest on: another hand cannot change it unseen.

Trials §1.14.
"""

from contextlib import suppress
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import lay
from tests.keeping import tampering
from tests.keeping.tampering import Edit
from tests.walk import PORTABLE, prepare

from fugong import db
from fugong.keeping import check
from fugong.store.session import Session


@pytest.fixture
def full(store: Path, tmp_path: Path, fugong: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store that has every kind of row."""
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    lay(store)
    for act in PORTABLE:
        done = fugong(*act)
        assert done.exit_code == 0, done.stdout
    tampering.fill(fugong, tmp_path)
    return str(store)


class _LookedError(Exception):
    """What was done is to be taken back."""


def named(store: str, edit: Edit) -> list[str]:
    """The tables that a check names after an edit, up to one that it must name; the edit is then rolled back."""
    found: list[str] = []
    with suppress(_LookedError), db.upgrading(store) as session:  # references are not enforced in it
        _do(session, edit)
        for finding in check.findings(session):
            found.append(finding.table)
            if finding.table in edit.named:
                break
        raise _LookedError
    return found


def _do(session: Session, edit: Edit) -> None:
    server = session.dialect == "postgresql"
    words: dict[str, object] = {"true": "true", "false": "false"} if server else {"true": "1", "false": "0"}
    words["problem"] = next(session.rows("SELECT max(id) FROM problem WHERE status = 'open'"))[0]
    words["activity"] = next(session.rows("SELECT max(id) FROM activity WHERE text = '后来剪去的'"))[0]
    if edit.ends:
        words["low"], words["high"] = next(session.rows(f"SELECT min(id), max(id) FROM {edit.ends}"))
    if server:
        session.run("SET LOCAL session_replication_role = replica")
    for statement in edit.statements:
        session.run(statement.format(**words))
    if server:
        session.run("SET LOCAL session_replication_role = origin")


def test_every_edit_by_hand_is_named(full: str, engine: str) -> None:
    corpus = list(tampering.corpus(engine))
    assert named(full, Edit("nothing", (), frozenset())) == []
    unseen: dict[str, list[str]] = {}
    for edit in corpus:
        try:
            found = named(full, edit)
        except Exception as error:  # noqa: BLE001  (the corpus is to be mended: such an edit proves nothing)
            found = [str(error)]
        if not edit.named.intersection(found):
            unseen[edit.what] = found
    assert unseen == {}, "\n".join(f"{what}: {str(found)[:200]}" for what, found in unseen.items())
    assert len(corpus) > 300
