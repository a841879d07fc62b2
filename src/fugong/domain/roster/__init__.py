"""Writes on the roster: lists, departments, teams and enterprises; and what a name means.

``members`` and ``campaign`` are asked for by themselves, for they have tables that a problem does not need.
"""

from fugong.domain.naming import Naming, remark, short_for
from fugong.domain.roster.departments import add_department, correct_department
from fugong.domain.roster.enterprises import add_enterprise, correct_enterprise, not_before, reassign
from fugong.domain.roster.finding import (
    any_problem_has_key,
    enterprises_called,
    find_department,
    find_enterprise,
    find_problem,
    find_problem_by_key,
    find_team,
    find_term,
    problems_by_key,
    teams_called,
    zone,
)
from fugong.domain.roster.lists import add_term
from fugong.domain.roster.retiring import in_service, restore, retire
from fugong.domain.roster.stages import advance, reach
from fugong.domain.roster.stages import not_before as stage_not_before
from fugong.domain.roster.teams import add_team, correct_team, team_undone

__all__ = [
    "Naming",
    "add_department",
    "add_enterprise",
    "add_team",
    "add_term",
    "advance",
    "any_problem_has_key",
    "correct_department",
    "correct_enterprise",
    "correct_team",
    "enterprises_called",
    "find_department",
    "find_enterprise",
    "find_problem",
    "find_problem_by_key",
    "find_team",
    "find_term",
    "in_service",
    "not_before",
    "problems_by_key",
    "reach",
    "reassign",
    "remark",
    "restore",
    "retire",
    "short_for",
    "stage_not_before",
    "team_undone",
    "teams_called",
    "zone",
]
