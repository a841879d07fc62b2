"""What is new in a release: its part of CHANGELOG.md."""

import re
import sys

_PART = r"^## \[?{}\]?[^\n]*\n(.*?)(?=^## |\Z)"


def notes(changelog: str, version: str) -> str:
    """The notes of a version; of one that has no part of its own yet, what is unreleased.

    Raises:
        SystemExit: The changelog has neither.
    """
    for name in (re.escape(version), "Unreleased"):
        if found := re.search(_PART.format(name), changelog, re.MULTILINE | re.DOTALL):
            return f"# fugong {version}\n\n{found[1].strip()}\n"
    sys.exit(f"CHANGELOG.md says nothing of {version}")
