"""Files under a passphrase, in the age format (age-encryption.org/v1), so that other programs open them too.

A library of good standing does it (pyrage, an extra); nothing here is cryptography of our own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fugong import config, files
from fugong.errors.files import CannotRead, PassphraseWrong
from fugong.errors.store import EncryptionMissing

HEAD = b"age-encryption.org/v1"
SUFFIX = ".age"


def encrypted(content: bytes, passphrase: str) -> bytes:
    """A file's bytes under a passphrase.

    Raises:
        EncryptionMissing: The extra is not installed.
    """
    return bytes(_pyrage().encrypt(content, passphrase))


def is_one(path: Path) -> bool:
    """Whether a file is encrypted so."""
    try:
        files.must_be_ordinary(path)
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD
    except OSError:
        return False


@contextmanager
def opened(path: Path, passphrase: Callable[[], str]) -> Iterator[Path]:
    """A file to be read: itself, or what it holds under a passphrase, in a private folder until the block ends.

    Args:
        path: The file.
        passphrase: Asked for only where it is needed.

    Raises:
        EncryptionMissing: The extra is not installed.
        PassphraseWrong: That is not its passphrase, or it is damaged.
    """
    if not is_one(path):
        yield path
        return
    library, given = _pyrage(), passphrase()
    try:
        content = bytes(library.decrypt(path.read_bytes(), given))
    except OSError as error:
        raise CannotRead(path=path, reason=files.unread(error)) from None
    except Exception:  # noqa: BLE001  (the library's own exceptions share no base that it documents)
        raise PassphraseWrong(path=path) from None
    with files.scratch() as folder:
        plain = folder / path.name.removesuffix(SUFFIX)
        plain.write_bytes(content)
        yield plain


def _pyrage() -> Any:
    """The library's module for passphrases."""
    try:
        from pyrage import passphrase
    except ImportError as error:
        raise EncryptionMissing(install=config.install("encryption")) from error
    return passphrase
