"""What a command line lacks, asked for at a terminal."""

from typing import Any

from fugong.commands.frame.asking import ask, may_ask
from fugong.errors.entries import TextMissing
from fugong.lang import T
from fugong.vocab import Format

ONE_WORD = "-"


def _lacking(ctx: Any, error: Any) -> Any:
    """The parameter that is missing; None if the error is another one."""
    if isinstance(error, TextMissing):
        return next((each for each in ctx.command.params if each.name == ctx.command.last), None)
    return error.param if type(error).__name__ == "MissingParameter" else None


def asked_for(ctx: Any, error: Any, args: list[str]) -> list[str] | None:
    """The command line with the missing word added; None if nobody can be asked, or the answer was Enter alone."""
    param = _lacking(ctx, error)
    if param is None or "--" in args or Format.JSON.value in args or "--json" in args or not may_ask():
        return None
    what = param.make_metavar(ctx) if param.param_type_name == "argument" else str(param.metavar or param.opts[0])
    help_ = (param.help or "").rstrip("。.")
    answer = ask(f"{what}{T('（', ' (')}{help_}{T('）', ')')}" if help_ not in ("", what) else what)
    if not answer:
        return None
    if param.param_type_name == "option":
        return [*args, f"{param.opts[0]}={answer}"]
    if answer.startswith("-") and answer != ONE_WORD:
        return [*args, "--", answer]
    return [*args, *(answer.split() if param.nargs != 1 else [answer])]
