"""Refusals of tables to import."""

from fugong.errors import Refusal


class ImportFaults(Refusal):
    """Rows of a ledger have faults; each names its row and column as Excel shows them."""

    code = "import_faults"
    zh = "{path} 有 {count} 处错误，什么也没有写入：\n{faults}"
    en = "Nothing of {path} was written; faults: {count}.\n{faults}"


class NoHeader(Refusal):
    """No row of the file has enough known column names."""

    code = "no_header"
    zh = (
        "{path} 里找不到表头。一行里至少要有三个认得的列名，其中有「{needed}」；别的列名用 --map 列名=字段 对上。{near}"
    )
    en = (
        "No header row in {path}: it needs three known column names, “{needed}” among them; use --map NAME=FIELD.{near}"
    )


class SeveralSheets(Refusal):
    """More than one sheet looks like a ledger."""

    code = "several_sheets"
    zh = "有几个工作表都像台账：{candidates}。用 --sheet 写明导入哪一个，例如：{one}\n一起导入：{line}"
    en = "Several sheets look like ledgers: {candidates}. Say which, as: {one}\nOr all together: {line}"


class UnknownSheet(Refusal):
    """The workbook has no such sheet."""

    code = "unknown_sheet"
    zh = "没有工作表「{name}」。现有的：{candidates}。"
    en = "There is no sheet “{name}”. There are: {candidates}."


class OtherSheets(UnknownSheet):
    """The same, with the command that takes a sheet that there is."""

    zh = "没有工作表「{name}」。现有的：{candidates}。例如：{line}"
    en = "There is no sheet “{name}”. There are: {candidates}. For example: {line}"


class BadEncoding(Refusal):
    """There is no such encoding."""

    code = "bad_encoding"
    zh = "没有「{name}」这种编码。例如：--encoding GB18030"
    en = "There is no encoding “{name}”. For example: --encoding GB18030"


class BadMap(Refusal):
    """``--map`` is not NAME=FIELD with a field that there is."""

    code = "bad_map"
    zh = "--map 写作 列名=字段，「{given}」不是。字段有：{candidates}。"
    en = "--map takes NAME=FIELD, which “{given}” is not. The fields are: {candidates}."


class BadMapValue(Refusal):
    """``--map-value`` is not COLUMN:VALUE=NEW with a column that there is."""

    code = "bad_map_value"
    zh = "--map-value 写作 列名:值=新值，如 状态:已回复=办理中，「{given}」不是。列有：{candidates}。"
    en = "--map-value takes COLUMN:VALUE=NEW, as status:sent=doing, which “{given}” is not. The columns: {candidates}."


class UnknownProfile(Refusal):
    """There is no profile of that name, and nothing to keep under it."""

    code = "unknown_profile"
    zh = "没有导入方案「{name}」。现有的：{candidates}。要新建，请同时写 --map 或 --map-value。"
    en = "There is no profile “{name}”. There are: {candidates}. To make one, give --map or --map-value with it."


class BadCreate(Refusal):
    """``--create`` names something that an import does not make."""

    code = "bad_create"
    zh = "--create 不能新建「{given}」。可以写：{candidates}；只建其中几个写作 enterprises:名称、名称。"
    en = "--create cannot make “{given}”. It takes: {candidates}; only some of them as enterprises:NAME."


class SecondHeader(Refusal):
    """Another table with other columns begins below in the same sheet."""

    code = "second_header"
    zh = "{sheet}第 {row} 行又是一个表头，列和上面的不一样。请把下面的表移到另一个工作表，再加 --all-sheets 一起导入。"
    en = (
        "Row {row}{sheet} is another header, with other columns. Move that table to a sheet of its own, and import "
        "both with --all-sheets."
    )


class PrintedSheet(Refusal):
    """The file holds the sheet of an exported ledger that is for printers, and nothing else."""

    code = "printed_sheet"
    zh = (
        "{path} 是导出台账里供打印的那一页，几列合在一格，读不回来。请导入工作簿里「问题台账」那一页；"
        "要 CSV 就用：fugong export ledger -o 台账.csv"
    )
    en = (
        "{path} is the sheet of an exported ledger that is for printing, with columns folded into one. Import the "
        "sheet with all columns instead; for CSV: fugong export ledger -o ledger.csv"
    )


class NoNewName(Refusal):
    """A name that no firm or department is entered under, though nobody has it yet."""

    code = "no_new_name"
    zh = "没有叫「{name}」的{kind}，也不能照这样新建：{reason}。"
    en = "No {kind} is called “{name}”, and none is made of that: {reason}."


class FileNeeded(Refusal):
    """Neither a file to import nor a template to write was named."""

    code = "file_needed"
    zh = "没有写要导入的文件。例如：fugong import 台账文件；要空表：fugong import --template 空表"
    en = "Name the file to import: fugong import ledger.xlsx; for an empty one: fugong import --template empty.xlsx"
