"""docs/architecture.md says of the code what is so."""

import os
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from tests.county import lay

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
SECTIONS = {section.partition("\n")[0].partition(":")[0]: section for section in PAGE.split("\n## ")}

PATH = r"`((?:\w+/)+[\w.]*|\w+\.\w+)`"


def steps(section: str) -> list[str]:
    """The numbered steps of a section, each on one line."""
    return [" ".join(step.split()) for step in re.split(r"^\d+\. ", SECTIONS[section], flags=re.MULTILINE)[1:]]


def test_its_layers_are_those_that_are_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    picture = SECTIONS["The picture"].partition("```mermaid\n")[2].partition("```")[0]
    assert re.findall(r'"(.+?)"', picture) == layers
    arrows = re.findall(r"(\w+)(?:\[.*?\])? --> (\w+)", picture)
    assert [below for _, below in arrows[:-1]] == [above for above, _ in arrows[1:]]


def test_no_file_imports_itself_by_way_of_others() -> None:
    graph = grimp.build_graph("fugong", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 400
    TopologicalSorter(imports).prepare()  # which raises where there is a circle, and names it


def test_the_root_is_a_table_of_contents() -> None:
    """Files and packages at the root, and which knows which: a further arrow between two wants a reason."""
    graph = grimp.build_graph("fugong", cache_dir=None)
    rooms = {module.split(".")[1] for module in graph.modules if "." in module}
    arrows = {
        (module.split(".")[1], known.split(".")[1])
        for module in graph.modules
        for known in graph.find_modules_directly_imported_by(module)
        if "." in module and "." in known
    }
    assert len(rooms) <= 22
    assert 100 < len({(one, other) for one, other in arrows if one != other}) <= 120


def test_every_path_that_it_names_exists() -> None:
    named = re.findall(PATH, PAGE)
    assert len(named) > len(set(named)) > 30
    roots = {"results.Report", "Session.core"}
    assert [path for path in named if path not in roots and not (ROOT / path).exists()] == []


def test_every_link_leads_somewhere() -> None:
    for link in re.findall(r"\]\(([^)]+)\)", PAGE):
        path, _, heading = link.partition("#")
        page = ROOT / "docs" / path
        assert page.exists(), link
        if heading:
            headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [each.lower().replace(" ", "-") for each in headings], link


@pytest.mark.parametrize("section", ["One write", "One read"])
def test_every_function_is_in_a_file_of_its_step(section: str) -> None:
    for step in steps(section):
        text = "".join((ROOT / path).read_text(encoding="utf-8") for path in re.findall(PATH, step))
        for function in re.findall(r"`(\w+)\(\)`", step):
            assert f"def {function}(" in text, f"{function} of: {step}"


AFTER = "\nimport sys; print(*sys.modules, sep='\\n', file=sys.stderr)"
ELSEWHERE = {"fugong.errors.rules", "fugong.queries.past", "fugong.output.terminal"}
"""Named as where it goes on if something is refused, a cut-off is asked for, or somebody sits at a terminal."""


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("section", "argv"), [("One write", ("log", "甲厂", "缺扳手")), ("One read", ("list",))], ids=["log", "list"]
)
def test_a_command_loads_the_files_that_it_is_followed_through(
    store: Path, section: str, argv: tuple[str, ...]
) -> None:
    lay(store)
    run = f"import sys; from fugong import __main__\ntry: __main__.main()\nfinally:{AFTER.strip()}"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", run, *argv],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(done.stderr.splitlines())
    if section == "One write":
        assert f"`{done.stdout.rstrip()}`" in PAGE
    named = {path for step in steps(section) for path in re.findall(PATH, step) if path.endswith(".py")}
    modules = {
        path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in named
    }
    assert len(modules) > 10
    assert modules - ELSEWHERE - loaded == set()
    assert {"sqlalchemy", "sqlmodel", "pydantic", "rich", "yaml", "xlsxwriter"} & loaded == set()
