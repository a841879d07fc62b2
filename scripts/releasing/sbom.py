"""What is in the artefacts, as a CycloneDX document: every library with its version, licence and files."""

import json
import sys
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from releasing import archives
from releasing.sums import digest


def document(wheels: Iterable[Path], *, name: str, date: int, python: Mapping[str, str] | None = None) -> str:
    """The document as JSON.

    Args:
        wheels: Everything that any artefact brings along, the program's own wheel among it.
        name: The program.
        date: When its commit was made, in seconds since 1970.
        python: Version and SHA-256 of the embedded Python, if a zip for Windows was made.
    """
    known: dict[str, dict[str, Any]] = {}
    needs: dict[str, set[str]] = {}
    for path in sorted(wheels):
        told = _metadata(path)
        component = known.setdefault(_reference(told), _component(told))
        file = {"alg": "SHA-256", "content": digest(path.read_bytes())}
        component["components"] = [
            *component.get("components", []),
            {"type": "file", "name": path.name, "bom-ref": path.name, "hashes": [file]},
        ]
        needs.setdefault(_reference(told), set()).update(_needed(told))
    names = {reference.partition("@")[0].rpartition("/")[2]: reference for reference in known}
    if python:
        known["python"] = _python(**python)
    (own,) = (reference for reference in known if reference.startswith(f"pkg:pypi/{name}@"))
    program = known.pop(own)
    said = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, own + str(date))}",
        "version": 1,
        "metadata": {"timestamp": f"{datetime.fromtimestamp(date, UTC):%Y-%m-%dT%H:%M:%SZ}", "component": program},
        "components": [known[reference] for reference in sorted(known)],
        "dependencies": [
            {"ref": reference, "dependsOn": sorted(names[each] for each in needs[reference] if each in names)}
            for reference in sorted(needs)
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def must_be_valid(text: str) -> None:
    """Stop where CycloneDX's own schema objects.

    Raises:
        SystemExit: It does.
    """
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"the bill of materials is not valid: {error}")


def _metadata(wheel: Path) -> Message:
    files = archives.unzipped(wheel)
    (path,) = (each for each in files if each.endswith(".dist-info/METADATA") and each.count("/") == 1)
    return Parser().parsestr(files[path].decode())


def _reference(told: Message) -> str:
    return f"pkg:pypi/{canonicalize_name(told['Name'])}@{told['Version']}"


def _component(told: Message) -> dict[str, Any]:
    reference = _reference(told)
    said = {
        "type": "library",
        "bom-ref": reference,
        "name": told["Name"],
        "version": told["Version"],
        "purl": reference,
    }
    return said | {"licenses": [_licence(told)]}


def _licence(told: Message) -> dict[str, Any]:
    """What it is licensed under, in its own words: an expression where it states one."""
    if told["License-Expression"]:
        return {"expression": told["License-Expression"]}
    classified = [
        each.rpartition(" :: ")[2] for each in told.get_all("Classifier", []) if each.startswith("License ::")
    ]
    plain = (told["License"] or "").strip().partition("\n")[0]
    return {"license": {"name": plain or ", ".join(classified) or "see its files"}}


def _needed(told: Message) -> set[str]:
    """What it asks for, whatever the system and the extras: of that, an artefact has what it needs."""
    return {canonicalize_name(Requirement(each).name) for each in told.get_all("Requires-Dist", [])}


def _python(version: str, sha256: str) -> dict[str, Any]:
    return {
        "type": "platform", "bom-ref": "python", "name": "Python, embeddable package for Windows", "version": version,
        "licenses": [{"license": {"id": "PSF-2.0"}}], "hashes": [{"alg": "SHA-256", "content": sha256}],
    }  # fmt: skip
