"""Archives (归档): a folder that holds a ledger for good, to be read and proved without this program.

Everything is made from one moment of the store: its export, read back into a private copy, which thereby proves
whole. An index has the hash of every file and the seal; what was written is read again before it gets its name.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from fugong import __version__, config, db, files
from fugong.db import Reader
from fugong.domain.writer import Writer
from fugong.errors.files import CannotWrite, WordMissing
from fugong.errors.store import ArchiveBad, ArchiveExists
from fugong.keeping import evidence, transfer
from fugong.queries import seals
from fugong.queries.as_of import AsOf
from fugong.store.records import Notice
from fugong.values.evidence import pieces
from fugong.vocab import Format, Words

FORMAT, VERSION = "fugong archive", 1
INDEX, SUMS, README, EVIDENCE, NOTICES = "index.json", "SHA256SUMS", "README.txt", "evidence", "notices"

DUMP, CHAINS = "ledger.jsonl", "chains.txt"
_PARTS = {
    DUMP: Words("台账全部内容，JSON 行，可用 fugong store import 装回", "everything, as JSON lines"),
    "ledger.xlsx": Words("问题台账，可用 Excel、WPS 打开", "the ledger of problems, for Excel"),
    "report.html": Words("情况报告，可用任何浏览器打开、打印", "the report, for any browser"),
    "figures.csv": Words("公布过的全部数字", "all figures that were published"),
    "notices.csv": Words("出具过的文书的登记", "the register of the papers that were issued"),
    CHAINS: Words(
        "各条操作链的末尾；它的 SHA-256 的前 32 位就是封签", "the ends of the chains: its SHA-256 begins with the seal"
    ),
    README: Words("说明", "what this is"),
}
"""The files, in their order, and what each is."""


class Archived(NamedTuple):
    """What was made."""

    files: int
    size: int
    seal: str
    left: evidence.Left
    """How many attached files are not in it: they were not here, or not as they were."""
    sums: str
    """The SHA-256 of the list of hashes: on paper, it stands for the whole archive."""


def make(location: str, target: Path, moment: datetime) -> Archived:
    """Write an archive of a store into a new folder; it changes nothing in the store.

    Args:
        location: The store.
        target: The folder, which must not be there yet.
        moment: The present instant.

    Raises:
        ArchiveExists: There is something of that name; it is untouched.
        CannotWrite: The system refused; nothing is left behind.
        ArchiveBad: What was written is not what is read back.
        StoreMissing, StoreUnusable, DumpBad: The store cannot be used, or is not whole.
    """
    if os.path.lexists(target):
        raise ArchiveExists(path=target)
    try:
        files.make_folder(target.parent)
        with files.folder_beside(target) as draft:
            seal, left = _fill(location, draft, moment)
            listed, sums = verify(draft), _sha256(draft / SUMS)
            files.settle_folder(draft, target)
    except CannotWrite as refusal:
        raise CannotWrite(path=target, reason=refusal.params["reason"]) from None
    except OSError as error:
        raise CannotWrite(path=target, reason=files.reason(error)) from error
    return Archived(len(listed), sum(int(each["size"]) for each in listed), seal, left, sums)


def _fill(location: str, draft: Path, moment: datetime) -> tuple[str, evidence.Left]:
    """Write all files but for what proves them, then that; the seal, and what evidence is not in it."""
    _save(draft / DUMP, transfer.export(location))
    with files.scratch() as folder:
        copy = str(folder / "copy.db")
        transfer.fill(copy, draft / DUMP)  # which proves it whole
        with db.reading(copy) as reader, reader.snapshot():
            cut = AsOf.read(reader, moment)
            proofs, absent, left = _evidence(location, reader, draft)
            _papers(reader, cut, draft)
            heads = seals.heads(reader.rows)
            _save(draft / CHAINS, [heads.lines.encode()])
            about = _about(reader, cut, moment) | {"seal": heads.seal, "heads": _heads(heads.lines)}
        proofs |= _notices(copy, draft, moment)
    _save(draft / README, [_readme(about).encode("utf-8-sig")])
    listed = [_entry(draft / name, what, name) for name, what in _PARTS.items()]
    listed += [_entry(draft / name, what, name) for name, what in proofs.items()]
    index = about | {"files": listed, "absent": absent}
    _save(draft / INDEX, [json.dumps(index, ensure_ascii=False, indent=1).encode() + b"\n"])
    names = [*_PARTS, *proofs, INDEX]
    _save(draft / SUMS, (f"{_sha256(draft / name)}  {name}\n".encode() for name in names))
    return heads.seal, left


def _papers(reader: Reader, cut: AsOf, draft: Path) -> None:
    """What people read."""
    from fugong import output
    from fugong.output import page as pages
    from fugong.queries.lights import lights
    from fugong.reports import filters
    from fugong.reports.cover import cover
    from fugong.reports.field_work import figures
    from fugong.reports.ledger import ledger
    from fugong.reports.notices import notices
    from fugong.reports.page import page

    made = ledger(reader, filters.resolve(reader), lights(reader, cut.day))
    output.write(made, fmt=Format.XLSX, out=draft / "ledger.xlsx", force=False, cover=cover(reader, cut))
    pages.save(page(reader, cut, evidence.Shown(draft / EVIDENCE, EVIDENCE)), draft / "report.html", force=False)
    output.write(figures(reader), fmt=Format.CSV, out=draft / "figures.csv", force=False)
    output.write(notices(reader), fmt=Format.CSV, out=draft / "notices.csv", force=False)


def _notices(copy: str, draft: Path, moment: datetime) -> dict[str, Words]:
    """Write the papers that were issued, as they were: from the private copy, in which problems become what they were.

    What cannot be made as it was is in the register only, and so are all where the extra for Word is not installed.
    """
    from fugong.domain import notices
    from fugong.output import notices as word

    made: dict[str, Words] = {}
    with db.writing(copy) as session:
        writer = Writer.opened(session, verb="notice", actor="archive", moment=moment)
        for notice in list(session.all(Notice, "1 = 1 ORDER BY t.id")):
            slip = notices.again(writer, notice)
            with suppress(WordMissing):
                if slip:
                    name = f"{NOTICES}/{notice.paper.value}-{notice.year}-{notice.number or notice.uid}{word.SUFFIX}"
                    files.make_folder(draft / NOTICES)
                    _save(draft / name, [word.filled([slip], None)])
                    said = f"{slip.title} {slip.number} {slip.id}"
                    made[name] = Words(f"{said} 主送 {slip.to}", f"{said} to {slip.to}")
    return made


def _about(reader: Reader, cut: AsOf, moment: datetime) -> dict[str, Any]:
    county, campaign, committee = reader.first("SELECT county, name, committee FROM campaign") or (None, None, None)
    ((found, events),) = reader.rows("SELECT (SELECT count(*) FROM problem), (SELECT count(*) FROM event)")
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": f"fugong {__version__}",
        "schema": db.SCHEMA,
        "made_at": config.entry_time(moment),
        "as_of": cut.text,
        "county": county,
        "campaign": campaign,
        "committee": committee,
        "problems": int(found),
        "events": int(events),
    }


def _heads(lines: str) -> list[dict[str, str]]:
    return [dict(zip(("replica", "digest"), line.split(), strict=True)) for line in lines.splitlines()]


def _evidence(
    location: str, reader: Reader, draft: Path
) -> tuple[dict[str, Words], list[dict[str, Any]], evidence.Left]:
    """Copy evidence, each content once: with the problems and names that it goes by, and what is not here."""
    known: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    rows = reader.rows(
        "SELECT id, evidence FROM v_problem WHERE evidence <> '[]' ORDER BY team_sort, series, number, tag"
    )
    for ident, listed in rows:
        for piece in pieces(listed):
            known.setdefault(piece.sha256, []).append(f"{ident} {piece.name}")
            sizes[piece.sha256] = piece.size
    left = evidence.copy(location, known, draft / EVIDENCE)
    here = {sha256 for sha256 in known if (draft / EVIDENCE / sha256).exists()}
    proofs = {f"{EVIDENCE}/{each}": Words("、".join(known[each]), ", ".join(known[each])) for each in sorted(here)}
    absent = [{"sha256": each, "size": sizes[each], "known_as": known[each]} for each in sorted(known.keys() - here)]
    return proofs, absent, left


def _entry(path: Path, what: Words, name: str) -> dict[str, Any]:
    return {"name": name, "size": path.stat().st_size, "sha256": _sha256(path), "zh": what.zh, "en": what.en}


def _readme(about: dict[str, Any]) -> str:
    listed = "\n".join(f"  {name:<12}  {what.zh}" for name, what in _PARTS.items() if name != README)
    whose = "".join(filter(None, (about["county"], about["campaign"]))) or "企业帮扶"
    return f"""{whose}：台账归档

