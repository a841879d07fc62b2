"""Writes on the roster: the campaign, its lists, departments, teams, enterprises and members; and what a name means."""

from fugong.roster.departments import add_department, correct_department
from fugong.roster.enterprises import add_enterprise, reassign
from fugong.roster.finding import (
    find_campaign,
    find_department,
    find_enterprise,
    find_problem,
    find_problem_by_key,
    find_team,
    find_term,
    rows_of,
    zone,
)
from fugong.roster.lists import add_campaign, add_term, correct_day
from fugong.roster.naming import Naming, remark
from fugong.roster.teams import add_member, add_team, sort_key

__all__ = [
    "Naming",
    "add_campaign",
    "add_department",
    "add_enterprise",
    "add_member",
    "add_team",
    "add_term",
    "correct_day",
    "correct_department",
    "find_campaign",
    "find_department",
    "find_enterprise",
    "find_problem",
    "find_problem_by_key",
    "find_team",
    "find_term",
    "reassign",
    "remark",
    "rows_of",
    "sort_key",
    "zone",
]
