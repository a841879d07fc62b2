"""What the user named, as the records of a session."""

from collections.abc import Collection

from fugong.domain import history
from fugong.errors.names import UnknownProblem
from fugong.queries import names, numbers
from fugong.store.records import Department, Enterprise, Problem, Team, Term
from fugong.store.session import Session
from fugong.values import texts
from fugong.vocab import Kind, ListName


def find_enterprise(session: Session, given: str) -> Enterprise:
    """The enterprise that a name means (see ``names``)."""
    return session.get(Enterprise, names.enterprise(session.rows, given).id)


def enterprises_called(session: Session, given: Collection[str]) -> dict[str, Enterprise]:
    """By key: the enterprises that are called exactly so, each with who looks after it, read together."""
    found = names.owners(session.rows, Kind.ENTERPRISE, given) if given else {}
    read = {each.id: each for each in session.among(Enterprise, "id", {each.id for each in found.values()})}
    session.gather(list(read.values()), only=["assignments"])
    return {key: read[each.id] for key, each in found.items()}


def teams_called(session: Session, given: Collection[str]) -> dict[str, Team]:
    """By key: the teams of which this is exactly the code or the name, read together."""
    known = names.teams(session.rows) if given else {}
    found = {key: known[key].id for key in map(texts.key, given) if key in known}
    read = {each.id: each for each in session.among(Team, "id", set(found.values()))}
    return {key: read[id_] for key, id_ in found.items()}


def find_department(session: Session, given: str) -> Department:
    """The department that a name means (see ``names``)."""
    return session.get(Department, names.department(session.rows, given).id)


def find_team(session: Session, given: str) -> Team:
    """The team with this code or name."""
    return session.get(Team, names.team(session.rows, given).id)


def find_term(session: Session, list_name: ListName, given: str) -> Term:
    """The entry of a list with this code or name."""
    return session.get(Term, names.term(session.rows, list_name, given).id)


def find_problem(session: Session, given: str) -> Problem:
    """The problem with this number, as ``3-2``."""
    return session.get(Problem, numbers.problem(session.rows, given))


def find_problem_by_key(session: Session, key: str) -> Problem:
    """The problem that was entered with this key.

    Raises:
        UnknownProblem: There is none.
    """
    found = session.find(Problem, key=key)
    if found is None:
        raise UnknownProblem(ids=key)
    return found


def any_problem_has_key(session: Session) -> bool:
    """Whether any problem was entered with a key."""
    return next(session.rows("SELECT 1 FROM problem WHERE key IS NOT NULL LIMIT 1"), None) is not None


def problems_by_key(session: Session, keys: Collection[str]) -> dict[str, Problem]:
    """The problems that were entered with these keys."""
    return {str(problem.key): problem for problem in session.among(Problem, "key", keys)}


def zone(session: Session) -> str:
    """The store's time zone."""
    return history.settings(session)["timezone"]
