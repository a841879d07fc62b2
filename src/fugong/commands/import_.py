"""import: a ledger in Excel or CSV, as offices keep it, into the store; and an empty one to begin with."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from fugong.commands.frame import options
from fugong.commands.frame.app import App
from fugong.commands.frame.codes import Codes
from fugong.commands.frame.counting import counting
from fugong.commands.frame.reading import emit
from fugong.commands.frame.writing import committed, say
from fugong.errors.files import CannotWrite
from fugong.errors.imports import FileNeeded
from fugong.lang import T, name_of
from fugong.vocab import ExitCode, Words
from fugong.vocab.importing import Imported, Outcome, Take

app = App()


@app.command(
    "import",
    help=T("导入 Excel、CSV 台账；全部写入，或什么也不写。", "Import a ledger, Excel or CSV: all of it, or nothing."),
    finds=Words("--keep-going 时有没能导入的行", "with --keep-going, some rows were refused"),
)
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=T("文件", "FILE"),
            help=T("台账：.xlsx、.xls、.ods、.csv 或 .tsv。", "The ledger: .xlsx, .xls, .ods, .csv or .tsv."),
        ),
    ] = None,
    kind: Annotated[
        Imported | None,
        typer.Option(
            "--kind",
            help=T(
                "表里是什么；默认 problems，加 --all-sheets 时看工作表的名称。",
                "What the rows are about: problems by default; with --all-sheets, what a sheet is called after.",
            ),
            click_type=Codes(Imported),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=T("只逐行列出会怎样，什么也不写。", "Show row by row what would happen; write nothing.")
        ),
    ] = False,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar=T("工作表", "NAME"), help=T("工作表的名称或序号。", "The sheet, by name or number.")
        ),
    ] = None,
    all_sheets: Annotated[
        bool,
        typer.Option(
            "--all-sheets",
            help=T(
                "几个工作表一起导入；表名是组或日期的会用上。",
                "Import all sheets together; a team or a day in a sheet's name is used.",
            ),
        ),
    ] = False,
    skip_hidden: Annotated[
        bool,
        typer.Option("--skip-hidden", help=T("隐藏的行不导入。", "Leave out rows that are hidden.")),
    ] = False,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar=T("编码", "NAME"),
            help=T("文本文件的编码；默认自动判断。", "Encoding of a text file; found by itself by default."),
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar=T("列名=字段", "NAME=FIELD"),
            help=T("不认得的列名是哪个字段；可写几次。", "Which field an unknown column is; repeatable."),
        ),
    ] = None,
    map_value: Annotated[
        list[str] | None,
        typer.Option(
            "--map-value",
            metavar=T("列名:值=新值", "COLUMN:VALUE=NEW"),
            help=T("文件里的值算哪个值，如 状态:已回复=办理中；可写几次。", "What a value of the file is; repeatable."),
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar=T("方案", "NAME"),
            help=T(
                "把这次的 --map、--map-value 记成方案，下次只写方案名。",
                "Keep this run's mappings under a name; next time the name is enough.",
            ),
        ),
    ] = None,
    keep_unknown: Annotated[
        bool, typer.Option("--keep-unknown", help=T("不认得的列记入备注。", "Keep unknown columns in the remark."))
    ] = False,
    take: Annotated[
        Take | None,
        typer.Option(
            "--take",
            click_type=Codes(Take),
            help=T(
                "文件和台账都改过的格子，按哪一边。",
                "Whose word goes for cells that the file and the ledger both changed.",
            ),
        ),
    ] = None,
    revive: Annotated[
        bool, typer.Option("--revive", help=T("已作废的问题也恢复。", "Bring back problems that were voided."))
    ] = False,
    approved: Annotated[
        bool,
        typer.Option(
            "--approved",
            help=T(
                "审核销号的台账：表里已销号的都审核过了，直接销号。",
                "Where closings are reviewed: what the file has as closed was reviewed already.",
            ),
        ),
    ] = False,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            min=1990,
            max=2100,
            metavar=T("年份", "YEAR"),
            help=T(
                "没写年份的日期是哪一年的；默认看填报日期。", "The year of dates without one; else that of the filing."
            ),
        ),
    ] = None,
    create: Annotated[
        list[str] | None,
        typer.Option(
            "--create",
            metavar=T("种类", "KINDS"),
            help=T(
                "没有的照样新建：enterprises,departments,categories；只建几个写作 enterprises:名称、名称。",
                "Make what is unknown: enterprises,departments,categories; only some as enterprises:NAME.",
            ),
        ),
    ] = None,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going",
            help=T(
                "写入没有错的行，有错的行另存 文件.bad.csv。", "Take the good rows; the bad ones go to FILE.bad.csv."
            ),
        ),
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar=T("文件", "FILE"),
            help=T(
                "不导入，写一个空的 Excel 工作簿：行动、帮扶组、组员、企业、单位、类别、问题各一页；不需要台账。",
                "Instead, write an empty workbook: a sheet each for campaign, teams, members, enterprises, "
                "departments, categories, problems; it needs no store.",
            ),
        ),
    ] = None,
    fmt: options.FormatOption = None,
    output: options.Output = None,
    force: options.Force = False,
    header: options.Header = None,
) -> None:
    if template:
        _write_template(ctx.obj.store, template, kind, force)
        return
    if file is None:
        raise FileNeeded
    from fugong import config, files
    from fugong.imports import outcomes, rejects, run
    from fugong.imports import plan as plans
    from fugong.imports.replacing import replacing

    files.reads(file)
    if output:
        from fugong.output import format_of
        from fugong.output.files import must_be_free

        format_of(fmt, output)  # refuses what cannot be, before anything is written
        must_be_free(output, force=force)
        if keep_going and output.absolute() == rejects.default(file).absolute():
            raise CannotWrite(path=str(output), reason=_FOR_BAD_ROWS)
    columns = plans.mapping(mapped or (), kind or Imported.PROBLEMS)
    plan = plans.Plan(
        ledger=kind,
        sheet=sheet,
        all_sheets=all_sheets,
        skip_hidden=skip_hidden,
        encoding=encoding,
        mapped=columns,
        replaced=replacing(map_value or (), kind or Imported.PROBLEMS, columns),
        profile=profile,
        keep_unknown=keep_unknown,
        take=take,
        revive=revive,
        approved=approved,
        year=year,
        create=plans.creatable(create or ()),
        dry_run=dry_run,
        keep_going=keep_going,
        rejects=rejects.default(file) if keep_going else None,
        force=force,
    )
    with counting() as advance:
        result = run.import_file(ctx.obj.store, file, plan, actor=config.actor(), progress=advance)
    for note in result.notes:
        say(name_of(note))
    with nullcontext() if dry_run else committed():
        if result.lines or config.as_json.get():
            emit(outcomes.report(result.lines), options.Delivery(fmt, output, force, header))
    said = outcomes.summary(result.counted)
    say(T(f"{said}（没有写入）", f"{said} (nothing was written)") if dry_run else said)
    for path in result.rejects:
        say(T(f"有错的行在 {path}，改好后可再导入。", f"The bad rows are in {path}; mend and import it."))
    for words in (*result.hints, *result.account):
        say(name_of(words))
    if result.counted[Outcome.REFUSED]:
        raise typer.Exit(ExitCode.FOUND)


_FOR_BAD_ROWS = Words("有错的行要存到这个文件；请换个文件名", "the bad rows go into this file; give another name")


def _write_template(store: str, path: Path, kind: Imported | None, force: bool) -> None:
    from fugong import db
    from fugong.commands.frame.reading import reading
    from fugong.commands.frame.writing import tell_places
    from fugong.imports import template

    kinds = [kind] if kind else template.COUNTY
    if db.exists(store):
        with reading(store) as (reader, _):
            template.save(path, kinds, reader.rows, force=force)
    else:
        template.save(path, kinds, force=force)
    tell_places("file", [path], done="template")
