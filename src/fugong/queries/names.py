"""Which record a name means. A name is resolved, or refused with the nearest ones; it is never guessed.

The rules: exact full name or alias; then the core name (place and company form dropped); then a contiguous
part of exactly one core name. Everything here reads through a callable that runs SQL, so that reports and
writes resolve names by the same lines.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from fugong.errors.names import (
    AmbiguousName,
    NearName,
    NoCounty,
    NoMilestone,
    UnknownFigure,
    UnknownMember,
    UnknownName,
    UnknownTeam,
    UnknownTerm,
)
from fugong.queries import Rows
from fugong.values import team_names, texts
from fugong.vocab import IN_HAND, CategoryGroup, Kind, ListName, Words

SHORTEST_PART = 2
"""One character is in too many names to mean anything."""
LONGEST_PART = 100
"""No name is longer, and SQLite refuses to look for very long ones."""
MOST_CANDIDATES = 6
MOST_TEAMS = 30


class Found(NamedTuple):
    """A record that a name means."""

    id: int
    name: str


class Places:
    """The place names that enterprise names may begin with, read once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._names: list[str] | None = None

    def core(self, name: str) -> str:
        """The core of a company's name, as a comparison key."""
        if self._names is None:
            import json

            self._names = [
                place for (places,) in self._rows("SELECT places FROM campaign") for place in json.loads(places)
            ]
        return texts.key(texts.core(name, self._names))


def enterprise(rows: Rows, given: str) -> Found:
    """The enterprise that a name means.

    Raises:
        UnknownName, NearName, AmbiguousName: It means none, or more than one.
    """
    return _resolve(rows, Kind.ENTERPRISE, given)


def department(rows: Rows, given: str) -> Found:
    """The department that a name means.

    Raises:
        UnknownName, NearName, AmbiguousName: It means none, or more than one.
    """
    return _resolve(rows, Kind.DEPARTMENT, given)


def team(rows: Rows, given: str) -> Found:
    """The team with this code or full name, or with the number that is said: 3, 三, 第三, 三组, 第3组.

    Raises:
        UnknownTeam: There is none.
    """
    teams = list(rows(_TEAMS))
    wanted = texts.key(given)
    if exact := _called(teams).get(wanted):
        return exact
    number = team_names.number(given)
    said = [Found(id_, name) for id_, code, name in teams if number and number in (code, team_names.number(name))]
    if len(said) == 1:
        return said[0]
    raise UnknownTeam(name=given, candidates=[code for _, code, _ in teams[:MOST_TEAMS]] or ["—"])


def teams(rows: Rows) -> dict[str, Found]:
    """By key: every team by its code and by its full name."""
    return _called(rows(_TEAMS))


_TEAMS = "SELECT id, code, name FROM team ORDER BY sort"


def _called(teams: Iterable[tuple[Any, ...]]) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for id_, code, name in teams:
        for said in (code, name):
            found.setdefault(texts.key(said), Found(id_, name))
    return found


def county(rows: Rows, given: str) -> str:
    """The county of that name, or of that prefix in a city's store, as teams name it.

    Raises:
        NoCounty: There is none.
    """
    wanted = texts.key(given)
    known = [str(name) for (name,) in rows("SELECT DISTINCT county FROM team ORDER BY county")]
    short = {texts.key(prefix): name for prefix, name in rows("SELECT prefix, name FROM county ORDER BY prefix")}
    for name in known:
        if wanted in (texts.key(name), texts.key(name.rstrip("县区市旗"))) or short.get(wanted) == name:
            return name
    raise NoCounty(name=given, candidates=known or ["—"])


def member(rows: Rows, given: str) -> Found:
    """The member of this name, or of the one in this team: ``3/甲``.

    Raises:
        UnknownMember: There is none.
        AmbiguousName: Several teams have one.
    """
    code, _, name = given.rpartition("/")
    wanted, of = texts.key(name), texts.key(code)
    everyone = rows("SELECT m.id, m.name, t.code FROM member m JOIN team t ON t.id = m.team_id ORDER BY t.sort, m.id")
    found = [each for each in everyone if texts.key(each[1]) == wanted and of in ("", texts.key(each[2]))]
    if not found:
        raise UnknownMember(name=given)
    if len(found) > 1:
        raise AmbiguousName(name=given, candidates=[f"{team}/{called}" for _, called, team in found])
    return Found(found[0][0], found[0][1])


