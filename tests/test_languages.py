"""Chinese is all Chinese and English is all English: every help page, listing, remark, usage error and refusal."""

import functools
import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from sqlmodel import SQLModel
from tests.conftest import DAY
from tests.county import SEED
from tests.walk import ACTS, EDITED, FAULTS, LEDGER, edition, helps

from fugong import errors, vocab
from fugong.cli import app
from fugong.commands.frame import aliases, examples
from fugong.commands.frame.preferences import KNOWN
from fugong.commands.help_ import SETTINGS
from fugong.queries.deadlines import WORDS
from fugong.seed import rows

Said = list[dict[str, Any]]

ROOT = Path(__file__).parent.parent

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Chinese characters, and the punctuation and full-width forms that go with them."""
WORD = re.compile(r"[A-Za-z]+(?:_[a-z]+)*")

AS_IT_IS = re.compile(
    r"^fugong 复工"  # the program and its name, above its screen
    r"|fugong(?: (?:[a-z]+|\[))*"  # the program and its commands, as they are typed
    r"|(?<![\w-])--?[a-z]+(?:-[a-z]+)*|(?<![\w-])-V\b"  # an option
    r"|FUGONG_[A-Z]+"
    r"|\S*\.(?:xlsx?|docx|html|csv|jsonl?|md|txt|tsv|yaml|db)\b(?:\.\w+\.old)?"  # a file, or the suffix of one
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a uid
    r"|\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b"  # a hash, or a seal
    r"|\bv1[\w-]{56}(?![\w-])"  # the mark by which an export knows a row again
    r"|U\+[0-9A-F]{4}|1\.2E\+17"
    r"|\^\[a-z\]\S*"  # the pattern that a code must match
    r"|\b\d+(?:wd|d|m)\b"  # a deadline
    r"|\b\d+-w\d+\b"  # an activity
    r"|\ba[34]\b|\bage(?= 格式)"  # a size of paper; the format of what is encrypted
    r"|Asia/Shanghai|mysql|\bbackups\b|\bquit\b|\bactor, team\b"  # what is typed as a word or a code
    r"|\b(?:ID|YAML|CSV|XLSX|JSON|Python|SQLite|Markdown|Excel|WPS|Word|UTF-8|GB18030|Tab|true|false)\b"
    r"|utf-8|gb18030|big5"
    r'|"(?:schema|error|code|message)":',
    re.MULTILINE,
)
"""What is written the same in every language."""


def walked(language: str, folder: Path) -> subprocess.Popen[str]:
    """A walk through all command lines in a language, begun."""
    folder.mkdir()
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("FUGONG_", "XDG_"))}
    env = {**surroundings, "FUGONG_LANG": language, "FUGONG_ACTOR": "经办人", "FUGONG_TODAY": DAY, "HOME": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.walk", str(folder)],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    """What every command line says, in both languages."""
    folder = tmp_path_factory.mktemp("walk")
    begun = {language: walked(language, folder / language) for language in ("zh", "en")}
    ended = {language: process.communicate()[0] for language, process in begun.items()}
    assert [process.returncode for process in begun.values()] == [0, 0]
    return {language: json.loads(text) for language, text in ended.items()}


def strings(value: Any) -> Iterator[str]:
    """Every text in a YAML document."""
    if isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value


@functools.cache
def ledger() -> frozenset[str]:
    """Every text that the ledger holds by the end of the walk."""
    seeds = [yaml.safe_load(text) for text in (SEED.read_text(encoding="utf-8"), edition())]
    typed = {part for argv in ACTS for word in argv for part in re.split("[=＝]", word)}
    imported = {cell for text in (LEDGER, EDITED, FAULTS) for line in text.splitlines() for cell in line.split(",")}
    return frozenset(
        {
            *strings(seeds),
            *typed,
            *imported,
            "五查",
            "庚、辛",
            "经办人",
            "录入员",
            "措施未载明",
            "分机：8",
            "三月、四月",
            "三月",
            "四月",
        }
    )


@functools.cache
def codes() -> frozenset[str]:
    """The codes of the vocabulary, of refusals and of the store's own lists, and the names of sections and fields."""
    for part in pkgutil.iter_modules(vocab.__path__):
        importlib.import_module(f"fugong.vocab.{part.name}")
    members = {member.value for kind in vocab.Coded.__subclasses__() for member in kind}
    refusals = {kind.code for kind in errors.catalogue()}
    models = (model for model in vars(rows).values() if isinstance(model, type) and issubclass(model, rows.SeedRow))
    fields = {field for model in models for field in model.model_fields}
    own = {text for text in ledger() if WORD.fullmatch(text)}
    return frozenset(
        members
        | refusals
        | fields
        | own
        | {
            *WORDS,
            *SETTINGS,
            *KNOWN,
            "Tab",
            "quit",
            "actor",
            "timezone",
            "yellow_days",
            "review",
            "office",
            "notice_word",
            "colour",
            "on",
            "off",
        }
    )


@functools.cache
def shown_in(language: str) -> frozenset[str]:
    """The lines of pages in a language that are typed: its examples, and in English each command's Chinese name."""
    typed = {f"  fugong {pair[language == 'en']}" for pairs in examples.table().values() for pair in pairs}
    names = {f"  In Chinese: fugong {' '.join(words)}" for words in chinese_names()} if language == "en" else set()
    return frozenset(typed | names)


