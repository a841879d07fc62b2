"""Questions before something doubtful is done: on a terminal they are asked, elsewhere they are said and it is done."""

from typing import Any

from fugong.commands.frame import asking
from fugong.commands.frame.writing import say
from fugong.errors import Refusal
from fugong.errors.names import AmbiguousName, NearName
from fugong.lang import T, name_of
from fugong.vocab import Words


class Doubt(Exception):
    """Something is to be asked before it is done; the command ended without writing, and begins once more if it is."""

    def __init__(self, about: Words) -> None:
        super().__init__(about.en)
        self.about = about


def doubt(ctx: Any, about: Words) -> None:
    """Ask whoever sits at the terminal to agree, once; without a terminal, say what is doubtful and go on.

    Args:
        ctx: The command's context.
        about: What is doubtful, as a statement.

    Raises:
        Doubt: It is to be asked.
    """
    if about.en in ctx.obj.agreed:
        return
    if asking.may_ask():
        raise Doubt(about)
    ctx.obj.agreed.add(about.en)
    ctx.obj.remarks.append(name_of(about))


def settled(ctx: Any, error: Exception) -> bool:
    """Ask about the doubt or the ambiguous name that stopped a command; whether to run the command again."""
    if isinstance(error, Doubt):
        said = name_of(error.about)
        if not asking.agreed(T(f"{said}。照样办吗", f"{said[:1].upper()}{said[1:]}. Do it all the same")):
            say(T("没有写入。", "Nothing was written."))
            return False
        ctx.obj.agreed.add(error.about.en)
        return True
    if isinstance(error, AmbiguousName | NearName) and asking.may_ask():
        return _chosen(ctx, error)
    if getattr(error, "code", "") == "team_needed" and "team" in ctx.params:
        ctx.params["team"] = asked_team()
        return ctx.params["team"] is not None
    return False


def asked_team() -> str | None:
    """A team that somebody at a terminal types; None elsewhere, and for Enter alone."""
    return asking.ask(T("组号或帮扶组", "Team, by its code or name")) or None if asking.may_ask() else None


def _chosen(ctx: Any, refusal: Refusal) -> bool:
    """Let one of the candidates of an ambiguous name be chosen, and put it in the place of what was typed."""
    given = str(refusal.params["name"])
    candidates = [name_of(each) if isinstance(each, Words) else str(each) for each in refusal.params["candidates"]]
    count = len(candidates)
    say(
        T(f"「{given}」可能是这 {count} 个：", f"“{given}” may be one of these {count}:")
        if isinstance(refusal, NearName)
        else T(f"「{given}」是 {count} 个：", f"“{given}” could be any of these {count}:")
    )
    place = asking.choose(
        T("哪一个？写序号；直接回车，什么也不做", "Which? Its number; Enter alone does nothing"), _told(ctx, candidates)
    )
    if place is None:
        return False
    found = [name for name, value in ctx.params.items() if _holds(value, given)]
    for name in found:
        ctx.params[name] = _replaced(ctx.params[name], given, candidates[place])
    return bool(found)


def _told(ctx: Any, candidates: list[str]) -> list[str]:
    """The candidates, firms with their team and what they have in hand."""
    from fugong import db
    from fugong.queries import names

    try:
        with db.reading(ctx.obj.store) as reader:
            beside = names.beside(reader.rows, candidates)
    except Refusal:
        beside = {}
    return [
        f"{name}  {team or ''}  {T(f'在办 {count}', f'{count} in hand')}" if name in beside else name
        for name in candidates
        for team, count in [beside.get(name, (None, 0))]
    ]


def _holds(value: Any, given: str) -> bool:
    return value == given or (isinstance(value, list | tuple) and given in value)


def _replaced(value: Any, given: str, chosen: str) -> Any:
    return chosen if value == given else type(value)(chosen if each == given else each for each in value)