def term(rows: Rows, list_name: ListName, given: str) -> Found:
    """The entry of a list with this code, Chinese or English name.

    Raises:
        UnknownTerm: The list has no such entry.
    """
    entries = rows("SELECT id, code, zh, en FROM term WHERE list = :list ORDER BY rank", list=list_name.value)
    return _named(list(entries), list_name, given)


def check(rows: Rows, given: str) -> Found:
    """The one of the five checks with this code, Chinese or English name.

    Raises:
        UnknownTerm: There is no such check.
    """
    group = CategoryGroup.CHECK
    sql = "SELECT id, code, zh, en FROM term WHERE list = 'category' AND grp = :grp ORDER BY rank"
    return _named(list(rows(sql, grp=group.value)), group, given)


def _named(entries: list[tuple[Any, ...]], list_name: ListName | CategoryGroup, given: str) -> Found:
    """The entry of a list with this code or name."""
    wanted = texts.key(given)
    for id_, *names in entries:
        if wanted in map(texts.key, names):
            return Found(id_, names[0])
    candidates = [_entry(code, zh, en) for _, code, zh, en in entries]
    raise UnknownTerm(list=list_name, name=given, candidates=candidates or ["—"])


def _entry(code: str, zh: str, en: str) -> Words:
    """An entry of a list as it is offered: its code, and its name where that is another word."""
    own = texts.key(code)
    return Words(
        code if texts.key(zh) == own else f"{code}（{zh}）",
        code if texts.key(en) == own else f"{code} ({en})",
    )


def practice(rows: Rows, given: str) -> Found:
    """The practice with this name, or the one that has this in its name.

    Raises:
        UnknownName, AmbiguousName: There is none, or more than one.
    """
    wanted = texts.key(given)
    known = [(texts.key(name), Found(id_, name)) for id_, name in rows("SELECT id, name FROM practice ORDER BY id")]
    exact = [found for key, found in known if key == wanted]
    part = [found for key, found in known if len(wanted) >= SHORTEST_PART and wanted in key]
    candidates = exact or part
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise AmbiguousName(name=given, candidates=[each.name for each in candidates[:MOST_CANDIDATES]])
    raise UnknownName(kind=Kind.PRACTICE, verb=Kind.PRACTICE.value, name=given)


def figure(rows: Rows, key: str) -> int:
    """The key in the store of the published figure with this key of its own.

    Raises:
        UnknownFigure: There is none.
    """
    for (id_,) in rows("SELECT id FROM figure WHERE key = :key", key=key.strip()):
        return int(id_)
    raise UnknownFigure(key=key)


def milestone(rows: Rows, enterprise_name: str, milestone_name: str) -> int:
    """The key of an enterprise's milestone.

    Raises:
        NoMilestone: It was not entered.
        Refusal: A name is unknown or ambiguous.
    """
    firm, kind = enterprise(rows, enterprise_name), term(rows, ListName.MILESTONE, milestone_name)
    sql = "SELECT id FROM milestone WHERE enterprise_id = :firm AND term_id = :kind"
    for (id_,) in rows(sql, firm=firm.id, kind=kind.id):
        return int(id_)
    ((zh, en),) = rows("SELECT zh, en FROM term WHERE id = :kind", kind=kind.id)
    raise NoMilestone(enterprise=firm.name, milestone=Words(zh, en))


def owner(rows: Rows, kind: Kind, name: str) -> Found | None:
    """Who has exactly this name or alias."""
    return owners(rows, kind, [name]).get(texts.key(name))


