"""Writes on the lists that are data."""

from typing import Any

from fugong.domain.history import Writer
from fugong.store.records import Term
from fugong.vocab import ListName


def add_term(writer: Writer, list_name: ListName, code: str, **about: Any) -> Term:
    """Enter an entry of a list, after those that are there."""
    count = "SELECT count(*) FROM term WHERE list = :list"
    (rank,) = next(writer.session.rows(count, list=list_name.value))
    term = Term(list=list_name, code=code, rank=rank, **about)
    writer.add(term)
    return term
