"""init: from nothing to a store to work with, asking for what is not typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fugong.commands.frame.app import App, Command
from fugong.commands.frame.asking import ask, may_ask
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.writing import say, tell_places
from fugong.lang import T, name_of
from fugong.vocab import Kind, Language, Words

if TYPE_CHECKING:
    from fugong.seed.beginning import Beginning

app = App()

MOST_TEAMS = 99


SAMPLE = "--sample"


class Beginner(Command):
    """``init``: of its options, ``--sample`` may stand without a value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words; ``--sample`` alone is the example in the language of the run."""
        from fugong import config

        words = list(args)
        for place, word in enumerate(args):
            if word == SAMPLE and all(each.startswith("-") for each in args[place + 1 : place + 2]):
                words[place] = f"{SAMPLE}={(Language.ZH if config.chinese() else Language.EN).value}"
        return super().parse_args(ctx, words)


@app.command(
    cls=Beginner,
    help=T(
        "从零开始：新建台账，带上常用列表；在终端里会问县名、行动和帮扶组，都可以不答。",
        "Begin: make a store with the usual lists. On a terminal it asks for county, campaign and teams; "
        "anything may be left out.",
    ),
)
def init(
    ctx: typer.Context,
    county: Annotated[
        str | None, typer.Option("--county", metavar=T("县", "COUNTY"), help=T("哪个县的台账。", "Whose ledger it is."))
    ] = None,
    campaign: Annotated[
        str | None, typer.Option("--campaign", metavar=T("行动", "NAME"), help=T("专项行动的名称。", "The campaign."))
    ] = None,
    committee: Annotated[
        str | None,
        typer.Option("--committee", metavar=T("党委", "NAME"), help=T("临时党委。", "The party committee.")),
    ] = None,
    teams: Annotated[
        int | None,
        typer.Option(
            "--teams",
            min=0,
            max=MOST_TEAMS,
            metavar=T("组数", "N"),
            help=T("几个帮扶组，依次叫第一帮扶组、第二帮扶组……", "How many teams: Team 1, Team 2 …"),
        ),
    ] = None,
    team: Annotated[
        list[str] | None,
        typer.Option(
            "--team", metavar=T("组名", "NAME"), help=T("一个帮扶组的名称，可写几次。", "A team's name; repeatable.")
        ),
    ] = None,
    sample: Annotated[
        Language | None,
        typer.Option(
            SAMPLE,
            click_type=Codes(Language),
            help=T(
                "装入随程序带的例子：zh 是襄汾县的公开数据，en 是一个虚构的英文县；不写值，看界面是什么语言。",
                "Load an example: zh is Xiangfen county as published, en a made-up English county; without a value, "
                "the one in the language of the screen.",
            ),
        ),
    ] = None,
    bare: Annotated[
        bool,
        typer.Option("--bare", help=T("列表也不要，一切自己定。", "Without even the usual lists: enter your own.")),
    ] = False,
) -> None:
    from fugong import config, db
    from fugong.errors.rules import SampleAlone
    from fugong.errors.store import StoreExists
    from fugong.seed.beginning import Beginning, begin
    from fugong.seed.result import lines

    asked = (county, campaign, committee, teams, team)
    if sample and (bare or any(value is not None for value in asked)):
        raise SampleAlone
    if db.exists(ctx.obj.store):  # before anything is asked
        raise StoreExists(path=db.place(ctx.obj.store))
    wanted = Beginning(
        county or "", campaign or "", committee or "", _names(teams or 0, team or ()), sample=sample, bare=bare
    )
    if not sample and all(value is None for value in asked) and may_ask():
        wanted = _answers(wanted)
    result = begin(ctx.obj.store, wanted, actor=config.actor(), chinese=config.chinese())
    tell_places("store", [db.place(ctx.obj.store)], done="init")
    for text in lines(result):
        say(text)
    say(_next(wanted))


def _names(count: int, given: "list[str] | tuple[()]") -> list[str]:
    """The names of so many teams: those that were given first."""
    from fugong import config
    from fugong.seed.beginning import team_name

    return [*given, *(team_name(number, chinese=config.chinese()) for number in range(len(given) + 1, count + 1))]


def _answers(wanted: "Beginning") -> "Beginning":
    """What somebody at the terminal wants; Enter leaves a thing out."""
    from fugong.seed.beginning import CAMPAIGN

    say(T("直接按回车就是不写，以后都能补。", "Enter leaves a thing out; all can be given later."))
    county = _name(T("哪个县（如 云岭县）", "Which county (such as Northmoor)"))
    campaign = _name(T("专项行动的名称", "The campaign's name"), name_of(CAMPAIGN), listed=False) if county else ""
    count = _count(T("几个帮扶组", "How many teams"))
    teams = list[str]()
    for number, name in enumerate(_names(count, ()), 1):
        teams.append(_name(T(f"第 {number} 组的名称", f"Name of team {number}"), name, teams))
    return wanted._replace(county=county, campaign=campaign, teams=teams)


def _name(question: str, default: str = "", others: Sequence[str] = (), *, listed: bool = True) -> str:
    """A name; what is none, or that of one of the others, is said, and asked for again: nobody answers all anew.

    One that is ``listed`` with others holds no mark that separates names.
    """
    from fugong import config
    from fugong.errors import Refusal
    from fugong.errors.names import NameTaken
    from fugong.values.texts import NAME, clean, clean_name, key

    while True:
        answer = ask(question, default)
        try:
            name = (clean_name if listed else clean)(answer, what=Words("名称", "name"), limit=NAME) if answer else ""
            for number, other in enumerate(others, 1):
                if key(name) == key(other):
                    raise NameTaken(kind=Kind.TEAM, name=name, owner=number)
        except Refusal as refusal:
            say(refusal.sentence(chinese=config.chinese()))
        else:
            return name


def _count(question: str) -> int:
    """A number of teams; asked again until it is one."""
    while True:
        answer = ask(question, "0")
        if answer.isdecimal() and int(answer) <= MOST_TEAMS:
            return int(answer)
        say(T(f"应是 0 到 {MOST_TEAMS} 的整数。", f"It must be a whole number from 0 to {MOST_TEAMS}."))


def _next(wanted: "Beginning") -> str:
    """What to type next."""
    if wanted.sample:
        return T("台账已建好。下一步：fugong progress", "The store is ready. Next: fugong progress")
    if not wanted.teams:
        return T(
            "台账已建好。下一步新增帮扶组：fugong team add 1 第一帮扶组",
            'The store is ready. Next, a team: fugong team add 1 "Team 1"',
        )
    return T(
        "台账已建好。下一步新增企业：fugong enterprise add 企业全称 --team 1；"
        "手里有 Excel 台账的：fugong import 台账.xlsx --dry-run",
        'The store is ready. Next, a firm: fugong enterprise add "Full Name Ltd" --team 1; from a spreadsheet: '
        "fugong import ledger.xlsx --dry-run",
    )
