"""Refusals of names and numbers that mean nothing, or too much."""

from fugong.errors import Refusal


class UnknownName(Refusal):
    """No record of this kind has that name and nothing comes near it."""

    code = "unknown_name"
    zh = "没有叫「{name}」的{kind}。已有的：fugong {verb} list；新增：fugong {verb} add。"
    en = "No {kind} is called “{name}”. See them: fugong {verb} list; add one: fugong {verb} add"


class NearName(Refusal):
    """No record has that name, but some come near it; none is chosen."""

    code = "unknown_name"
    zh = "没有叫「{name}」的{kind}。相近的有：{candidates}。请写出其中一个的全称或简称。"
    en = "No {kind} is called “{name}”. Near it: {candidates}. Give one of these names."


class AmbiguousName(Refusal):
    """Several records answer to that name; none is chosen."""

    code = "ambiguous_name"
    zh = "「{name}」可以指：{candidates}。请写得更全一些。"
    en = "“{name}” could be: {candidates}. Give more of the name."


class UnknownTeam(Refusal):
    """No team has this code or name."""

    code = "unknown_name"
    zh = "没有帮扶组「{name}」。现有的组号：{candidates}。"
    en = "There is no team “{name}”. The teams are: {candidates}."


class UnknownMember(Refusal):
    """No member has this name."""

    code = "unknown_name"
    zh = "没有叫「{name}」的组员。已有的：fugong member list；新增：fugong member add。"
    en = "No member is called “{name}”. See them: fugong member list; add one: fugong member add"


class UnknownTerm(Refusal):
    """The list has no such entry."""

    code = "unknown_term"
    zh = "{list}里没有「{name}」。可以用：{candidates}。"
    en = "“{name}” is not on the list “{list}”. Use one of: {candidates}."


class BadId(Refusal):
    """Not of the form of a problem's number."""

    code = "bad_id"
    zh = "「{id}」不是问题编号。编号写作 组号-序号，如 3-2；用 fugong list 查看。"
    en = "“{id}” is not a problem id. An id is team-number, as in 3-2; see fugong list."


class UnknownProblem(Refusal):
    """Well formed, but no problem has this number."""

    code = "unknown_problem"
    zh = "没有编号为 {ids} 的问题。用 fugong list --status all 查看全部。"
    en = "There is no problem {ids}. See all with: fugong list --status all"


class AmbiguousId(Refusal):
    """A number that several stores gave; none of its records is chosen."""

    code = "ambiguous_id"
    zh = "编号 {id} 不止一条：{candidates}。请写出后面带字母的编号。"
    en = "Several records have the number {id}: {candidates}. Give one of these, with its letters."


class BadActivityId(Refusal):
    """Not of the form of an activity's number."""

    code = "bad_activity_id"
    zh = "「{id}」不是工作记录的编号，应如 3-w2。用 fugong activity list 查看。"
    en = "“{id}” is not the id of an activity, as 3-w2 is; see fugong activity list."


class ActivityForProblem(Refusal):
    """The number of work where that of a problem is wanted."""

    code = "bad_id"
    zh = "{id} 是工作记录，不是问题。看它：fugong activity show {id}"
    en = "{id} is an activity, not a problem. See it with: fugong activity show {id}"


class UnknownActivity(Refusal):
    """Well formed, but no activity has this number."""

    code = "unknown_activity"
    zh = "没有编号为 {id} 的工作记录。用 fugong activity list 查看全部。"
    en = "There is no activity {id}. See all with: fugong activity list"


class OtherRole(Refusal):
    """An activity of another role than the command is for."""

    code = "other_role"
    zh = "{id} 是{role}工作，请用 fugong {noun}。"
    en = "{id} belongs to {role}; use fugong {noun}."


class NameTaken(Refusal):
    """Two records of one kind may not answer to the same name."""

    code = "name_taken"
    zh = "「{name}」已经是{kind}「{owner}」的名称。"
    en = "“{name}” is already a name of the {kind} “{owner}”."


class NoAlias(Refusal):
    """An alias that should be taken away is none of this record's."""

    code = "no_alias"
    zh = "「{name}」没有「{alias}」这个简称。"
    en = "“{name}” has no alias “{alias}”."


class NoMilestone(Refusal):
    """The enterprise has no such milestone on record."""

    code = "no_milestone"
    zh = "{enterprise}没有登记过「{milestone}」。用 fugong milestone list 查看，用 fugong milestone add 登记。"
    en = "“{milestone}” is not on record for {enterprise}; see fugong milestone list, enter it with milestone add."


class UnknownFigure(Refusal):
    """No published figure has this key."""

    code = "unknown_figure"
    zh = "没有标识为「{key}」的公布口径。用 fugong figure list 查看。"
    en = "There is no published figure “{key}”; see fugong figure list."


class UnknownPublication(Refusal):
    """No figures were published under this name."""

    code = "unknown_name"
    zh = "没有以「{name}」为名的公布。已有：{candidates}。"
    en = "Nothing was published as “{name}”. Published: {candidates}."


class PublishedTwice(Refusal):
    """Several stores published under one name, each what it knew."""

    code = "published_twice"
    zh = "「{name}」在几处各公布过一次：{candidates}。请写全名。"
    en = "“{name}” was published in several places: {candidates}. Write the whole name."


class PublishedBefore(Refusal):
    """A name stands for the figures of one cut-off."""

    code = "published_before"
    zh = "「{name}」已经公布过，截至 {held}。请另起名称：fugong publish --name 名称"
    en = "“{name}” was published before, as of {held}. Give another name: fugong publish --name NAME"


class NoCounty(Refusal):
    """No county is called that."""

    code = "no_county"
    zh = "没有「{name}」这个县。有：{candidates}"
    en = "There is no county “{name}”. There are: {candidates}"
