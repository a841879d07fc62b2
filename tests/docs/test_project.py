"""The pages about the project itself keep what they say: links, versions, the workflow, what is left to do."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from packaging.version import Version

import fugong

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/**/*.md")))
KNOWN = {"semver.org", "www.postgresql.org", "json-schema.org", "taskwarrior.org", "127.0.0.1", "localhost"}
"""Hosts that pages may name: standards and other programs' own documents, and this machine."""
LINK = re.compile(r"\]\(([^)\s]+)\)")


def heading_of(anchor: str, page: Path) -> bool:
    """Whether a page has the heading that an anchor names, as forges make anchors of headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    plain = (
        re.sub(r"[^\w\- ]", "", re.sub(r"[`*]|\]\(.*?\)|\[", "", each)).lower().replace(" ", "-") for each in headings
    )
    return anchor in plain


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_leads_to_a_file_of_the_checkout_or_to_a_host_that_is_known(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link:
            assert link.partition("://")[2].partition("/")[0] in KNOWN, link
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert heading_of(anchor, target), link


def test_the_metadata_names_no_host() -> None:
    assert "urls" not in PROJECT or all("example" not in url for url in PROJECT["urls"].values())


def test_the_changelog_begins_with_what_is_unreleased_and_then_the_releases_by_date() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    released = [re.fullmatch(r"(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)", each) for each in headings[1:]]
    assert all(released)
    versions = [(Version(each[1]), each[2]) for each in released if each]
    assert all(later > earlier for later, earlier in pairwise(versions))
    assert not versions or versions[0][0] <= Version(fugong.__version__)


def test_the_workflow_runs_ci_and_the_first_day_on_every_python_that_is_named() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    assert ".ci/run" in [step.get("run") for step in jobs["whole"]["steps"]]
    named = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d+$", each)]
    assert jobs["first-day"]["strategy"]["matrix"]["python"] == named
    assert "、".join(named) in (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "form", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda it: it.stem
)
def test_a_form_asks_for_the_version_and_warns_of_personal_data_where_ledgers_are_told_of(form: Path) -> None:
    said = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(said)
    if form.stem == "bug":
        assert "fugong --version" in form.read_text(encoding="utf-8")
        assert any(each["type"] == "checkboxes" for each in said["body"])


def test_what_a_crash_says_is_what_the_security_page_says() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "不要公开，也不要附台账" in page
    assert "Actors are claims" in page
