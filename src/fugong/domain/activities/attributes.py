"""What may be stored as an attribute of field work: fit as it is declared, and no day that has not come."""

from collections.abc import Mapping
from typing import Any

from fugong.domain.stated import fit
from fugong.domain.writer import Writer
from fugong.vocab import Kind

_DAYS = ("on_date", "promoted_on", "as_of")


def checked(writer: Writer, kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values fit to be stored; those that are references are taken as they are.

    Raises:
        BlankText, TextTooLong, ControlCharacter, ListMark: A text or name is not fit.
        BadQuantity: The quantity is none.
        FutureDate: A day has not come.
    """
    found = dict(values)
    if found.get("quantity"):
        from fugong.values import quantities

        found["quantity"] = quantities.clean(found["quantity"])
    for day in _DAYS:
        if found.get(day):
            writer.past(found[day])
    return fit(kind, found)
