"""department: entered, corrected and shown."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import Run
from tests.county import fingerprint

SEED = Path(__file__).parents[2] / "data" / "seed.yaml"


def items(fugong: Run, *argv: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(fugong(*argv, "--format", "json").stdout)["items"]
    return [{name: value for name, value in each.items() if name != "uid"} for each in listed]


@pytest.mark.usefixtures("empty_store")
def test_commands_enter_every_department_of_the_seed_as_the_seed_does(fugong: Run, tmp_path: Path) -> None:
    other = str(tmp_path / "loaded.db")
    assert fugong("--store", other, "load", str(SEED)).exit_code == 0
    for row in yaml.safe_load(SEED.read_text(encoding="utf-8"))["departments"]:
        options = [word for alias in row.get("aliases", ()) for word in ("--alias", alias)]
        options += ["--inferred"] if row.get("inferred") else []
        options += ["--note", row["remark"]] if "remark" in row else []
        assert fugong("department", "add", row["name"], *options).exit_code == 0
    assert items(fugong, "department", "list") == items(fugong, "--store", other, "department", "list")


@pytest.mark.usefixtures("empty_store")
def test_a_renamed_department_still_answers_to_its_old_name(fugong: Run) -> None:
    fugong("department", "add", "甲局", "--alias", "甲")
    assert fugong("department", "edit", "甲局", "--name", "乙局").stdout == "乙局\n"
    (shown,) = items(fugong, "department", "show", "甲局")
    assert (shown["name"], shown["aliases"]) == ("乙局", ["甲", "甲局"])
    assert [event["kind"] for event in shown["events"]] == ["add", "edit"]


@pytest.mark.usefixtures("empty_store")
def test_a_department_may_take_one_of_its_aliases_as_its_name(fugong: Run) -> None:
    fugong("department", "add", "甲局", "--alias", "甲")
    fugong("department", "edit", "甲局", "--name", "甲")
    (listed,) = items(fugong, "department", "list")
    assert (listed["name"], listed["aliases"]) == ("甲", ["甲局"])


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["add", "乙局"], "「乙局」已经是"),
        (["edit", "甲局", "--alias", "乙局"], "「乙局」已经是"),
        (["edit", "甲局", "--name", "乙"], "「乙」已经是"),
        (["edit", "甲局", "--no-alias", "丙"], "没有「丙」这个简称"),
        (["edit", "甲局"], "没有写要改什么"),
    ],
)
def test_a_refused_department_leaves_the_store_alone(
    empty_store: Path, fugong: Run, argv: list[str], said: str
) -> None:
    fugong("department", "add", "甲局")
    fugong("department", "add", "乙局", "--alias", "乙")
    before = fingerprint(empty_store)
    refused = fugong("department", *argv)
    assert (refused.exit_code, refused.stdout, fingerprint(empty_store)) == (1, "", before)
    assert said in refused.stderr


@pytest.mark.usefixtures("county")
def test_who_takes_a_name_that_was_short_for_another_department_is_told(fugong: Run) -> None:
    words = "注意：「{}」以前指「{}」，今后不再单指它；要写它，请写得更全一些。\n"
    assert fugong("department", "add", "工业局", "--alias", "卫健").stderr == words.format("卫健", "卫健局")
    assert fugong("department", "edit", "应急局", "--alias", "信息").stderr == words.format("信息", "工信局")