截至 {about["as_of"]}，登记 {about["problems"]} 个问题，{about["events"]} 条办理记录。
封签 {about["seal"]}

这个文件夹里有：

{listed}
  {INDEX:<12}  目录：每个文件的大小、SHA-256，和封签
  {SUMS:<12}  校验和
  {NOTICES + "/":<12}  出具过的文书（有的话），Word 文件，不附回执，不带联系人和电话；做不出原样的只在登记里
  {EVIDENCE + "/":<12}  附件（有的话），名字是内容的 SHA-256，原来的名字在目录里

怎样查验：没有 fugong 也可以。在这个文件夹里运行 sha256sum -c {SUMS}（Windows：certutil -hashfile 文件 SHA256），
每个文件都应和目录里写的一样。再把 {SUMS} 这个文件的 SHA-256 和移交时记在纸上的对一对。
有 fugong 的，可装回一个新的台账，程序会逐条核对：
  fugong --store 新台账.db store import {DUMP}
封签代表全部办理记录：{CHAINS} 的 SHA-256 的前 32 位，应和上面、和目录里写的一样；其余算法见 fugong 的 docs/events.md。

本归档含企业和人员的情况，按内部资料保管。由 {about["program"]} 生成，编码 UTF-8。
"""


def verify(folder: Path) -> list[dict[str, Any]]:
    """Read an archive again and hold every file to the index.

    Returns:
        The files as the index has them.

    Raises:
        ArchiveBad: One is not there, is another one, or is not in the index.
        OSError: It cannot be read.
    """
    index = json.loads((folder / INDEX).read_bytes())
    listed: list[dict[str, Any]] = index["files"]
    there = {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()} - {INDEX, SUMS}
    if odd := sorted(there ^ {each["name"] for each in listed}):
        raise ArchiveBad(path=folder / odd[0])
    for each in listed:
        path = folder / each["name"]
        if (path.stat().st_size, _sha256(path)) != (each["size"], each["sha256"]):
            raise ArchiveBad(path=path)
    if not _sha256(folder / CHAINS).startswith(index["seal"]):
        raise ArchiveBad(path=folder / CHAINS)
    return listed


def _save(path: Path, pieces: Iterable[bytes]) -> None:
    from fugong.output.files import save

    save(path, pieces, force=False)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
