"""Loading seed files: one transaction, every fault listed, nothing written unless all is well.

A changed file is merged three ways against what was last loaded: an attribute that nobody touched follows
the file; one that people edited stays and is reported; a row gone from the file stays; a status never
goes back. Loading the same file twice changes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fugong import config, db
from fugong.domain import roster
from fugong.domain.writer import Writer
from fugong.errors.entries import FutureDate
from fugong.seed import rows, sections
from fugong.seed.fault_list import Noted
from fugong.seed.faults import quoted
from fugong.seed.merge import Merge, Stated
from fugong.seed.references import References
from fugong.seed.result import Result
from fugong.seed.yaml_records import Entry, Reader
from fugong.vocab import ListName, Words

CHUNK = 500
"""Rows of a section that are merged before anything is stored, so that each question is asked once for all of them."""
_LISTS = {
    "categories": ListName.CATEGORY,
    "publicity": ListName.PUBLICITY,
    "supervision": ListName.SUPERVISION,
    "service": ListName.SERVICE,
    "milestones": ListName.MILESTONE,
    "deadlines": ListName.DEADLINE,
}

_SECTIONS: dict[str, tuple[type[rows.SeedRow], Callable[[], sections.Section[Any]]]] = {
    "campaign": (rows.CampaignRow, sections.Campaigns),
    "departments": (rows.DepartmentRow, sections.Departments),
    "teams": (rows.TeamRow, sections.Teams),
    "enterprises": (rows.EnterpriseRow, sections.Enterprises),
    "members": (rows.MemberRow, sections.Members),
    "problems": (rows.ProblemRow, sections.Problems),
    "activities": (rows.ActivityRow, sections.Activities),
    "milestones": (rows.MilestoneRow, sections.Milestones),
    "practices": (rows.PracticeRow, sections.Practices),
    "figures": (rows.FigureRow, sections.Figures),
}

_ORDER = list(rows.Seed.model_fields)
_SINGLE = ("as_of", "campaign", "lists")
"""The sections that are no lists of rows."""
_LIST = Words("应是列表，每项前写一个 -", "must be a list, each item after a -")
_NO_LIST = Words("不是列表，请去掉前面的 -", "is no list; remove the - before it")


def load_files(
    location: str, paths: Sequence[Path], *, actor: str, progress: Callable[[], None] = lambda: None
) -> Result:
    """Load seed files into the store, which is created if there is none.

    Args:
        location: Path or URL of the store.
        paths: The files, read in this order, all in one transaction.
        actor: Who loads them.
        progress: Called once a row.

    Raises:
        CannotRead: A file cannot be read.
        SeedFaults: The files have faults; all are listed, and nothing was written.
    """
    opened = db.writing if db.exists(location) else db.creating
    result = Result()
    with opened(location) as session:
        moment = config.now(roster.zone(session))
        writer = Writer.opened(session, verb="load", actor=actor, moment=moment, many=True)
        for path in paths:
            load_into(writer, path, result, progress)
    return result


def load_into(
    writer: Writer,
    path: Path,
    result: Result,
    progress: Callable[[], None] = lambda: None,
    *,
    only: str | None = None,
) -> None:
    """Load a seed file as part of a command.

    Args:
        writer: The command.
        path: The file.
        result: What it does is added to this.
        progress: Called once a row.
        only: The one section to take, if not all.

    Raises:
        CannotRead, SeedFaults: As for ``load_files``.
    """
    _Load(writer, path, result, progress, only).run()


class _Load:
    """The reading of one file, section by section."""

    def __init__(
        self, writer: Writer, path: Path, result: Result, progress: Callable[[], None], only: str | None
    ) -> None:
        self._writer = writer
        self._progress = progress
        self._only = only
        self._reader = Reader(path)
        self._noted = Noted(path, self._reader.faults)
        self._references = References(writer, self._noted)
        self._merge = Merge(self._references, self._noted, result)
        self._sections: dict[str, sections.Section[Any]] = {}
        self._dated = False
        self._reached = -1

    def run(self) -> None:
        """Read every row, then refuse if any has a fault."""
        for chunk in _chunks(self._reader):
            if self._only in (None, chunk[0].section):
                self._section(chunk)
            self._writer.settle()
            self._merge.settle()
            for _ in chunk:
                self._progress()
        if not self._dated and not self._only and (self._reached >= 0 or not self._noted):
            self._noted.missing(Words("缺少「as_of」", "“as_of” is missing"))
        self._noted.refuse()

    def _section(self, chunk: Sequence[Entry]) -> None:
        """Entries of one section: rows of a list, or one of the three sections that are no lists."""
        entry = chunk[0]
        section = entry.section
        if section not in _ORDER:
            self._noted.once(entry, Words(f"没有「{section}」这一节", f"there is no section “{section}”"))
            return
        at = _ORDER.index(section)
        if at < self._reached:
            before = _ORDER[self._reached]
            self._noted.once(
                entry, Words(f"「{section}」要写在「{before}」之前", f"“{section}” must stand before “{before}”")
            )
        self._reached = max(at, self._reached)
        self._dated = self._dated or section == "as_of"
        if entry.item is (section in _SINGLE):
            it, shape = quoted(section), _NO_LIST if entry.item else _LIST
            self._noted.once(entry, Words(f"{it.zh}{shape.zh}", f"{it.en} {shape.en}"))
        elif section == "as_of":
            for each in chunk:
                self._as_of(each)
        elif section == "lists":
            for each in chunk:
                self._lists(each)
        else:
            model, make = _SECTIONS[section]
            merged = self._sections.setdefault(section, make())
            valid = ((each, self._validated(each, model, each.value)) for each in chunk)
            stated = [Stated.of(merged, row, each) for each, row in valid if row]
            if stated:
                self._merge.take(merged, stated)

    def _as_of(self, entry: Entry) -> None:
        """Take the cut-off; one that has not come would put undated acts into the future."""
        try:
            stated = rows.Seed.model_validate({"as_of": entry.value}).as_of
        except ValidationError as error:
            self._noted.invalid(entry, error, drop=1)
            return
        if stated > self._writer.today and stated > self._writer.newest:
            self._noted.refused(entry, (), FutureDate(date=stated, today=self._writer.newest))
        else:
            self._references.as_of = stated

    def _lists(self, entry: Entry) -> None:
        lists = self._validated(entry, rows.ListsRow, entry.value)
        if lists is None:
            return
        for name, list_name in _LISTS.items():
            section = sections.Terms(list_name)
            stated = [Stated.of(section, row, entry, (name, at)) for at, row in enumerate(getattr(lists, name))]
            if stated:
                self._merge.take(section, stated)

    def _validated(self, entry: Entry, model: type[rows.SeedRow], value: Any) -> Any:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self._noted.invalid(entry, error)
            self._noted.spoil(entry)
            return None


def _chunks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries in pieces of one section."""
    for _, run in groupby(entries, key=lambda entry: (entry.section, entry.item)):
        while chunk := list(islice(run, CHUNK)):
            yield chunk
