"""An option takes the codes of its own enumeration by either name, whichever others have the same codes."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from tests.conftest import Run
from typer.testing import CliRunner

from fugong.cli import NOUNS, VERBS
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.lazy import Parts
from fugong.commands.frame.usage import explain
from fugong.vocab import Coded


class Lamp(Coded):
    ON = "on", "亮", "bright"


class Door(Coded):
    ON = "on", "开", "ajar"


def _commands() -> Iterator[tuple[str, Any]]:
    parts = Parts(VERBS, NOUNS)
    waiting = [(name, parts[name]) for name in parts]
    while waiting:
        name, each = waiting.pop()
        yield name, each
        waiting += [(f"{name} {child}", one) for child, one in getattr(each, "commands", {}).items()]


@pytest.mark.parametrize(("name", "command"), list(_commands()))
def test_every_option_of_counted_values_knows_whose_they_are(name: str, command: Any) -> None:
    counted = [param for param in command.params if hasattr(param.type, "choices")]
    assert [param.name for param in counted if not isinstance(param.type, Codes)] == [], name


@pytest.mark.parametrize(("kind", "name", "other"), [(Lamp, "亮", "开"), (Door, "开", "亮")])
def test_two_enumerations_of_the_same_codes_are_told_apart(kind: type[Coded], name: str, other: str) -> None:
    app = App()

    def show(value: str = typer.Argument(click_type=Codes(kind))) -> None:
        typer.echo(value)

    app.command()(show)
    assert CliRunner().invoke(app, [name]).stdout == "on\n"
    with pytest.raises(typer.TyperException) as refused:
        CliRunner().invoke(app, [other], standalone_mode=False, catch_exceptions=False)
    assert name in explain(refused.value)


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("status", ["closed", "已销号", "Closed", " 已销号 "])
def test_a_code_is_typed_by_either_name(fugong: Run, status: str) -> None:
    assert fugong("list", "--status", status).stdout == fugong("list", "--status", "closed").stdout
