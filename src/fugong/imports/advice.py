"""What to know of a file before its rows are taken, and what to type next where it was not understood."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from fugong.domain.writer import Writer
from fugong.imports import profiles, workbook
from fugong.imports.cells import header
from fugong.imports.cells.columns import NEEDED, Field, said
from fugong.imports.cells.header import Table
from fugong.imports.cells.rows import Fault
from fugong.imports.files.opening import open_book
from fugong.imports.plan import CREATED, Plan, command
from fugong.imports.replacing import EXAMPLES, Replaced
from fugong.imports.resolve import Names
from fugong.lang import listing, name_of
from fugong.vocab import Kind, Words


class Advice:
    """What to type next: the command as it was typed, with what it lacks."""

    def __init__(self, writer: Writer, location: str, path: Path, plan: Plan) -> None:
        """Begin.

        Args:
            writer: The import.
            location: Path or URL of the store.
            path: The file.
            plan: What was asked for.
        """
        self._writer = writer
        self._location = location
        self._path = path
        self._plan = plan

    def _command(self, *more: str, **asked: Any) -> str:
        return command(self._location, self._path, self._plan._replace(**asked), *more)

    def of_all_sheets(self) -> str:
        """The command that takes every sheet."""
        return self._command(all_sheets=True)

    def for_unknown(self, names: Names, faults: Iterable[Fault]) -> Iterator[Words]:
        """What to type next where names are unknown, and where values are: all of a kind together."""
        for kind, option in CREATED.items():
            new = [name for (of, name) in names.unknown if of is kind]
            if new:
                line = self._command("--create", option)
                what = Words("问题类别", "category") if kind is Kind.TERM else kind
                yield Words(
                    f"没有的{what.zh} {len(new)} 个：{listing(new)}。确是新的，就加 --create 新建：{line}",
                    f"{len(new)} unknown ({what.en}): {listing(new)}. If they are new, let them be made: {line}",
                )
        yield from self._own_values(names, faults)

    def _own_values(self, names: Names, faults: Iterable[Fault]) -> Iterator[Words]:
        """The command that says what a value means which no column of its kind has, for each such column."""
        unread: dict[Field, dict[str, None]] = {}
        for fault in faults:
            if fault.field in EXAMPLES and fault.value:
                unread.setdefault(Field(fault.field), {})[fault.value] = None
        meant = {each: name_of(words) for each, words in EXAMPLES.items()}
        for (kind, name), refusal in names.unknown.items():
            if kind is Kind.TERM and isinstance(first := refusal.params["candidates"][0], Words):
                unread.setdefault(Field.CATEGORY, {})[name] = None
                meant[Field.CATEGORY] = first.zh.partition("（")[0]  # its code, which either language takes
        for column, found in unread.items():
            replaced = [
                *self._plan.replaced,
                *(Replaced(column, " ".join(each.split()), meant[column]) for each in found),
            ]
            line = self._command(replaced=replaced)
            called = said(self._plan.rows_about, column)
            yield Words(
                f"看不懂的{called.zh} {len(found)} 种：{listing(found)}。写明各算什么，例如：{line}",
                f"{len(found)} values of {called.en} are none of ours: {listing(found)}. Say what each is: {line}",
            )

    def decided(self, table: Table) -> Iterator[Words]:
        """What headings were taken for that may mean two things, and the command that takes them for the other."""
        for heading, meaning, why in table.decided:
            taken, other = said(table.ledger, meaning), Field.DONE_ON if meaning is Field.DUE_ON else Field.DUE_ON
            line = self._command("--map", f"{heading}={said(table.ledger, other).zh}")
            yield Words(
                f"「{heading}」按{taken.zh}读（{why.zh}）；不对就用：{line}",
                f"“{heading}” was read as {taken.en} ({why.en}); if that is wrong: {line}",
            )

    def suggested(self, table: Table) -> Iterator[Words]:
        """A profile that fits the columns, where one was not asked for."""
        if self._plan.profile is None and (name := profiles.fitting(self._writer, table.headings, self._plan.mapped)):
            yield self._profile(name)

    def _profile(self, name: str) -> Words:
        line = self._command(profile=name)
        return Words(f"列名和方案「{name}」相符：{line}", f"its columns fit profile “{name}”: {line}")

    def near(self) -> Words:
        """What comes nearest to a header, and the command that maps it."""
        plan, ledger = self._plan, self._plan.rows_about
        sheets = open_book(self._path, sheet=plan.sheet, encoding=plan.encoding).sheets
        found = [(near, sheet.name) for sheet in sheets if (near := header.nearest(sheet, ledger, plan.mapped))]
        if not found:
            return Words("", "")
        near, name = max(found, key=lambda each: len(each[0].known))
        if near.sideways:
            return Words(
                "\n列名像是竖着写在第一列；请在 Excel 里转置（行列互换）再导入。",
                " The names seem to stand in the first column; transpose the sheet in Excel.",
            )
        place = Words(f"工作表「{name}」第 {near.row} 行", f"row {near.row} of “{name}”")
        place = place if name else Words(f"第 {near.row} 行", f"row {near.row}")
        headings = (*near.known, *near.unknown)
        if plan.profile is None and (fits := profiles.fitting(self._writer, headings, plan.mapped)):
            return Words(*(f"\n{each}" for each in self._profile(fits)))
        zh, en = "、".join(near.known), ", ".join(near.known)
        words = Words(f"\n最像表头的是{place.zh}：认得 {zh}", f" Nearest is {place.en}; known in it: {en}")
        if not near.unknown:
            return Words(f"{words.zh}。", f"{words.en}.")
        line = self._command("--map", f"{near.unknown[0]}={said(ledger, NEEDED[ledger]).zh}")
        return Words(
            f"{words.zh}；不认得 {'、'.join(near.unknown)}。例如：{line}",
            f"{words.en}; unknown: {', '.join(near.unknown)}. For example: {line}",
        )


def hidden(names: Sequence[str]) -> Words:
    """The sheets that were left out because they are hidden."""
    zh, en = listing(names), listing(names)
    return Words(
        f"隐藏的工作表没有读：{zh}；要导入请用 --sheet 写明它的名称",
        f"hidden sheets were not read: {en}; name one with --sheet to import it",
    )


def unread(names: Sequence[str], *, all_sheets: bool) -> Words:
    """The sheets that were left out, and how they come in if they are of another kind."""
    zh, en = f"没有读的工作表（里面没有表头）：{listing(names)}", f"sheets not read, without a header: {listing(names)}"
    if not all_sheets and any(map(workbook.kind_of, names)):
        return Words(f"{zh}；加 --all-sheets 一起导入", f"{en}; import them too with --all-sheets")
    return Words(zh, en)


def of_sheet(table: Table, words: Words) -> Words:
    """What is told of one sheet of several."""
    name = table.sheet.name
    return Words(f"工作表「{name}」，{words.zh}", f"sheet “{name}”: {words.en}") if name else words


def about(table: Table, plan: Plan) -> Iterator[Words]:
    """What to tell of a table before its rows: where the header is, the encoding, the columns that nobody knows."""
    where = Words(f"表头在第 {table.row} 行", f"the header is row {table.row}")
    if table.sheet.name:
        where = Words(f"工作表「{table.sheet.name}」，{where.zh}", f"sheet “{table.sheet.name}”, {where.en}")
    if table.sheet.encoding:
        code = table.sheet.encoding.removesuffix("-sig").upper()
        where = Words(f"{where.zh}，编码 {code}", f"{where.en}, encoding {code}")
    yield where
    unknown = [name for name, field in zip(table.headings, table.fields, strict=True) if name and field is None]
    if unknown:
        zh, en = ("记入备注", "kept in the remark") if plan.keep_unknown else ("没有导入", "not imported")
        yield Words(f"不认得的列，{zh}：{listing(unknown)}", f"unknown columns, {en}: {listing(unknown)}")
