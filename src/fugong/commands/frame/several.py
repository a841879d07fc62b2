"""Several command lines in one process: each with its results, exit codes and files as if it had been alone."""

import json
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from fugong import config
from fugong.commands.frame.writing import complain
from fugong.errors.entries import QuoteOpen, ShellInShell
from fugong.lang import T
from fugong.vocab import ExitCode, Format, Words

NOT_INSIDE = ("shell", "run", "连着输入", "逐行执行")
"""Commands that cannot stand in a file of commands, or in the shell."""
_QUOTES = {"“": '"', "”": '"', "‘": "'", "’": "'"}


class Session:
    """A program that takes one command line after the other."""

    def __init__(self, root: Any, store: str | None, *, in_json: bool = False) -> None:
        """Begin.

        Args:
            root: The whole program.
            store: The store that was named when it was started; else each line finds its own.
            in_json: Let every line answer in JSON.
        """
        self.root = root
        self._store = store
        self._in_json = in_json
        self._answers: list[dict[str, Any]] | None = None

    @classmethod
    def of(cls, ctx: Any) -> "Session":
        """The session for the program and store of a command's context."""
        whole = ctx.find_root()
        return cls(whole.command, whole.params.get("store_") or ctx.obj.store, in_json=config.as_json.get())

    def do(self, words: list[str]) -> int:
        """Run one command line; its exit code."""
        given = words if any(word.startswith("--store") for word in words) else [*self.store, *words]
        given = ["--json", *given] if self._in_json else given
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
        """Run numbered lines, up to the first that fails unless it is to go on; how the first that failed ended.

        In JSON they are told in one document on stdout, and the refusal that ended them on stderr as well.
        """
        if not self._in_json:
            return self._all(lines, keep_going=keep_going)
        from fugong import output
        from fugong.results.report import Report

        self._answers = []
        status = self._all(lines, keep_going=keep_going)
        output.write(Report(Words("", ""), (), (), document={"items": self._answers}), fmt=Format.JSON)
        if status and not keep_going and (error := self._answers[-1]["error"]):
            complain(json.dumps({"schema": 1, "error": error}, ensure_ascii=False))
        return status

    def _all(self, lines: Iterable[tuple[int, str]], *, keep_going: bool) -> int:
        failed = 0
        first: int = ExitCode.DONE
        for number, line in lines:
            status = self.line(line) if self._answers is None else self._told(number, line)
            if status in (ExitCode.DONE, ExitCode.FOUND):
                continue
            if self._answers is None:
                complain(T(f"第 {number} 行没有做成：{line}", f"Line {number} failed: {line}"))
            if not keep_going:
                return status
            failed += 1
            first = first or status
        if failed and self._answers is None:
            complain(T(f"共 {failed} 行没有做成。", f"Lines that failed: {failed}."))
        return first

    def _told(self, number: int, line: str) -> int:
        """Run a line and keep what it answers; its exit code."""
        said, heard = StringIO(), StringIO()
        with redirect_stdout(said), redirect_stderr(heard):
            status = self.line(line)
        error, remarks = None, []
        for remark in heard.getvalue().splitlines():
            document = _document(remark)
            error = document.get("error", error)
            remarks += [] if "error" in document else [remark]
        answer = _document(said.getvalue())
        if self._answers is not None and (answer or status or error):
            told = {"line": number, "command": line, "code": int(status), "answer": answer or None, "error": error}
            self._answers.append(told)
        for remark in remarks:
            complain(remark)
        return status

    def line(self, line: str) -> int:
        """Run a line as it was typed, and give its exit code; a refusal is printed and raises nothing."""
        from fugong.errors import Refusal

        try:
            words = words_of(line)
            if words and words[0] in NOT_INSIDE:
                raise ShellInShell(command=words[0])
        except Refusal as refusal:
            said = refusal.sentence(chinese=config.chinese())
            error = {"schema": 1, "error": {"code": refusal.code, "message": said}}
            complain(json.dumps(error, ensure_ascii=False) if self._in_json else T("错误：", "Error: ") + said)
            return refusal.exit_code
        return self.do(words) if words else ExitCode.DONE


def _document(text: str) -> dict[str, Any]:
    """A document of JSON; nothing if the text is none."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


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
