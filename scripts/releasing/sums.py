"""The digests of all artefacts, and a signature of them with a key that is given and not kept."""

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

NAME = "SHA256SUMS"


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write(out: Path, made: Iterable[Path]) -> Path:
    """Write the list, as ``sha256sum --check`` reads it."""
    listed = out / NAME
    lines = [f"{digest(path.read_bytes())}  {path.name}\n" for path in sorted(made)]
    listed.write_text("".join(lines), encoding="utf-8", newline="\n")
    return listed


def sign(listed: Path, key: Path) -> Path:
    """A detached signature beside the list: OpenSSH's, which Windows 10, macOS and every Linux can verify."""
    signature = listed.with_name(f"{listed.name}.sig")
    signature.unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", "file", str(listed)], check=True)
    return signature
