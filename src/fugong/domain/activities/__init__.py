"""Writes on what teams do besides problems: activities, inspections, milestones, practices, published figures."""

from fugong.domain.activities.activities import add_activity, edit_activity, find_activity, with_key
from fugong.domain.activities.figures import add_figure, edit_figure, figure_with_key, find_figure, stated
from fugong.domain.activities.inspections import FailedCheck, Touched, add_inspection, edit_inspection, find_check
from fugong.domain.activities.milestones import add_milestone, edit_milestone, find_milestone, with_term
from fugong.domain.activities.practices import add_practice, adopt_practice, edit_practice, find_practice

__all__ = [
    "FailedCheck",
    "Touched",
    "add_activity",
    "add_figure",
    "add_inspection",
    "add_milestone",
    "add_practice",
    "adopt_practice",
    "edit_activity",
    "edit_figure",
    "edit_inspection",
    "edit_milestone",
    "edit_practice",
    "figure_with_key",
    "find_activity",
    "find_check",
    "find_figure",
    "find_milestone",
    "find_practice",
    "stated",
    "with_key",
    "with_term",
]
