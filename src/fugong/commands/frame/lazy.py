"""The commands of the program, each imported and built when it is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
import typer.main

from fugong.lang import T


class Parts(Mapping[str, Any]):
    """The commands of the program, each imported and built when it is asked for.

    Reading the signatures of all commands at every start takes as long as a report; a command line needs one.
    """

    def __init__(self, verbs: Mapping[str, Iterable[str]], nouns: Iterable[str]) -> None:
        """Names by the module of ``fugong.commands`` that has them.

        Args:
            verbs: What stands at the top level; a module has them in its ``app``.
            nouns: What has verbs of its own: the ``app`` of the module of that name.
        """
        self._verbs = {name: module for module, names in verbs.items() for name in names}
        self._nouns = tuple(nouns)
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            self._built[name] = self._made(name)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._verbs, *self._nouns))

    def __len__(self) -> int:
        return len(self._verbs) + len(self._nouns)

    def helps(self) -> list[tuple[str, str]]:
        """Every command's name and help, without importing it."""
        from fugong.commands.frame.helps import HELPS

        return [(name, T(*HELPS[name])) for name in self]

    def _made(self, name: str) -> Any:
        if name not in self._nouns:
            return typer.main.get_command_from_info(
                self._verb(name), pretty_exceptions_short=True, rich_markup_mode=None
            )
        group = typer.main.get_group(_module(name).app)
        group.name = name
        return group

    def _verb(self, name: str) -> Any:
        return _registered(_module(self._verbs[name]).app)[name]


def _module(name: str) -> Any:
    return import_module(f"fugong.commands.{name}")


def _registered(app: typer.Typer) -> dict[str, Any]:
    """What Typer knows of each command, by its name."""
    return {
        info.name or typer.main.get_command_name(info.callback.__name__ if info.callback else ""): info
        for info in app.registered_commands
    }
