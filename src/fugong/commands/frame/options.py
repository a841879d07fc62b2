"""Arguments and options that several commands share, each with one name, one help text and one completion."""

from pathlib import Path
from typing import Annotated, NamedTuple, Self

import typer

from fugong.commands.frame import completing
from fugong.commands.frame.codes import Codes
from fugong.lang import T
from fugong.vocab import Encoding, Format, Language, ListName, Source, SourceChange


def one_by_one(ctx: typer.Context, given: list[str] | None) -> list[str] | None:
    """Numbers as they were typed, each by itself: of 1-4,2-4 both, of 1-1..1-5 all five.

    Raises:
        Unclear: From one to another is no range.
    """
    if not given:
        return given
    from fugong.commands.frame import words

    for word in given:
        if words.is_no_range(word):
            from fugong.commands.frame.gathering import Unclear, no_id

            raise Unclear(no_id(word), ctx=ctx)
    return words.ids(given)


Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…",
        help=T("问题编号，如 3-2、1-4,2-4、1-1..1-5。", "Problem ids such as 3-2; 1-4,2-4; 1-1..1-5."),
        callback=one_by_one,
        autocompletion=completing.problem_ids,
    ),
]
Team = Annotated[
    str | None,
    typer.Option(
        "--team",
        "-t",
        metavar=T("组号", "CODE"),
        help=T("帮扶组的组号或名称。", "Code or name of the team."),
        autocompletion=completing.team_codes,
    ),
]
Category = Annotated[
    str | None,
    typer.Option(
        "--category",
        "-c",
        metavar=T("类别", "CATEGORY"),
        help=T("问题类别的代码或名称。", "Code or name of the category."),
        autocompletion=completing.entries(ListName.CATEGORY),
    ),
]
SourceOption = Annotated[
    Source | None, typer.Option("--source", help=T("问题来源。", "How the problem came up."), click_type=Codes(Source))
]
SourceEdited = Annotated[
    SourceChange | None,
    typer.Option("--source", help=T("问题来源。", "How the problem came up."), click_type=Codes(SourceChange)),
]
Lead = Annotated[
    str | None,
    typer.Option(
        "--department",
        "-d",
        metavar=T("单位", "DEPARTMENT"),
        help=T("责任单位（主办）。", "The department that must act."),
        autocompletion=completing.departments,
    ),
]
Assist = Annotated[
    list[str] | None,
    typer.Option(
        "--assist",
        metavar=T("单位", "DEPARTMENT"),
        help=T("协办单位，可写几次。", "An assisting department; repeatable."),
        autocompletion=completing.departments,
    ),
]
Person = Annotated[
    str | None, typer.Option("--person", metavar=T("姓名", "NAME"), help=T("责任人。", "The person responsible."))
]
DueOption = Annotated[
    str | None,
    typer.Option(
        "--due",
        metavar=T("时限", "DATE"),
        help=T(
            "时限：日期（3月20日、下周五、3月底前）、7wd（七个工作日）、3天、一周内、长期，或时限列表里的名称。",
            "Deadline: a date (20 Mar, next Friday), 7wd (working days), 3 days, open, or the name of a preset.",
        ),
        autocompletion=completing.entries(ListName.DEADLINE),
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar=T("日期", "DATE"),
        help=T(
            "实际日期，如 3月12日、昨天、上周五；默认今天。",
            "The day it happened, as 12 Mar, yesterday or last Friday; default today.",
        ),
    ),
]
Approx = Annotated[
    bool,
    typer.Option("--approx", help=T("日期不确切，显示为“约”。", "The day is not exactly known; shown as “about”.")),
]
Why = Annotated[str, typer.Option("--why", metavar=T("原因", "TEXT"), help=T("原因。", "The reason."))]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=T("截至", "T"),
        help=T(
            "截至哪一天或哪一刻，如 2020-03-12、今天-17:00；默认现在。",
            "The cut-off: a day or a moment, as 2020-03-12, today-17:00; default now.",
        ),
    ),
]

KnownAt = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar=T("时间|公布|封签", "T|NAME"),
        help=T(
            "按当时所知：一个时间、一次公布的名称，或一个封签；默认现在所知的全部。",
            "As it was known then: a time, a publication's name, or a seal; default all that is known.",
        ),
    ),
]


class CutOff(NamedTuple):
    """What is read, in one parameter of a command (``option_groups.spread``)."""

    as_of: AsOf = None
    known_at: KnownAt = None


# Of milestones, practices and published figures; dates as people type them

