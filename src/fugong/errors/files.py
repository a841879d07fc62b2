"""Refusals of files to read or to write."""

from fugong.errors import Refusal


class CannotRead(Refusal):
    """An input file cannot be read."""

    code = "cannot_read"
    zh = "读不了 {path}：{reason}。"
    en = "Cannot read {path}: {reason}."


class PassphraseNeeded(Refusal):
    """An encrypted file needs its passphrase, and nobody is there to type it."""

    code = "passphrase_needed"
    zh = "要有口令：在终端里输入，或在脚本里写进 FUGONG_PASSPHRASE_FILE 指的文件（第一行）、变量 FUGONG_PASSPHRASE。"
    en = "A passphrase is needed: type it on a terminal, or put it into the file that FUGONG_PASSPHRASE_FILE names."


class PassphrasesDiffer(Refusal):
    """A new passphrase was typed in two ways."""

    code = "passphrases_differ"
    zh = "两次输入的口令不一样，什么也没有写。"
    en = "The two passphrases differ; nothing was written."


class PassphraseWrong(Refusal):
    """An encrypted file does not open."""

    code = "passphrase_wrong"
    zh = "{path} 打不开：口令不对，或者文件已损坏。什么也没有写。"
    en = "{path} does not open: the passphrase is wrong, or the file is damaged. Nothing was written."


class EvidenceFolderNeeded(Refusal):
    """A server has no folder beside it for the bytes of evidence."""

    code = "evidence_folder_needed"
    zh = "台账在服务器上，要先写明附件放在哪个文件夹：FUGONG_EVIDENCE=/srv/附件"
    en = "The store is on a server: say first where evidence is kept: FUGONG_EVIDENCE=/srv/evidence"


class EvidenceTooLarge(Refusal):
    """A file is larger than evidence may be."""

    code = "evidence_too_large"
    zh = "{path} 超过 {most} MB，没有附上。请先压缩，或只附需要的几页。"
    en = "{path} is larger than {most} MB and was not attached. Make it smaller, or attach the pages that matter."


class CannotWrite(Refusal):
    """An output file cannot be written; what stood there before still stands."""

    code = "cannot_write"
    zh = "写不了 {path}：{reason}。"
    en = "Cannot write {path}: {reason}."


class StdoutUnwritable(CannotWrite):
    """Standard output cannot be written, as on a full disk."""


class OutputExists(Refusal):
    """The output file is there already."""

    code = "output_exists"
    zh = "{path} 已经存在，没有覆盖。要覆盖请加 --force。"
    en = "{path} exists and was left alone. Add --force to replace it."


class UnknownSuffix(Refusal):
    """The output file's name does not tell the format."""

    code = "unknown_suffix"
    zh = "从「{path}」的后缀看不出格式。请用 {known} 之一，或加 --format。"
    en = "The suffix of “{path}” does not tell the format. Use one of {known}, or add --format."


class FormatOfAnotherSuffix(Refusal):
    """The format that was asked for is not that of the output file's name."""

    code = "format_of_another_suffix"
    zh = "「{path}」的后缀是 {suffix}，--format 却是 {format}。去掉 --format，或换个文件名。什么也没有写。"
    en = "“{path}” ends in {suffix}, but --format says {format}. Leave --format out, or change the file's name."


class EncodingNeedsCsv(Refusal):
    """An encoding was asked for with a format that has its own."""

    code = "encoding_needs_csv"
    zh = "--encoding 只和 CSV 一起用。请加 --format csv，或写到后缀为 .csv 的文件。"
    en = "--encoding goes with CSV. Add --format csv, or write to a file that ends in .csv."


class NeedsFile(Refusal):
    """A spreadsheet cannot be shown on a terminal."""

    code = "needs_file"
    zh = "XLSX 不能显示在终端上。请写到文件：-o 台账.xlsx"
    en = "XLSX cannot be shown on a terminal. Write it to a file: -o ledger.xlsx"


class CellTooLong(Refusal):
    """A text is longer than a cell of a spreadsheet holds; nothing is ever cut off."""

    code = "cell_too_long"
    zh = "第 {row} 行「{column}」有 {length} 个字，XLSX 的一格装不下。请改用 CSV：-o 文件.csv"
    en = "“{column}” in row {row} has {length} characters, more than a cell of XLSX holds. Use CSV: -o FILE.csv"


class SheetFull(Refusal):
    """There are more rows than a sheet of a spreadsheet has."""

    code = "sheet_full"
    zh = "XLSX 的一张表装不下这么多行。请用 --team、--since 等分开导出，或改用 CSV：-o 文件.csv"
    en = "A sheet of XLSX does not hold so many rows. Export in parts with --team or --since, or use CSV: -o FILE.csv"


class NotAPage(Refusal):
    """The report is a web page, and its file is to be named like one."""

    code = "not_a_page"
    zh = "报告是网页，「{path}」的后缀却不是 {suffix}。例如：fugong report --output {example}"
    en = "The report is a web page, but the suffix of “{path}” is not {suffix}. Try: fugong report --output {example}"


class NotWord(Refusal):
    """A notice is a Word file, and is to be named like one."""

    code = "not_word"
    zh = "文书是 Word 文件，「{path}」的后缀却不是 .docx。例如：--output 交办单.docx"
    en = "A notice is a Word file, but the suffix of “{path}” is not .docx. Try: --output notice.docx"


class BadTemplate(Refusal):
    """A template cannot be read or filled in."""

    code = "bad_template"
    zh = "模板「{path}」用不了：{reason}。默认的模板：fugong notice template -o 模板.docx"
    en = "The template “{path}” cannot be used: {reason}. For the default: fugong notice template -o template.docx"


class WordMissing(Refusal):
    """What writes Word files is an extra."""

    code = "word_missing"
    zh = "写 Word 文件要另装一个组件：{install}"
    en = "Word files need another component: {install}"


class SeedFaults(Refusal):
    """The YAML has faults; each names its file, line and column."""

    code = "seed_faults"
    zh = "{path} 有 {count} 处错误，什么也没有写入：\n{faults}"
    en = "Nothing of {path} was written; faults: {count}.\n{faults}"


class SettingsUnreadable(Refusal):
    """The user's settings file is not what it should be; it is not written over."""

    code = "settings_unreadable"
    zh = "设置文件 {path} 看不懂（{reason}），没有改它。改好它，或挪开它再来。"
    en = "The settings file {path} cannot be read ({reason}) and was left as it is. Mend it, or move it away."


class NoHome(Refusal):
    """There is nowhere to keep a user's settings."""

    code = "no_home"
    zh = "没有个人文件夹，设置没有地方放。设 HOME 再来。"
    en = "There is no home folder to keep settings in. Set HOME and try again."
