"""Files that come with the program: the source county, whose lists every new store begins with, and a sample."""

from importlib.resources import files
from pathlib import Path

_CHECKOUT = Path(__file__).parents[3] / "data"


def shipped(name: str) -> Path:
    """Where a file of ``data/`` is: in an installed package, else in the checkout."""
    inside = Path(str(files("fugong"))) / "data" / name
    return inside if inside.exists() else _CHECKOUT / name
