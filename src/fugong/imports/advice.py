"""What to know of a file before its rows are taken, and what to type next where it was not understood."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from fugong.domain.writer import Writer
from fugong.imports import edits, profiles, workbook
from fugong.imports.cells import header, units, values
from fugong.imports.cells.columns import NEEDED, UNIT_AND_PERSON, WANTED, Field, key, said
from fugong.imports.cells.forms import likely
from fugong.imports.cells.header import Near, Table
from fugong.imports.cells.rows import Fault
from fugong.imports.files.opening import open_book
from fugong.imports.lines import moving, running
from fugong.imports.names import Names
from fugong.imports.plan import CREATED, Plan, command
from fugong.imports.replacing import EXAMPLES, Replaced
from fugong.lang import listing, name_of
from fugong.values import team_names
from fugong.vocab import Kind, Words
from fugong.vocab.importing import Imported, Take


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

    def of_sheet(self, name: str) -> str:
        """The command that takes one sheet."""
        return self._command(sheet=name, all_sheets=False)

    def moving(self, ident: str, code: str) -> str:
        """The command that moves a problem to another team."""
        return moving(self._location, ident, code)

    def reviving(self) -> Words:
        """The command that brings back what is void, told where a file has such rows."""
        line = self._command(revive=True)
        return Words(f"要恢复已作废的：{line}", f"To bring back what is void: {line}")

    def for_unknown(self, names: Names, faults: Iterable[Fault]) -> Iterator[Words]:
        """What to type next where names are unknown, and where values are: all of a kind together."""
        faults = list(faults)
        persons = {name for (of, name) in names.unknown if of is Kind.DEPARTMENT and units.is_person(name)}
        beside = [fault for fault in faults if fault.field == Field.DEPARTMENT and fault.value not in persons]
        persons = {name for name in persons if any(name in fault.value for fault in beside)}
        if persons:  # not a column of units alone
            ledger = self._plan.rows_about
            line = self._command("--map", f"{beside[0].column}={said(ledger, UNIT_AND_PERSON).zh}")
            yield Words(
                f"像是人名的 {len(persons)} 个：{listing(persons)}。单位和人写在一格的，用：{line}",
                f"look like persons ({len(persons)}): {listing(persons)}. If units and persons share a cell: {line}",
            )
        for kind, option in CREATED.items():
            new = [
                name for (of, name) in names.unknown if of is kind and name not in persons and not names.alone.get(name)
            ]
            if new:
                line = self._command("--create", option)
                what = Words("问题类别", "category") if kind is Kind.TERM else kind
                yield Words(
                    f"没有的{what.zh} {len(new)} 个：{listing(new)}。确是新的，就加 --create 新建：{line}",
                    f"{what.en} not known ({len(new)}): {listing(new)}. To make what is new: {line}",
                )
        yield from self._unsettled(names, faults)
        yield from self._without_team(names)
        yield from self._both_changed(faults)
        yield from self._own_values(names, faults)
        if without := sum(fault.words is values.NO_YEAR for fault in faults):
            year = self._writer.today.year
            line = self._command(year=year)
            yield Words(
                f"没有写年份的日期 {without} 处；是 {year} 年的就用：{line}",
                f"dates without a year: {without}; if of {year}: {line}",
            )

    def _unsettled(self, names: Names, faults: Sequence[Fault]) -> Iterator[Words]:
        """What to type next where a name may be another way of writing one that is known: nobody's is guessed."""
        for kind, columns in _NAMING.items():
            found = {name: refusal for (of, name), refusal in names.unsettled.items() if of is kind}
            for name in found:
                if kind is Kind.TEAM and (code := team_names.number(name)):
                    line = running(self._location, "team", "add", code, f"第{code}组" if name.isdecimal() else name)
                    yield Words(
                        f"没有的帮扶组「{name}」确是新的，先登记：{line}", f"if team “{name}” is new, enter it: {line}"
                    )
            replaced = [
                Replaced(fault.field, name, refusal.params["candidates"][0])
                for name, refusal in found.items()
                for fault in {
                    each.field: each for each in faults if each.field in columns and name in each.value
                }.values()
                if refusal.params["candidates"] != ["—"]
            ][:_MOST_NAMES]
            if replaced:
                line = self._command(replaced=[*self._plan.replaced, *replaced])
                listed = listing(list(dict.fromkeys(each.value for each in replaced)))
                yield Words(
                    f"是已有{kind.zh}的别的写法的，写明是哪一个：{listed}。例如：{line}",
                    f"if these are other names of a known {kind.en}, say of which: {listed}. For example: {line}",
                )

    def _without_team(self, names: Names) -> Iterator[Words]:
        """The command that says which team looks after firms that none does."""
        if not (names.teamless and names.some_team):
            return
        firms = list(names.teamless)[:_MOST_NAMES]
        line = running(self._location, "enterprise", "assign", *firms, "--team", names.some_team)
        listed = listing(names.teamless)
        yield Words(
            f"没有组包联的企业 {len(names.teamless)} 家：{listed}。写明由哪一组包联，例如：{line}",
            f"enterprises that no team looks after ({len(names.teamless)}): {listed}. Say which does, as: {line}",
        )

    def _both_changed(self, faults: Sequence[Fault]) -> Iterator[Words]:
        """The commands that say whose word goes where the file and the ledger were both changed."""
        if both := sum(isinstance(fault.words, edits.Both) for fault in faults):
            ours, theirs = self._command(take=Take.FILE), self._command(take=Take.LEDGER)
            yield Words(
                f"两边都改过的 {both} 处，都按文件：{ours}", f"cells that both changed ({both}), as in the file: {ours}"
            )
            yield Words(f"都按台账：{theirs}", f"as in the ledger: {theirs}")

    def _own_values(self, names: Names, faults: Iterable[Fault]) -> Iterator[Words]:
        """The command that says what a value means which no column of its kind has, for each such column."""
        unread: dict[Field, dict[str, None]] = {}
        for fault in faults:
            dated = fault.field == Field.DUE_ON and any(map(str.isdecimal, fault.value))  # a date that is wrong
            if fault.field in EXAMPLES and fault.value and not dated and not _settled_otherwise(fault):
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
                f"unknown values of {called.en} ({len(found)}): {listing(found)}. Say what each is: {line}",
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
        if plan.ledger is None and not plan.mapped and (kind := self._other_kind()):
            line = self._command(ledger=kind)
            return Words(
                f"\n列名是「{kind.zh}」的；要导入它，请用：{line}", f" Its columns are those of {kind.en}: {line}"
            )
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
        mapped = self._mapped(near)
        if not near.known and not mapped:
            return _nothing_known(place, near.unknown, None if name else self._command(encoding="big5"))
        zh, en = "、".join(near.known), ", ".join(near.known)
        words = Words(
            f"\n最像表头的是{place.zh}：认得 {zh or '—'}", f" Nearest is {place.en}; known in it: {en or '—'}"
        )
        if near.unknown:
            words = Words(
                f"{words.zh}；不认得 {'、'.join(near.unknown)}", f"{words.en}; unknown: {', '.join(near.unknown)}"
            )
        return Words(f"{words.zh}。例如：{mapped}", f"{words.en}. For example: {mapped}") if mapped else words

    def _other_kind(self) -> Imported | None:
        """What the rows of the file are about, if all its columns are those of another list."""
        for sheet in open_book(self._path, sheet=self._plan.sheet, encoding=self._plan.encoding).sheets:
            table = header.find(sheet, _OTHER_KINDS, {})
            if table and all(field for name, field in zip(table.headings, table.fields, strict=True) if name):
                return table.ledger
        return None

    def _mapped(self, near: Near) -> str | None:
        """The command that says of unknown names what they are likely to be; None where that makes no header."""
        ledger = self._plan.rows_about
        means = likely(near.unknown, near.fields)
        needed = NEEDED[ledger]
        written = {name: much for name, much in zip(near.unknown, near.written, strict=True) if name not in means}
        if needed not in (*near.fields, *means.values()) and written:
            means[max(written, key=written.__getitem__)] = needed
        if needed not in (*near.fields, *means.values()) or len(near.fields) + len(means) < WANTED[ledger]:
            return None
        return self._command(*_maps(ledger, means))


