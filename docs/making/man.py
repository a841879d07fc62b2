"""share/man: the pages for ``man``, and share's completions for shells, made from the program's own help."""

import re
from collections.abc import Callable, Iterable, Iterator

from fugong import __version__
from fugong.commands.frame.settings_page import VARIABLES
from fugong.values.folding import cells, fold
from fugong.vocab import ExitCode, Words

Said = Callable[[Words], str]

PAGES = {"zh": "share/man/zh_CN/man1/fugong.1", "en": "share/man/man1/fugong.1"}
SHELLS = {
    "bash": "share/bash-completion/completions/fugong",
    "zsh": "share/zsh/site-functions/_fugong",
    "fish": "share/fish/vendor_completions.d/fugong.fish",
    "powershell": "share/powershell/fugong.ps1",
}
WIDTH = "76"
"""Columns of the help on a page, which man indents on a terminal of 80."""
_NARROW = 66
_MARKS = str.maketrans("", "", "*`")
_COMMANDS = re.compile(r"^## (fugong[^\n]*)\n\n```text\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
_HEADS = {
    "name": Words("名称", "NAME"),
    "synopsis": Words("用法", "SYNOPSIS"),
    "description": Words("说明", "DESCRIPTION"),
    "commands": Words("命令", "COMMANDS"),
    "environment": Words("环境变量", "ENVIRONMENT"),
    "exit": Words("退出码", "EXIT STATUS"),
    "see": Words("另见", "SEE ALSO"),
}
_WHAT = Words("复工帮扶台账", "a command-line ledger for a county's enterprise-assistance campaign")
_ABOUT = Words(
    "登记企业的问题，交办部门，跟踪办理，销号，报数。台账是一个文件，每次改动都留下谁、何时、由什么改成什么。",
    "Log the problems of enterprises, hand them to departments, follow them up, close them, publish figures. The "
    "ledger is one file, and every change says who, when, and from what to what.",
)
_SEE = Words(
    "fugong help settings；程序文件夹 docs 里的各页。", "fugong help settings; the pages in docs of the sources."
)


def page(language: str, reference: str) -> str:
    """The manual in one language.

    Args:
        language: ``zh`` or ``en``.
        reference: Every command's help in it, as docs/cli.md has it, in ``WIDTH`` columns.
    """
    return "\n".join(_lines(lambda words: words.zh if language == "zh" else words.en, reference)) + "\n"


def _lines(said: Said, reference: str) -> Iterator[str]:
    yield '.\\" Made by docs/generate.py from the help of the program; not to be edited.'
    yield f'.TH FUGONG 1 "" "fugong {__version__}"'
    yield ".ad l"
    yield from (f".SH {said(_HEADS['name'])}", f"fugong \\- {said(_WHAT)}")
    yield from (f".SH {said(_HEADS['synopsis'])}", ".B fugong", said(Words("命令 [选项] …", "COMMAND [OPTIONS] …")))
    yield from (f".SH {said(_HEADS['description'])}", *_folded(said(_ABOUT)))
    yield f".SH {said(_HEADS['commands'])}"
    for path, text in _COMMANDS.findall(reference):
        yield from (f".SS {path}", *_as_it_is(text.splitlines()))
    yield f".SH {said(_HEADS['environment'])}"
    for name, words in VARIABLES.items():
        yield from (".TP", f".B {name}", *_folded(said(words)))
    yield f".SH {said(_HEADS['exit'])}"
    for code in ExitCode:
        yield from (".TP", f".B {code.value}", *_folded(said(Words(code.zh, code.en)).translate(_MARKS)))
    yield from (f".SH {said(_HEADS['see'])}", *_folded(said(_SEE)))


def _folded(text: str) -> Iterator[str]:
    """A paragraph in lines, for roff knows no place to break a line of Chinese."""
    return _as_it_is(fold(text, _NARROW, cells))


def _as_it_is(lines: Iterable[str]) -> Iterator[str]:
    yield from (".nf", *map(_text, lines), ".fi")


def _text(line: str) -> str:
    """A line as it is, whatever roff would make of its signs."""
    line = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{line}" if line.startswith((".", "'")) else line


def completions() -> Iterator[tuple[str, str]]:
    """The file of every shell with its text: that of ``fugong --show-completion``."""
    from typer._completion_shared import get_completion_script

    from fugong.commands.frame import shells

    shells.prepare()
    for shell, path in SHELLS.items():
        script = get_completion_script(prog_name="fugong", complete_var="_FUGONG_COMPLETE", shell=shell)
        yield path, script.strip() + "\n"
