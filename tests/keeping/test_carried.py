"""Evidence in a bundle: if it is asked for, and taken only as what the ledger tells of."""

import base64
from hashlib import sha256
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, lay
from tests.keeping.copies import Copies

from fugong.keeping import bundles, evidence

PHOTO = b"\xff\xd8" + bytes(range(256)) * 10
NAME = sha256(PHOTO).hexdigest()


@pytest.fixture
def copies(store: Path, tmp_path: Path, fugong: Run) -> Copies:
    """A home, and a copy that attached a photograph."""
    del fugong
    lay(store)
    made = Copies(store, tmp_path)
    made.clone("b")
    (tmp_path / "到货.jpg").write_bytes(PHOTO)
    made("b", "attach", "1-1", str(tmp_path / "到货.jpg"))
    return made


@pytest.fixture
def place(copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the home keeps evidence from now on, be it a file or on a server."""
    copies.bundle("b", "--all", "--evidence")
    monkeypatch.setenv("FUGONG_EVIDENCE", str(tmp_path / "srv"))
    return tmp_path / "srv"


def altered(bundle: str, bytes_: bytes, name: str = NAME) -> str:
    """The bundle with other bytes of evidence, packed as if it were right."""
    lines = [line for line in bundles.unpacked(Path(bundle)) if not (isinstance(line, list) and line[0] == "evidence")]
    lines.append(["evidence", [name, base64.b64encode(bytes_).decode("ascii")]])
    Path(bundle).write_bytes(b"".join(bundles.packed(lines)))
    return bundle


def test_a_bundle_carries_evidence_if_it_is_asked_to(copies: Copies, place: Path, tmp_path: Path) -> None:
    bundle = str(tmp_path / "b.bundle")
    trial = copies("home", "merge", bundle, "--dry-run")
    assert ("附件" in trial.stderr, place.exists()) == (False, False)
    assert "带来 1 个附件。" in copies("home", "merge", bundle).stderr
    assert {each.name: each.read_bytes() for each in place.iterdir()} == {NAME: PHOTO}
    assert copies.whole("home") == []
    assert "不在这里" not in copies("home", "store", "check").stderr
    assert "附件" not in copies("home", "merge", bundle).stderr, "it is here already"


def test_without_being_asked_it_carries_none_and_a_later_one_brings_it(copies: Copies, tmp_path: Path) -> None:
    assert all(line[0] != "evidence" for line in bundles.unpacked(Path(copies.bundle("b"))) if isinstance(line, list))
    (tmp_path / "b.evidence" / NAME).unlink()
    said = copies("b", "store", "bundle", str(tmp_path / "x"), "--all", "--evidence").stderr
    assert "有 1 个附件不在这里，没有装进去。" in said


@pytest.mark.parametrize("bytes_", [PHOTO[:-1], PHOTO * 500], ids=["changed", "too large"])
def test_other_bytes_than_the_ledger_tells_of_are_refused_with_the_whole_bundle(
    store: Path, copies: Copies, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bytes_: bytes
) -> None:
    monkeypatch.setattr(evidence, "MOST", 100_000)
    before = fingerprint(store)
    refused = copies("home", "merge", altered(str(tmp_path / "b.bundle"), bytes_), ok=False)
    assert (refused.exit_code, "附件" in refused.stderr) == (1, True), refused.stderr
    assert fingerprint(store) == before
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("name", ["../../x", sha256(b"else").hexdigest()])
def test_bytes_of_which_nothing_tells_are_passed_over(copies: Copies, place: Path, tmp_path: Path, name: str) -> None:
    copies("home", "merge", altered(str(tmp_path / "b.bundle"), PHOTO, name))
    assert not place.exists()
    assert not (tmp_path / "x").exists()
