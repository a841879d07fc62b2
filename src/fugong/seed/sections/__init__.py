"""How the rows of each section become records, and how a record that exists takes up a changed row."""

from fugong.seed.sections.lists import Campaigns, Terms
from fugong.seed.sections.problems import Problems
from fugong.seed.sections.roster import Departments, Enterprises, Members, Teams
from fugong.seed.sections.section import Refers, Section, Values
from fugong.seed.sections.work import Activities, Figures, Milestones, Practices

__all__ = [
    "Activities",
    "Campaigns",
    "Departments",
    "Enterprises",
    "Figures",
    "Members",
    "Milestones",
    "Practices",
    "Problems",
    "Refers",
    "Section",
    "Teams",
    "Terms",
    "Values",
]