_NAMING = {
    Kind.TEAM: (Field.TEAM,),
    Kind.ENTERPRISE: (Field.ENTERPRISE, Field.ENTERPRISES),
    Kind.DEPARTMENT: (Field.DEPARTMENT, Field.ASSIST),
}
"""The columns that name records, by kind."""
_OTHER_KINDS = (Imported.ENTERPRISES, Imported.MEMBERS, Imported.TEAMS, Imported.ACTIVITIES)


def _settled_otherwise(fault: Fault) -> bool:
    """Whether a fault is not that the value is unknown, so that another one standing for it mends nothing."""
    return fault.words in (values.NO_YEAR, values.FAILED) or isinstance(fault.words, edits.Both)


def _maps(ledger: Imported, means: Mapping[str, Field]) -> Iterator[str]:
    for heading, field in means.items():
        yield from ("--map", f"{heading}={said(ledger, field).zh}")


def _nothing_known(place: Words, cells: Sequence[str], other: str | None) -> Words:
    """What a file is read as in which no name is known: so one sees at once whether that is what is meant.

    ``other`` is the command that reads a text file in another encoding.
    """
    read = "｜".join(cells)
    read = read if len(read) <= _LONGEST else read[:_LONGEST] + "…"
    words = Words(f"\n{place.zh}读成「{read}」", f" {place.en} reads “{read}”")
    if other is None:
        return Words(f"{words.zh}。", f"{words.en}.")
    if len(cells) == 1:
        words = Words(
            f"{words.zh}，只有一格：分隔符要用逗号、制表符、分号或竖线",
            f"{words.en}, a single cell: part them by commas, tabs, semicolons or bars",
        )
    return Words(
        f"{words.zh}；如果是乱码，请写明编码，例如：{other}",
        f"{words.en}; if that is garbled, name the encoding, as: {other}",
    )