def owners(rows: Rows, kind: Kind, given: Iterable[str]) -> dict[str, Found]:
    """By key: who has exactly these names or aliases, of which there are some hundreds at most."""
    keys = {f"k{at}": key for at, key in enumerate(dict.fromkeys(map(texts.key, given)))}
    table, marks = kind.value, ", ".join(f":{name}" for name in keys)
    sql = (
        f"SELECT n.id, n.name, n.key FROM {table} n WHERE n.key IN ({marks}) "
        f"UNION SELECT o.id, o.name, n.key FROM {table}_alias n JOIN {table} o ON o.id = n.owner_id "
        f"WHERE n.key IN ({marks}) ORDER BY 1 DESC"
    )
    return {key: Found(id_, name) for id_, name, key in rows(sql, **keys)}  # of two, who was there first


def short_for(rows: Rows, kind: Kind, name: str) -> tuple[str, Found] | None:
    """Whom a name that nobody has yet, or else its core, means all the same; and which of the two that is."""
    for given in (name, Places(rows).core(name)):
        meant = _meant(rows, kind, given)
        if len(meant) == 1:
            return given, meant[0]
    return None


def _resolve(rows: Rows, kind: Kind, given: str) -> Found:
    meant = _meant(rows, kind, given)
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousName(name=given, candidates=[each.name for each in meant[:MOST_CANDIDATES]])
    near = _near(rows, kind, Places(rows).core(given))
    if near:
        raise NearName(kind=kind, name=given, candidates=near)
    raise UnknownName(kind=kind, verb=kind.value, name=given)


def _meant(rows: Rows, kind: Kind, given: str) -> list[Found]:
    """The records that answer to a name by the first rule by which any does."""
    exact = owner(rows, kind, given)
    if exact:
        return [exact]
    wanted = texts.key(given)
    found = _matching(rows, kind, "n.core = :wanted", Places(rows).core(given))
    if found or not SHORTEST_PART <= len(wanted) <= LONGEST_PART:
        return found
    found = _matching(rows, kind, "n.core LIKE :wanted ESCAPE '!'", f"%{_literally(wanted)}%")
    return [each for each in found if texts.JOINED not in each.name] or found


def _matching(rows: Rows, kind: Kind, condition: str, wanted: str) -> list[Found]:
    """The records of which a name or an alias meets a condition on ``n.key`` or ``n.core``, oldest first."""
    table = kind.value
    sql = (
        f"SELECT n.id, n.name FROM {table} n WHERE {condition} "
        f"UNION SELECT o.id, o.name FROM {table}_alias n JOIN {table} o ON o.id = n.owner_id WHERE {condition} "
        "ORDER BY 1"
    )
    return [Found(id_, name) for id_, name in rows(sql, wanted=wanted)]


def _near(rows: Rows, kind: Kind, core: str) -> list[str]:
    """Names that come near: the core's characters in order, or nearly the same spelling. A hint only."""
    from difflib import get_close_matches

    table = kind.value
    known = list(
        rows(
            f"SELECT n.name, n.core FROM {table} n "
            f"UNION SELECT o.name, n.core FROM {table}_alias n JOIN {table} o ON o.id = n.owner_id ORDER BY 1"
        )
    )
    known = [each for each in known if texts.JOINED not in each[0]]
    near = [name for name, other in known if texts.subsequence(core, other)]
    alike = get_close_matches(core, [other for _, other in known], n=MOST_CANDIDATES, cutoff=0.5)
    near += [name for match in alike for name, other in known if other == match]
    return list(dict.fromkeys(near))[:MOST_CANDIDATES]


def _literally(text: str) -> str:
    """A text for LIKE in which its wildcards mean themselves."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def beside(rows: Rows, firms: Iterable[str]) -> dict[str, tuple[str | None, int]]:
    """What tells firms of these full names apart: the team that looks after each, and how much it has in hand."""
    sql = (
        "SELECT e.team_name, (SELECT count(*) FROM problem p WHERE p.enterprise_id = e.enterprise_id AND p."
        f"{IN_HAND}) FROM v_enterprise e WHERE e.name = :name"
    )
    return {name: (team, int(count)) for name in firms for team, count in rows(sql, name=name)}
