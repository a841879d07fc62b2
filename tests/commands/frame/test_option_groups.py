"""Options that go together are declared once and taken as one parameter."""

from typing import Annotated, NamedTuple

import typer
from typer.testing import CliRunner

from fugong.commands.frame.option_groups import spread


class Pair(NamedTuple):
    """Two options."""

    left: Annotated[int, typer.Option("--left", "-l")] = 1
    right: Annotated[list[str] | None, typer.Option("--right")] = None


def test_a_command_has_the_options_of_its_bundles_between_its_own() -> None:
    app = typer.Typer()
    taken = []

    @app.command()
    @spread
    def act(name: str, *, first: bool = False, pair: Pair, last: Annotated[int, typer.Option("--last")] = 0) -> None:
        taken.append((name, first, pair, last))

    assert CliRunner().invoke(app, ["甲", "--right", "a", "-l", "2", "--right", "b", "--last", "3"]).exit_code == 0
    assert CliRunner().invoke(app, ["乙"]).exit_code == 0
    assert taken == [("甲", False, Pair(2, ["a", "b"]), 3), ("乙", False, Pair(), 0)]
    options = [word for word in CliRunner().invoke(app, ["--help"]).stdout.split() if word.startswith("--")]
    assert [options.index(name) for name in ("--first", "--left", "--right", "--last")] == sorted(
        options.index(name) for name in ("--first", "--left", "--right", "--last")
    )


def test_a_command_can_be_called_without_its_bundles() -> None:
    taken = []

    @spread
    def act(name: str, *, pair: Pair) -> None:
        taken.append((name, pair))

    act("甲")
    act("乙", left=2)
    assert taken == [("甲", Pair()), ("乙", Pair(left=2))]