_LONGEST = 60
_MOST_NAMES = 20
"""How many names one command tells the meaning of."""


def hidden(names: Sequence[str], line: str) -> Words:
    """The sheets that were left out because they are hidden, and the command that imports the first."""
    listed = listing(names)
    return Words(
        f"隐藏的工作表没有读：{listed}；要导入：{line}", f"hidden sheets were not read: {listed}; to import one: {line}"
    )


def unread(names: Sequence[str], line: str | None) -> Words:
    """The sheets that were left out, and the command by which they come in if they are of another kind."""
    zh, en = f"没有读的工作表（里面没有表头）：{listing(names)}", f"sheets not read, without a header: {listing(names)}"
    if line and any(map(workbook.kind_of, names)):
        return Words(f"{zh}；一起导入：{line}", f"{en}; to import them too: {line}")
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
    missing = [name for name in plan.mapped if key(name) not in map(key, table.headings)]
    if missing and not (plan.profile or plan.all_sheets):
        yield Words(
            f"--map 写的列名文件里没有：{listing(missing)}", f"--map names what the file has not: {listing(missing)}"
        )
    if table.formed:
        zh = "、".join(f"「{name}」按{said(table.ledger, field).zh}" for name, field in table.formed)
        en = ", ".join(f"“{name}” as {said(table.ledger, field).en}" for name, field in table.formed)
        yield Words(
            f"列名按意思读：{zh}；不对就用 --map 写明", f"headings read by their words: {en}; --map says otherwise"
        )
    unknown, twice = list[str](), list[str]()
    for at, (name, field) in enumerate(zip(table.headings, table.fields, strict=True)):
        if name and field is None:
            (twice if name in table.headings[:at] else unknown).append(name)
    zh, en = ("记入备注", "kept in the remark") if plan.keep_unknown else ("没有导入", "not imported")
    if twice:
        yield Words(
            f"重复的列名，只读左边一列，其余{zh}：{listing(twice)}",
            f"headings that stand twice; only the left column is read, others {en}: {listing(twice)}",
        )
    if unknown:
        yield Words(f"不认得的列，{zh}：{listing(unknown)}", f"unknown columns, {en}: {listing(unknown)}")
