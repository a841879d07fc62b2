"""Saved filters: ``list --save 本周红灯 --light red`` keeps the words, ``list 本周红灯`` puts them in its place."""

from collections.abc import Sequence
from typing import Any

from fugong import config
from fugong.commands.frame import preferences
from fugong.commands.frame.writing import say
from fugong.lang import T
from fugong.values import texts
from fugong.values.texts import NAME
from fugong.vocab import Words

ARGUMENT = "saved"
"""The parameter that names a saved filter."""
NEITHER = ("save", "forget", ARGUMENT, "fmt", "out", "force", "header", "encoding", "wide", "as_of", "known_at")
"""The parameters that are not part of a saved filter."""


def expanded(ctx: Any, args: list[str]) -> list[str] | None:
    """The words with those of the saved filter that they name before them; None where they name none.

    Raises:
        FilterUnknown: There is none of that name.
    """
    name = ctx.params.get(ARGUMENT)
    if not name:
        return None
    return [*map(str, _kept(name)), *args]


def change(ctx: Any, save: str | None, forget: str | None) -> None:
    """Keep the conditions of this command line by a name, or take away what a name stands for.

    Raises:
        FilterUnknown, NothingToSave: There is nothing of that name, or nothing to keep.
        BlankText, TextTooLong, ControlCharacter, ListMark: It is no name.
    """
    if forget is not None:
        _kept(forget)
        preferences.keep(config.FILTERS, forget, "")
        say(T(f"已去掉筛选「{forget}」。", f"The filter “{forget}” is gone."))
    if save is not None:
        name = texts.clean_name(save, what=Words("筛选的名称", "name of the filter"), limit=NAME)
        words = _words(ctx)
        if not words:
            from fugong.errors.rules import NothingToSave

            raise NothingToSave(name=name)
        preferences.keep(config.FILTERS, name, words)
        say(T(f"已存为筛选「{name}」：fugong list {name}", f"Saved: fugong list {name}"))


def _kept(name: str) -> Sequence[str]:
    """What was kept by a name. Refusals are imported where one is made: looking is not to wait for them."""
    known = preferences.filters()
    if name not in known:
        from fugong.errors.rules import FilterUnknown

        raise FilterUnknown(name=name, candidates=list(known) or ["—"])
    return known[name]


def _words(ctx: Any) -> list[str]:
    """The conditions as words of a command line."""
    words = []
    for param in ctx.command.params:
        value = ctx.params.get(param.name)
        if param.name in NEITHER or (value in (None, (), [], False) and not param.secondary_opts) or value is None:
            continue
        if isinstance(value, bool):
            words.append((param.opts if value else param.secondary_opts)[0])
            continue
        for each in value if isinstance(value, list | tuple) else [value]:
            words += [param.opts[0], str(getattr(each, "value", each))]
    return words
