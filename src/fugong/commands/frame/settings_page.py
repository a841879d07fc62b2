"""What the program is told besides a command's own options: variables, options that go anywhere, settings."""

from collections.abc import Iterator, Mapping

from fugong.commands.frame.help import room, rows
from fugong.lang import T, name_of
from fugong.vocab import Words

VARIABLES = {
    "FUGONG_STORE": Words("台账在哪里；--store 优先。", "Where the store is; --store goes before it."),
    "FUGONG_LANG": Words(
        "语言：zh 中文（默认），en 英文。不看 LANG。", "The language: zh (default) or en. LANG is not followed."
    ),
    "FUGONG_ACTOR": Words("经手人；默认是电脑的用户名。", "Who is at the keyboard; default: the user of the machine."),
    "FUGONG_TODAY": Words("把哪一天或哪一刻当作现在，演练用。", "The day or moment to take for now, for rehearsals."),
    "FUGONG_ASCII": Words(
        "1：表格只用 ASCII 符号，给把 ● 画成两格的终端。",
        "1: tables in ASCII, for terminals that draw ● two columns wide.",
    ),
    "FUGONG_EVIDENCE": Words(
        "附件放在哪个文件夹；默认在台账旁边，PostgreSQL 要写明。",
        "The folder of evidence; default: beside the store. PostgreSQL needs it.",
    ),
    "FUGONG_PASSPHRASE_FILE": Words(
        "加密文件的口令在哪个文件的第一行，脚本用。", "The file whose first line is the passphrase, for scripts."
    ),
    "FUGONG_PASSPHRASE": Words("加密文件的口令，脚本用。", "The passphrase of encrypted files, for scripts."),
    "FUGONG_ALARM": Words("nightly 有红灯时运行的命令。", "What nightly runs when there is a red light."),
    "PAGER": Words("长表用什么翻页；空的不翻。", "What long tables go through; empty for none."),
    "NO_COLOR": Words("有值就不用颜色，同 --no-color。", "If set: no colours, as with --no-color."),
    "FUGONG_NO_INPUT": Words("1：什么也不问，同 --no-input。", "1: ask nothing, as with --no-input."),
    "COLUMNS": Words("表格和帮助的宽度；默认是终端的。", "How wide tables and help are; default: the terminal."),
    "LESS": Words("less 的选项；默认 -FRX，自己设的再加 -R。", "Options of less; default -FRX; -R is added to yours."),
    "PYTHONIOENCODING": Words(
        "输出的编码，如 gbk；默认是终端的，Windows 的管道里是 utf-8。",
        "The encoding of output, such as gbk; default: the terminal's, and UTF-8 in pipes on Windows.",
    ),
    "TMPDIR": Words("临时文件放在哪个文件夹；Windows 是 TEMP。", "The folder of temporary files; on Windows TEMP."),
    "PGPASSFILE": Words(
        "PostgreSQL 的密码文件；默认 ~/.pgpass。", "PostgreSQL's file of passwords; default ~/.pgpass."
    ),
    "XDG_DATA_HOME": Words(
        "Linux：没有写明的台账放在它的 fugong 文件夹；默认 ~/.local/share。",
        "Linux: a store that nobody names lies in its folder fugong; default ~/.local/share.",
    ),
    "XDG_CONFIG_HOME": Words(
        "Linux：个人设置在它的 fugong 文件夹；默认 ~/.config。",
        "Linux: your own settings lie in its folder fugong; default ~/.config.",
    ),
    "XDG_STATE_HOME": Words(
        "Linux：程序出错的详情写在它的 fugong/log；默认 ~/.local/state。",
        "Linux: the details of a bug go to its fugong/log; default ~/.local/state.",
    ),
}
"""The environment variables that the program reads, or what it stands on for it; a test compares them with the code."""
OPTIONS = {
    "--store": Words("这一次用哪一本台账。", "Which store, this once."),
    "--json": Words("同 --format json。", "The same as --format json."),
    "--quiet": Words("只说结果和错误。", "Say only results and errors."),
    "--no-input": Words("什么也不问，缺什么就拒绝。", "Ask nothing; refuse what is missing."),
    "--no-color": Words("不用颜色。", "No colours."),
    "-h, --help": Words("这条命令的帮助。", "The help of the command."),
}
SETTINGS = {
    "timezone": Words("时区，默认 Asia/Shanghai。", "The time zone; default Asia/Shanghai."),
    "yellow_days": Words(
        "到期前几个工作日亮黄灯，默认 2。", "So many working days before the deadline are yellow; default 2."
    ),
    "review": Words("审核销号：on 或 off（默认）。", "Whether closings are reviewed: on, or off (default)."),
    "office": Words("填报单位；默认不写。", "The office that signs papers; default none."),
    "notice_word": Words("文书编号前的代字；默认不写。", "The word before the numbers of papers; default none."),
}
"""What a store keeps for itself."""


def _own() -> dict[str, Words]:
    from fugong.commands.frame.preferences import KNOWN

    return {name: said for name, (said, _) in KNOWN.items()}


def page() -> Iterator[str]:
    """The lines of ``fugong help settings``."""
    yield T("环境变量和设置", "Environment variables and settings")
    for title, entries in parts().values():
        yield from rows(title, [(name, name_of(said)) for name, said in entries.items()], room())


def parts() -> dict[str, tuple[str, Mapping[str, Words]]]:
    """The parts of the page by what they are in JSON: of each its title, and what it lists."""
    return {
        "variable": (T("环境变量", "Environment variables"), VARIABLES),
        "anywhere": (T("到处可用的选项", "Options that go anywhere"), OPTIONS),
        "setting": (
            T("自己的设置，fugong settings set 名称 值", "Your own settings, fugong settings set NAME VALUE"),
            _own(),
        ),
        "store_setting": (
            T("台账自己的设置，fugong store set 名称 值", "Settings of a store, fugong store set NAME VALUE"),
            SETTINGS,
        ),
    }