Note = Annotated[
    str | None,
    typer.Option(
        "--note", metavar=T("备注", "TEXT"), help=T("备注：关于这条记录的说明。", "A remark about the record itself.")
    ),
]
Inferred = Annotated[
    bool, typer.Option("--inferred", help=T("是推断，原文没有明说。", "It is inferred, not stated by the source."))
]
InferredOrNot = Annotated[
    bool | None, typer.Option("--inferred/--no-inferred", help=T("是否推断。", "Whether it is inferred."))
]
Aliases = Annotated[
    list[str] | None,
    typer.Option("--alias", metavar=T("简称", "NAME"), help=T("简称，可写几次。", "An alias; repeatable.")),
]
NoAliases = Annotated[
    list[str] | None,
    typer.Option(
        "--no-alias", metavar=T("简称", "NAME"), help=T("去掉的简称，可写几次。", "An alias to remove; repeatable.")
    ),
]
NewName = Annotated[
    str | None, typer.Option("--name", metavar=T("名称", "NAME"), help=T("新的名称。", "The new name."))
]
Everyone = Annotated[bool, typer.Option("--all", help=T("连停用的也列出。", "Retired ones, too."))]
WithPersonal = Annotated[
    bool,
    typer.Option(
        "--with-personal", help=T("显示完整的电话等个人信息。", "Show telephone numbers and other personal data whole.")
    ),
]
Phone = Annotated[
    str | None,
    typer.Option("--phone", metavar=T("电话", "NUMBER"), help=T("电话；输出时遮住中间。", "Telephone; shown masked.")),
]
OnCorrected = Annotated[
    str | None, typer.Option("--on", metavar=T("日期", "DATE"), help=T("更正日期。", "Correct the day."))
]
ApproxOrNot = Annotated[
    bool | None,
    typer.Option("--approx/--no-approx", help=T("日期是否不确切。", "Whether the day is not exactly known.")),
]
Key = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar=T("标识", "KEY"),
        help=T(
            "防重复的标识：同一标识只登记一次。",
            "The same key is entered only once, however often the command runs.",
        ),
    ),
]
FromDay = Annotated[
    str | None, typer.Option("--since", metavar=T("日期", "DATE"), help=T("这一天及以后的。", "On this day or later."))
]
ToDay = Annotated[
    str | None,
    typer.Option("--until", metavar=T("日期", "DATE"), help=T("这一天及以前的。", "On this day or earlier.")),
]

# Output

FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help=T(
            "输出格式；默认在终端是 table，在管道里是 plain。",
            "Output format; default table on a terminal, plain in a pipe.",
        ),
        click_type=Codes(Format),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=T("文件", "FILE"),
        help=T(
            "写到文件，格式看后缀（.xlsx .csv .json .md .txt）。",
            "Write to a file; the suffix tells the format (.xlsx .csv .json .md .txt).",
        ),
    ),
]
Force = Annotated[bool, typer.Option("--force", help=T("覆盖已有的文件。", "Replace an existing file."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=T("只看会怎样，不写入。", "Only say what would happen."))]
Header = Annotated[
    Language | None,
    typer.Option("--header", help=T("表头的语言。", "Language of the headings."), click_type=Codes(Language)),
]
EncodingOption = Annotated[
    Encoding | None,
    typer.Option(
        "--encoding", help=T("CSV 的编码；默认 utf-8。", "Encoding of CSV; default utf-8."), click_type=Codes(Encoding)
    ),
]


Wide = Annotated[
    bool,
    typer.Option(
        "--wide",
        help=T(
            "表格列出全部的列和字，按编号排；默认按终端的宽度取舍。",
            "Tables with every column, whole and by number; by default they are fitted to the terminal.",
        ),
    ),
]


class Delivery(NamedTuple):
    """How and where a report is written, in one parameter of a command (``option_groups.spread``)."""

    fmt: FormatOption = None
    out: Output = None
    force: Force = False
    header: Header = None
    encoding: EncodingOption = None
    wide: Wide = False

    @property
    def fitted(self) -> bool:
        """Whether the report is a table that is fitted to a terminal."""
        from fugong import output

        return not self.wide and output.is_live(self.out) and output.format_of(self.fmt, self.out) is Format.TABLE

    def or_text(self) -> Self:
        """Text for the work chat, where neither the format nor the file's name says otherwise."""
        from fugong import output

        plain = self.out is None or self.out.suffix.lower() == output.ANY_TEXT
        asked = self.fmt or (Format.TEXT if plain else None)
        return self._replace(fmt=output.format_of(asked, self.out))

    def must_be_default(self, ctx: typer.Context, what: str) -> None:
        """Refuse options of a listing where a command lists nothing.

        Args:
            ctx: The command.
            what: What it does instead, in the words of this run.

        Raises:
            Unclear: There are such options.
        """
        if self._replace(fmt=None) == Delivery() and self.fmt in (None, Format.JSON):
            return
        from fugong.commands.frame.gathering import Unclear

        said = T(
            f"写了编号就是{what}，不列清单：去掉 -o、--format 这些列清单的选项。",
            f"With ids this command {what} and lists nothing: leave out -o, --format and what goes with them.",
        )
        raise Unclear(said, ctx=ctx)


Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar=T("条数", "N"), help=T("最多列出几条。", "List at most this many.")),
]


class Retention(NamedTuple):
    """How many backups stay."""

    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            min=1,
            metavar=T("份数", "N"),
            help=T("只留最新的几份，其余的自动备份删去。", "Keep this many of the newest backups; the others go."),
        ),
    ] = None
    keep_daily: Annotated[
        int | None,
        typer.Option(
            "--keep-daily",
            min=1,
            metavar=T("天数", "N"),
            help=T(
                "另留有备份的最近几天，每天最新的一份。", "Also the newest of each of the last N days that have one."
            ),
        ),
    ] = None
    keep_weekly: Annotated[
        int | None,
        typer.Option(
            "--keep-weekly",
            min=1,
            metavar=T("周数", "N"),
            help=T("另留最近几周，每周一份。", "Also the newest of each of the last N weeks."),
        ),
    ] = None
    keep_monthly: Annotated[
        int | None,
        typer.Option(
            "--keep-monthly",
            min=1,
            metavar=T("月数", "N"),
            help=T("另留最近几个月，每月一份。", "Also the newest of each of the last N months."),
        ),
    ] = None
