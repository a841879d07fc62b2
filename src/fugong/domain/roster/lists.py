"""Writes on the lists that are data."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from fugong.domain.history import Writer
from fugong.store.tables.lists import Term
from fugong.vocab import ListName


def add_term(writer: Writer, list_name: ListName, code: str, **about: Any) -> Term:
    """Enter an entry of a list, after those that are there."""
    count = select(sa.func.count()).select_from(Term).where(Term.list == list_name)
    term = Term(list=list_name, code=code, rank=writer.session.exec(count).one(), **about)
    writer.add(term)
    return term
