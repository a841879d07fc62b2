"""Several command lines in one process: each with its results, exit codes and files as if it had been alone."""

import shlex
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fugong import config
from fugong.commands.frame.writing import complain
from fugong.errors.entries import QuoteOpen, ShellInShell
from fugong.lang import T
from fugong.vocab import ExitCode

NOT_INSIDE = ("shell", "run", "连着输入", "逐行执行")
"""Commands that cannot stand in a file of commands, or in the shell."""
_QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'"}


class Session:
    """A program that takes one command line after the other."""

    def __init__(self, root: Any, store: str | None) -> None:
        """Begin.

        Args:
            root: The whole program.
            store: The store that was named when it was started; else each line finds its own.
        """
        self.root = root
        self._store = store

    @classmethod
    def of(cls, ctx: Any) -> "Session":
        """The session for the program and store of a command's context."""
        whole = ctx.find_root()
        return cls(whole.command, whole.params.get("store_") or ctx.obj.store)

    def do(self, words: list[str]) -> int:
        """Run one command line; its exit code."""
        given = words if any(word.startswith("--store") for word in words) else [*self.store, *words]
        try:
            self.root.main(given, prog_name="fugong")
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else ExitCode.DONE
        return ExitCode.DONE

    @property
    def store(self) -> list[str]:
        """The option that names the store."""
        return ["--store", self._store] if self._store else []

    def all(self, lines: Iterable[tuple[int, str]], *, keep_going: bool) -> int:
        """Run numbered lines, up to the first that fails unless it is to go on; how the first that failed ended."""
        failed = 0
        first: int = ExitCode.DONE
        for number, line in lines:
            status = self.line(line)
            if status in (ExitCode.DONE, ExitCode.FOUND):
                continue
            complain(T(f"第 {number} 行没有做成：{line}", f"Line {number} failed: {line}"))
            if not keep_going:
                return status
            failed += 1
            first = first or status
        if failed:
            complain(T(f"共 {failed} 行没有做成。", f"Lines that failed: {failed}."))
        return first

    def line(self, line: str) -> int:
        """Run a line as it was typed; its exit code."""
        from fugong.errors import Refusal

        try:
            words = words_of(line)
            if words and words[0] in NOT_INSIDE:
                raise ShellInShell(command=words[0])
        except Refusal as refusal:
            complain(T("错误：", "Error: ") + refusal.sentence(chinese=config.chinese()))
            return refusal.exit_code
        return self.do(words) if words else ExitCode.DONE


def words_of(line: str) -> list[str]:
    """The words of a line, parted as a shell parts them but with nothing expanded; the program's own name may lead.

    Raises:
        QuoteOpen: A quote is not closed.
    """
    text = line.strip().removeprefix("\ufeff")
    if text.startswith(("#", "＃")):
        return []
    lexer = shlex.shlex(text.replace("\u3000", " "), posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", ""
    try:
        words = list(lexer)
    except ValueError:
        raise QuoteOpen(line=text) from None
    return words[1:] if words[:1] == ["fugong"] else words


def lines_of(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file, or of standard input, with their numbers; blank ones are none.

    Raises:
        CannotRead: The file cannot be read.
    """
    from fugong.errors.files import CannotRead
    from fugong.files import must_be_ordinary, unread

    try:
        if str(file) == "-":
            text = sys.stdin.read()
        else:
            must_be_ordinary(file)
            text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = file.read_text(encoding="gb18030", errors="replace")
    except OSError as error:
        raise CannotRead(path=str(file), reason=unread(error)) from None
    yield from ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())
