"""What a paper says that leaves the office, ready to be filled into its template."""

from typing import NamedTuple


class Demand(NamedTuple):
    """Something that is demanded: how it is headed, and what is to be done by when."""

    head: str
    text: str


class Slip(NamedTuple):
    """One paper about one problem, in words; what a template may name."""

    mark: str
    """内部资料, or nothing."""
    title: str
    number: str
    to: str
    """主送."""
    opening: str
    firm: str
    text: str
    id: str
    found_label: str
    """What the day is: 提出, 交办 or 发现."""
    found: str
    due_label: str
    due: str
    chases: str
    """On which days the department was chased, and how; or nothing."""
    contact: str
    demands: tuple[Demand, ...]
    closing: str
    unit: str
    date: str
    cc: str
    """抄送, or nothing."""
    receipt: bool
    """Whether a page follows that comes back (回执)."""
    back_by: str
    """By when it is to come back."""
    year: str