def chinese_names() -> Iterator[tuple[str, ...]]:
    """The Chinese name of every command as a page shows it: behind the English one of its group."""
    for argv in helps(typer.main.get_command(app)):
        *groups, name = argv[:-1] or [""]
        if alias := aliases.of(name, root=not groups):
            yield (*groups, alias)


def unshown(said: str, language: str) -> str:
    """What is said, without the lines that are typed."""
    return "\n".join(line for line in said.splitlines() if line not in shown_in(language))


def leftover(each: dict[str, Any], language: str) -> str:
    """What a command line said, without what is the same in every language, what was typed, and the data."""
    said = AS_IT_IS.sub(" ", unshown(f"{each['stdout']}\n{each['stderr']}", language))
    known = {text for text in {*each["argv"], *ledger()} if CHINESE.search(text) or " " in text.strip()}
    for text in sorted(known, key=len, reverse=True):
        said = said.replace(text, " ")
    return said


def test_the_walks_meet_every_command_and_many_ways_to_go_wrong(walks: dict[str, Said]) -> None:
    for said in walks.values():
        assert sum(each["group"] == "help" for each in said) >= 34
        assert sum(each["group"] == "refusal" for each in said) >= 50
        assert sum(each["group"] == "usage" for each in said) >= 30


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_line_ends_as_it_should(walks: dict[str, Said], language: str) -> None:
    statuses = {
        "help": {0},
        "report": {0},
        "report again": {0},
        "report at last": {0},
        "act": {0},
        "usage": {2},
        "refusal": {1, 5},
        "finding": {6},
    }
    wrong = [each for each in walks[language] if each["status"] not in statuses[each["group"]]]
    assert wrong == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_data_is_on_stdout_and_trouble_on_stderr(walks: dict[str, Said], language: str) -> None:
    for each in walks[language]:
        if each["group"] in {"usage", "refusal"}:
            assert (each["stdout"], bool(each["stderr"])) == ("", True), each["argv"]
        elif each["group"] not in {"act", "finding"}:
            assert (bool(each["stdout"]), each["stderr"]) == (True, ""), each["argv"]


def parts(argv: list[str]) -> set[str]:
    """The words that were typed, and those of names with a low line, as settings have."""
    return {part for each in argv for part in (each, *each.split("_"))}


def test_no_english_word_appears_in_chinese(walks: dict[str, Said]) -> None:
    commands = {word for each in walks["zh"] if each["group"] == "help" for word in each["argv"]}
    names = {text for text in ledger() if text.istitle()}
    known = codes() | commands | names | set(SQLModel.metadata.tables)
    words = {
        " ".join(each["argv"]): set(WORD.findall(leftover(each, "zh"))) - known - parts(each["argv"])
        for each in walks["zh"]
    }
    assert {line: found for line, found in words.items() if found} == {}


def test_no_chinese_character_appears_in_english(walks: dict[str, Said]) -> None:
    characters = {
        " ".join(each["argv"]): CHINESE.findall(leftover(each, "en").replace("holds a 、 and", ""))
        for each in walks["en"]
    }
    assert {line: found for line, found in characters.items() if found} == {}


def test_an_english_example_has_no_chinese_but_names_of_the_ledger_that_it_runs_on() -> None:
    text = (ROOT / "data" / "seed.yaml").read_text(encoding="utf-8")
    lists = yaml.safe_load(text)["lists"]
    translated = {row["zh"] for terms in lists.values() for row in terms if row.get("en")}
    for _, english in (pair for pairs in examples.table().values() for pair in pairs):
        for name in re.findall(f"[0-9]*(?:{CHINESE.pattern})+", english):
            assert name in text, english
            assert name not in translated, english


def test_both_languages_say_the_same_with_the_same_status(walks: dict[str, Said]) -> None:
    for zh, en in zip(walks["zh"], walks["en"], strict=True):
        assert (zh["argv"], zh["status"], bool(zh["stderr"])) == (en["argv"], en["status"], bool(en["stderr"]))


def test_every_chinese_sentence_is_chinese(walks: dict[str, Said]) -> None:
    for each in walks["zh"]:
        for line in unshown(each["stderr"], "zh").splitlines():
            assert not line.strip() or CHINESE.search(line), (each["argv"], line)


def test_help_explains_every_command_argument_and_option(walks: dict[str, Said]) -> None:
    for language, said in walks.items():
        for each in said:
            if each["group"] == "help":
                *pages, shown, anywhere = each["stdout"].split("\n\n")
                assert len(pages) >= 3, each["argv"]
                assert set(shown.splitlines()[1:]) < shown_in(language), each["argv"]
                assert anywhere.endswith("fugong help settings\n"), each["argv"]
                for line in (line for page in pages[2:] for line in page.splitlines()[1:]):
                    assert line.startswith(" " * 6) or re.match(r"  \S+.*  \S|  \S{34,}", line), (each["argv"], line)


def test_help_is_no_wider_than_the_terminal(walks: dict[str, Said]) -> None:
    from fugong.values.folding import cells

    for said in walks.values():
        for each in said:
            if each["group"] == "help":
                assert max(map(cells, each["stdout"].splitlines())) <= 100, each["argv"]
