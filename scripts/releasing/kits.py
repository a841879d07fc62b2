"""The offline kits: for each kind of machine all wheels, pinned, and a script that installs them without a network."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from releasing import locking, sums
from releasing.locking import Platform

_SCRIPTS = Path(__file__).parent / "kit"


def files(platform: Platform, chosen: Mapping[str, Sequence[Path]], pip: Path, top: str) -> dict[str, bytes]:
    """The files of a kit.

    Args:
        platform: The machine.
        chosen: By version of Python the wheels that it needs, the program's own among them.
        pip: The wheel of pip.
        top: The folder that everything is in.
    """
    found = {f"wheels/{path.name}": path.read_bytes() for paths in (*chosen.values(), [pip]) for path in paths}
    for version, paths in chosen.items():
        found[f"requirements-{version}.txt"] = locking.pinned(paths).encode()
    script = "install.cmd" if platform.windows else "install.sh"
    found |= {name: _said(name) for name in (script, "说明.txt")}
    listed = "".join(f"{sums.digest(content)}  {name}\n" for name, content in sorted(found.items()))
    return {f"{top}/{name}": content for name, content in {**found, sums.NAME: listed.encode()}.items()}


def _said(name: str) -> bytes:
    """A file of the kit as its system wants it: Windows ends lines in its own way."""
    text = (_SCRIPTS / name).read_text(encoding="utf-8")
    return text.replace("\n", "\r\n").encode() if name.endswith((".cmd", ".txt")) else text.encode()
