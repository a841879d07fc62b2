"""Writes on the lists that are data: categories, kinds of work, milestones, deadline presets."""

import re
from collections.abc import Mapping
from typing import Any

from fugong.domain.writer import Writer
from fugong.errors.names import NameTaken
from fugong.errors.rules import BadTermCode, NoGroupHere, RuleAndPreset
from fugong.store.records import Term
from fugong.values import texts
from fugong.values.spans import Rule
from fugong.values.texts import NAME
from fugong.vocab import ListName, Words

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,19}")
_ENTRY = Words("名称", "name")


def add_term(writer: Writer, list_name: ListName, code: str, **about: Any) -> Term:
    """Enter an entry of a list, after those that are there."""
    term = Term(list=list_name, code=code, rank=_rank(writer, list_name), **about)
    writer.add(term)
    return term


def enter_term(writer: Writer, list_name: ListName, zh: str, *, code: str | None = None, **about: Any) -> Term:
    """Enter an entry that somebody typed; one without a code gets its list's name and a number.

    Raises:
        BadTermCode: The code is not what codes are made of.
        NameTaken: The list has an entry of this code or name.
        NoGroupHere: Only a category has a group.
        RuleAndPreset: A deadline without its rule, or a rule of something else.
        BlankText, TextTooLong, ControlCharacter, ListMark: A name is not fit to be stored.
        BadDeadline: The rule is none.
    """
    short = code or f"{list_name}-{_rank(writer, list_name) + 1}"
    if not _CODE.fullmatch(short):
        raise BadTermCode(code=short)
    values = _checked(list_name, {"en": zh, "rule": None, **about, "zh": zh, "code": short})
    _must_be_free(writer, list_name, values)
    if (values["rule"] is None) is (list_name is ListName.DEADLINE):
        raise RuleAndPreset
    return add_term(writer, list_name, **values)


def correct_term(writer: Writer, term: Term, values: Mapping[str, Any]) -> bool:
    """Correct an entry; its code stays, for files and scripts name it.

    Returns:
        Whether anything differed.

    Raises:
        NameTaken, NoGroupHere, RuleAndPreset, BlankText, TextTooLong, ControlCharacter, ListMark, BadDeadline: As for
            ``enter_term``.
    """
    checked = _checked(term.list, values)
    if "rule" in checked and term.list is not ListName.DEADLINE:
        raise RuleAndPreset
    _must_be_free(writer, term.list, checked, mine=term)
    return writer.change(term, checked)


def _rank(writer: Writer, list_name: ListName) -> int:
    """The place of the next entry of a list."""
    (count,) = next(writer.session.rows("SELECT count(*) FROM term WHERE list = :list", list=list_name.value))
    return int(count)


def _checked(list_name: ListName, values: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(values)
    for name in ("zh", "en"):
        if name in checked:
            checked[name] = texts.clean_name(checked[name], what=_ENTRY, limit=NAME)
    if checked.get("grp") and list_name is not ListName.CATEGORY:
        raise NoGroupHere
    if checked.get("rule"):
        checked["rule"] = str(Rule.parse(checked["rule"]))
    return checked


def _must_be_free(writer: Writer, list_name: ListName, values: Mapping[str, Any], mine: Term | None = None) -> None:
    """Refuse a code or name by which the list has another entry; a name must lead to one."""
    wanted = {texts.key(values[name]): values[name] for name in ("code", "zh", "en") if name in values}
    for term in writer.session.all(Term, "t.list = :list", list=list_name):
        if term is not mine:
            for key in map(texts.key, (term.code, term.zh, term.en)):
                if key in wanted:
                    raise NameTaken(kind=list_name, name=wanted[key], owner=term.code)
