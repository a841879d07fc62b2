"""Refusals: what the program will not do, why, and what to type next, in both languages.

Every refusal has a code that scripts can rely on (docs/exit-codes.md lists them), parameters, and one
sentence per language. A parameter that is a sequence is joined by the language's comma; one with
``zh`` and ``en`` is said in the language.
"""

from collections.abc import Sequence
from typing import Any, ClassVar


class Refusal(Exception):
    """The base of all refusals. Nothing was written when one is raised."""

    code: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    exit_code: ClassVar[int] = 1

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code, params)
        self.params = params

    def sentence(self, *, chinese: bool) -> str:
        """The refusal in one language."""
        template = self.zh if chinese else self.en
        return template.format(**{key: _said(value, chinese) for key, value in self.params.items()})


def _said(value: Any, chinese: bool) -> str:
    """One parameter as text: a named thing by its name, a sequence joined."""
    if hasattr(value, "zh"):
        return str(value.zh if chinese else value.en)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("、" if chinese else ", ").join(_said(item, chinese) for item in value)
    return str(value)


# Names and ids


class UnknownName(Refusal):
    """No record of this kind has that name and nothing comes near it."""

    code = "unknown_name"
    zh = "没有叫「{name}」的{kind}。用 fugong {verb} list 查看已有的。"
    en = "No {kind} is called “{name}”. See them with: fugong {verb} list"


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


class UnknownTerm(Refusal):
    """The list has no such entry."""

    code = "unknown_term"
    zh = "{list}里没有「{name}」。可以用：{candidates}。"
    en = "“{name}” is no {list}. Use one of: {candidates}."


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


class BadActivityId(Refusal):
    """Not of the form of an activity's number."""

    code = "bad_activity_id"
    zh = "「{id}」不是工作记录的编号，应如 3-w2。用 fugong activity list 查看。"
    en = "“{id}” is not the id of an activity, as 3-w2 is; see fugong activity list."


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


# Texts and dates


class BlankText(Refusal):
    """A text that must say something is empty."""

    code = "blank_text"
    zh = "{what}不能为空。"
    en = "The {what} must not be empty."


class TextMissing(Refusal):
    """The last argument should be the text, but is one more id."""

    code = "text_missing"
    zh = '最后一个参数「{id}」是编号，没有写内容。例如：fugong note {id} "已联系工信局"'
    en = 'The last argument, “{id}”, is an id; the text is missing. For example: fugong note {id} "called the bureau"'


class TextTooLong(Refusal):
    """A text is longer than the store takes."""

    code = "text_too_long"
    zh = "{what}有 {length} 个字，最多 {limit} 个。"
    en = "The {what} has {length} characters; the limit is {limit}."


class ControlCharacter(Refusal):
    """A text has a character that would corrupt a terminal or a file."""

    code = "control_character"
    zh = "{what}的第 {position} 个字符是控制字符 {character}，不能保存。请删去后重试。"
    en = "Character {position} of the {what} is the control character {character}. Remove it and try again."


class ListMark(Refusal):
    """A name holds the mark that separates names."""

    code = "list_mark"
    zh = "名称「{name}」含有顿号，像是几个名称写在了一起。请分开写，或用 --assist 写协办单位。"
    en = "The name “{name}” holds a 、 and looks like several names. Give them one by one, or use --assist."


class BadDate(Refusal):
    """Not a date in any of the forms people use."""

    code = "bad_date"
    zh = "「{value}」不是日期。可以写 2020-03-12、3月12日、今天、昨天。"
    en = "“{value}” is not a date. Write 2020-03-12, 3/12, today or yesterday."


class BadDeadline(Refusal):
    """Not a deadline in any of the forms people use."""

    code = "bad_deadline"
    zh = "「{value}」不是时限。可以写日期（2020-03-20）、7wd（七个工作日）、+3d、1m、长期，或时限列表里的名称。"
    en = "“{value}” is not a deadline. Write a date (2020-03-20), 7wd (working days), +3d, 1m, open, or a preset."


class BadMonth(Refusal):
    """Not a month."""

    code = "bad_month"
    zh = "「{value}」不是月份。写作 2020-04。"
    en = "“{value}” is not a month. Write it as 2020-04."


class FutureDate(Refusal):
    """Something cannot have been done on a day that has not come."""

    code = "future_date"
    zh = "{date} 还没有到（今天是 {today}）。请写今天或更早的日期。"
    en = "{date} has not come yet (today is {today}). Give today or an earlier day."


class DateGoesBack(Refusal):
    """The status dates of one problem never go back."""

    code = "date_goes_back"
    zh = "{id} 在 {last} 已{act}，不能再记 {date} 的{wanted}。请写 {last} 或更晚的日期。"
    en = "{id} was {act} on {last}; {wanted} on {date} cannot come before that. Give {last} or a later day."


class FoundAfterAct(Refusal):
    """A problem cannot have been found after something was done about it."""

    code = "found_after_act"
    zh = "{id} 在 {first} 已{act}，不可能到 {date} 才发现。请写 {first} 或更早的日期。"
    en = "{id} was {act} on {first}, so it was not found as late as {date}. Give {first} or an earlier day."


class DueBeforeFound(Refusal):
    """A deadline lies before the day the problem was found."""

    code = "due_before_found"
    zh = "时限 {due} 早于发现日期 {found}。"
    en = "The deadline {due} is before the day it was found, {found}."


class BadFinding(Refusal):
    """What failed was not written as a check and what was wrong."""

    code = "bad_finding"
    zh = '「{value}」要写成 检查项=问题，如 --fail "环境卫生=厂区未消毒"。'
    en = '“{value}” must be a check and what was wrong: --fail "hygiene=not disinfected".'


class BadClock(Refusal):
    """``FUGONG_TODAY`` cannot be read."""

    code = "bad_clock"
    zh = "环境变量 FUGONG_TODAY 的值「{value}」不是日期。写作 2020-03-12 或 2020-03-12T17:00。"
    en = "FUGONG_TODAY is “{value}”, which is no date. Write 2020-03-12 or 2020-03-12T17:00."


class NoMilestone(Refusal):
    """The enterprise has no such milestone on record."""

    code = "no_milestone"
    zh = "{enterprise}没有登记过「{milestone}」。用 fugong milestone list 查看，用 fugong milestone add 登记。"
    en = "“{milestone}” is not on record for {enterprise}; see fugong milestone list, enter it with milestone add."


class MilestoneNeeded(Refusal):
    """A total of enterprises with a milestone does not say with which."""

    code = "milestone_needed"
    zh = "达标企业的数字要写明是哪一项：加 --milestone，如 --milestone 复工批复。"
    en = "A total of enterprises with a milestone must say which: add --milestone, as --milestone approval."


class UnknownFigure(Refusal):
    """No published figure has this key."""

    code = "unknown_figure"
    zh = "没有标识为「{key}」的公布口径。用 fugong figure list 查看。"
    en = "There is no published figure “{key}”; see fugong figure list."


class AdopterNeeded(Refusal):
    """Nobody was named who took a practice up."""

    code = "adopter_needed"
    zh = '没有写谁采用了。例如：fugong practice adopt "做法" "企业"，或加 --team 3。'
    en = 'Who took it up was not said. For example: fugong practice adopt "practice" "enterprise", or add --team 3.'


class BadQuantity(Refusal):
    """Neither a number nor a range of numbers."""

    code = "bad_quantity"
    zh = "「{value}」不是数量。写一个数，或从小到大的范围，如 400-500；单位另用 --unit 写。"
    en = "“{value}” is no quantity. Write a number, or a range such as 400-500; the unit goes with --unit."


# Rules of the ledger


class TeamNeeded(Refusal):
    """A problem without an enterprise, or of an unassigned one, must name its team."""

    code = "team_needed"
    zh = "不知道记在哪个帮扶组名下。请加 --team，如 --team 3。"
    en = "Which team does this belong to? Add --team, for example --team 3."


class EnterpriseNeeded(Refusal):
    """Results of checks are about one enterprise."""

    code = "enterprise_needed"
    zh = "检查结果要记在一家企业名下；没有具体企业或有几家的，只写做了什么。"
    en = "Results of checks belong to one enterprise; for none, or for several, only write what was done."


class NothingInspected(Refusal):
    """An inspection tells neither a result nor what was done."""

    code = "nothing_inspected"
    zh = '没有写查了什么。全部合格写 --pass-rest；不合格写 --fail "检查项=问题"；不是五查的写内容。'
    en = 'What was inspected? All in order: --pass-rest; not: --fail "CHECK=TEXT"; for other work give a text.'


class CheckTwice(Refusal):
    """One check has two results."""

    code = "check_twice"
    zh = "「{check}」写了两个结果。一个检查项只写一次，几处问题写在一起。"
    en = "“{check}” was given two results. Name each check once, with all that was wrong."


class HowNeeded(Refusal):
    """Closing needs the measure taken."""

    code = "how_needed"
    zh = '--solved 要同时写明怎样解决的：--how "已调配口罩500只"。'
    en = '--solved needs the measure taken: --how "500 masks supplied".'


class HowWithoutSolved(Refusal):
    """A measure was given for a problem that is not being closed."""

    code = "how_without_solved"
    zh = "--how 只和 --solved 一起用。还没解决的，登记后用 fugong note 记进展。"
    en = "--how goes with --solved. If it is not solved yet, log it and add what was done with fugong note."


class NotLive(Refusal):
    """The act needs a problem that is in hand."""

    code = "not_live"
    zh = '{id} {status}，不能{act}。需要的话先重开：fugong reopen {id} --why "原因"'
    en = '{id} is {status}, so it cannot be {act}. If need be, reopen it first: fugong reopen {id} --why "reason"'


class IsVoid(Refusal):
    """A void problem cannot be closed or noted."""

    code = "is_void"
    zh = '{id} 已作废，不能{act}。作废有误的话：fugong reopen {id} --why "原因"'
    en = '{id} is void, so it cannot be {act}. If that was a mistake: fugong reopen {id} --why "reason"'


class UnknownPublication(Refusal):
    """No figures were published under this name."""

    code = "unknown_name"
    zh = "没有以「{name}」为名的公布。已有：{candidates}。"
    en = "Nothing was published as “{name}”. There is: {candidates}."


class PublishedBefore(Refusal):
    """A name stands for the figures of one cut-off."""

    code = "published_before"
    zh = "「{name}」已经公布过，截至 {held}。请另起名称：fugong publish --name 名称"
    en = "“{name}” was published before, as of {held}. Give another name: fugong publish --name NAME"


class NameOrClaims(Refusal):
    """``reconcile`` compares a publication, or figures that are given, but not both."""

    code = "name_or_claims"
    zh = "公布的名称和 --found、--solved 等数字不能一起写，请分两次核对。"
    en = "Give either the name of a publication or figures such as --found and --solved, not both."


class NoRates(Refusal):
    """Rates are told of problems, not of work or of what was reached."""

    code = "no_rates"
    zh = "按{by}没有率可算。--rates 可以按帮扶组、企业、责任单位、类别、乡镇、县。"
    en = "There are no rates by {by}. Count by team, enterprise, department, category, township or county."


class NotClosed(Refusal):
    """A return visit is about a closed problem."""

    code = "not_closed"
    zh = "{id} {status}，还没有销号，不能回访。先销号：fugong close {id} --how 措施"
    en = "{id} is {status}, so there is no closing to verify. Close it first: fugong close {id} --how TEXT"


class NotAssigned(Refusal):
    """No department has the problem, so none can refuse it."""

    code = "not_assigned"
    zh = "{id} 还没有交办给任何单位，不存在退回。先交办：fugong assign {id} --department 单位"
    en = "{id} is with no department, so none can bounce it. Assign it first: fugong assign {id} --department NAME"


class NoDeadline(Refusal):
    """There is no deadline to extend."""

    code = "no_deadline"
    zh = "{id} 没有时限，不存在延期。要定时限：fugong edit {id} --due 7wd"
    en = "{id} has no deadline to extend. Set one: fugong edit {id} --due 7wd"


class NotLater(Refusal):
    """An extension puts a deadline off, never forward."""

    code = "not_later"
    zh = "{id} 现在的时限是 {due}，延期要写更晚的日期。要更正时限：fugong edit {id} --due 日期"
    en = "{id} is due on {due}; an extension needs a later day. To correct a deadline: fugong edit {id} --due DATE"


class DeadlinePassed(Refusal):
    """An extension after the deadline is recorded as such, and must be meant."""

    code = "deadline_passed"
    zh = "{id} 的时限 {due} 已经过了。确实批准了延期，请加 --late，会记为逾期后延期。"
    en = "The deadline of {id}, {due}, has passed. If it was extended all the same, add --late, which is recorded."


class FailedVisitContent(Refusal):
    """An enterprise whose problem is not solved is not satisfied with its solution."""

    code = "failed_visit_content"
    zh = "{id} 回访未解决，满意度不能是满意或基本满意。"
    en = "{id} was found not solved, so the satisfaction cannot be satisfied or fairly satisfied."


class VerdictNeeded(Refusal):
    """A return visit says either that the closing holds or what is not solved."""

    code = "verdict_needed"
    zh = '回访要写结果，二者选一：--ok，或 --fail "没有解决的情况"。'
    en = 'A return visit has one result: --ok, or --fail "what is not solved".'


class IdsOrSample(Refusal):
    """``verify`` either records visits or picks some to make."""

    code = "ids_or_sample"
    zh = "请写要回访的编号，如 fugong verify 3-2 --ok；或只用 --sample 抽取要回访的，如 fugong verify --sample 5"
    en = "Give the ids that were visited, as fugong verify 3-2 --ok; or pick some to visit: fugong verify --sample 5"


class NothingToUndo(Refusal):
    """This actor wrote nothing that stands."""

    code = "nothing_to_undo"
    zh = "{actor}在这个台账里没有可以撤销的操作。"
    en = "{actor} has done nothing in this store that could be undone."


class CannotUndo(Refusal):
    """A load cannot be taken back: the file would bring it again."""

    code = "cannot_undo"
    zh = "最近一次操作是 fugong {verb}（{at}），不能撤销。请改正数据文件后重新装入。"
    en = "The last command was fugong {verb} ({at}), which cannot be undone. Correct the file and load it again."


class BuiltUpon(Refusal):
    """Somebody has written since on what would be undone."""

    code = "built_upon"
    zh = "不能撤销 fugong {verb}（{at}）：此后 {built}。请用 fugong edit 或 fugong reopen 更正。"
    en = "fugong {verb} ({at}) cannot be undone: since then {built}. Correct it with fugong edit or fugong reopen."


class NothingToEdit(Refusal):
    """``edit`` was called without a change."""

    code = "nothing_to_edit"
    zh = '没有写要改什么。例如：fugong edit {id} --text "新的描述"；可改的见 fugong edit --help'
    en = 'Nothing to change was given. For example: fugong edit {id} --text "new text"; see fugong edit --help'


class NothingToCorrect(Refusal):
    """``edit`` of a noun was called without a change."""

    code = "nothing_to_correct"
    zh = "没有写要改什么。可改的见 fugong {noun} edit --help"
    en = "Nothing to change was given; see fugong {noun} edit --help"


class OtherCounty(Refusal):
    """A seed of another county would mix two ledgers."""

    code = "other_county"
    zh = "这个台账是{held}的，不能装入{given}的数据。请另用一个台账：用 --store 写明新的位置"
    en = "This store is about {held}; data of {given} belong in another: name it with --store"


class SelfDuplicate(Refusal):
    """A problem cannot be a duplicate of itself."""

    code = "self_duplicate"
    zh = "{id} 不能是它自己的重复。"
    en = "{id} cannot be a duplicate of itself."


# Files


class CannotRead(Refusal):
    """An input file cannot be read."""

    code = "cannot_read"
    zh = "读不了 {path}：{reason}。"
    en = "Cannot read {path}: {reason}."


class CannotWrite(Refusal):
    """An output file cannot be written; what stood there before still stands."""

    code = "cannot_write"
    zh = "写不了 {path}：{reason}。"
    en = "Cannot write {path}: {reason}."


class StdoutUnwritable(CannotWrite):
    """Standard output takes nothing, as on a full disk."""


class OutputExists(Refusal):
    """The output file is there already."""

    code = "output_exists"
    zh = "{path} 已经存在，没有覆盖。要覆盖请加 --force。"
    en = "{path} exists and was left alone. Add --force to replace it."


class UnknownSuffix(Refusal):
    """The output file's name does not tell the format."""

    code = "unknown_suffix"
    zh = "从「{path}」的后缀看不出格式。请用 {known} 之一，或加 --format。"
    en = "The suffix of “{path}” does not tell the format. Use one of {known}, or add --format."


class EncodingNeedsCsv(Refusal):
    """An encoding was asked for with a format that has its own."""

    code = "encoding_needs_csv"
    zh = "--encoding 只和 CSV 一起用。请加 --format csv，或写到后缀为 .csv 的文件。"
    en = "--encoding goes with CSV. Add --format csv, or write to a file that ends in .csv."


class NeedsFile(Refusal):
    """A spreadsheet cannot be shown on a terminal."""

    code = "needs_file"
    zh = "XLSX 不能显示在终端上。请写到文件：-o 台账.xlsx"
    en = "XLSX cannot be shown on a terminal. Write it to a file: -o ledger.xlsx"


class CellTooLong(Refusal):
    """A text is longer than a cell of a spreadsheet holds; nothing is ever cut off."""

    code = "cell_too_long"
    zh = "第 {row} 行「{column}」有 {length} 个字，XLSX 的一格装不下。请改用 CSV：-o 文件.csv"
    en = "“{column}” in row {row} has {length} characters, more than a cell of XLSX holds. Use CSV: -o FILE.csv"


class SheetFull(Refusal):
    """There are more rows than a sheet of a spreadsheet has."""

    code = "sheet_full"
    zh = "XLSX 的一张表装不下这么多行。请用 --team、--since 等分开导出，或改用 CSV：-o 文件.csv"
    en = "A sheet of XLSX does not hold so many rows. Export in parts with --team or --since, or use CSV: -o FILE.csv"


class NotAPage(Refusal):
    """The report is a web page, and its file is to be named like one."""

    code = "not_a_page"
    zh = "报告是网页，「{path}」的后缀却不是 {suffix}。例如：fugong report --output {example}"
    en = "The report is a web page, but the suffix of “{path}” is not {suffix}. Try: fugong report --output {example}"


class SeedFaults(Refusal):
    """The YAML has faults; each names its file, line and column."""

    code = "seed_faults"
    zh = "{path} 有 {count} 处错误，什么也没有写入：\n{faults}"
    en = "{path} has {count} fault(s); nothing was written:\n{faults}"


# The store


class StoreMissing(Refusal):
    """There is no store at that place."""

    code = "store_missing"
    exit_code = 5
    zh = "{path} 还没有台账。装入数据就会新建：fugong load 数据文件；或建空的：fugong store init（--store 照样写上）"
    en = "There is no store at {path}. Make one: fugong load FILE.yaml, or fugong store init (with the same --store)"


class StoreExists(Refusal):
    """``store init`` never touches what is there."""

    code = "store_exists"
    zh = "{path} 已经存在，没有改动它。"
    en = "{path} exists already and was left alone."


class StoreForeign(Refusal):
    """The file is not a fugong store."""

    code = "store_foreign"
    exit_code = 5
    zh = "{path} 不是 fugong 的台账，没有改动它。请检查 --store 或 FUGONG_STORE。"
    en = "{path} is not a fugong store and was left alone. Check --store or FUGONG_STORE."


class StoreNewer(Refusal):
    """A newer program wrote the store."""

    code = "store_newer"
    exit_code = 5
    zh = "{path} 是更新版本的 fugong 写的（结构第 {version} 版，本程序只认到第 {known} 版）。请升级程序。"
    en = "{path} was written by a newer fugong (schema {version}; this program knows {known}). Upgrade the program."


class StoreUnusable(Refusal):
    """The store cannot be opened, read or written."""

    code = "store_unusable"
    exit_code = 5
    zh = "台账 {path} 用不了：{reason}。"
    en = "The store {path} cannot be used: {reason}."


class StoreBusy(Refusal):
    """Somebody else held the store's lock for too long; nothing was written."""

    code = "store_busy"
    exit_code = 4
    zh = "台账正被别的程序占用，这次什么也没有写入。请稍后再试。"
    en = "Another program is using the store; nothing was written. Try again in a moment."


class BackupBad(Refusal):
    """A backup that cannot be trusted, or a dump that does not fit."""

    code = "backup_bad"
    exit_code = 5
    zh = "备份 {path} 不能用：{reason}。台账没有改动。"
    en = "The backup {path} cannot be used: {reason}. The store was left alone."


class DumpBad(Refusal):
    """A file to import is not a whole export; nothing was written."""

    code = "dump_bad"
    zh = "{path} 第 {line} 行：{reason}。什么也没有写入。"
    en = "{path}, line {line}: {reason}. Nothing was written."


class StoreNotEmpty(Refusal):
    """``store import`` fills a new or empty store only."""

    code = "store_not_empty"
    zh = "{path} 里已有内容，没有改动它。请用 --store 另写一个新的位置。"
    en = "{path} holds records already and was left alone. Name a new place with --store."


class UnknownSetting(Refusal):
    """There is no such setting."""

    code = "unknown_setting"
    zh = "没有「{name}」这项设置。可以设：{candidates}。"
    en = "There is no setting “{name}”. Settings: {candidates}."


class BadSetting(Refusal):
    """The value does not fit the setting."""

    code = "bad_setting"
    zh = "设置 {name} 不能是「{value}」：{reason}。"
    en = "The setting {name} cannot be “{value}”: {reason}."


# Imports


class ImportFaults(Refusal):
    """Rows of a ledger have faults; each names its row and column as Excel shows them."""

    code = "import_faults"
    zh = "{path} 有 {count} 处错误，什么也没有写入：\n{faults}"
    en = "{path} has {count} fault(s); nothing was written:\n{faults}"


class NoHeader(Refusal):
    """No row of the file has enough known column names."""

    code = "no_header"
    zh = "{path} 里找不到表头。一行里至少要有三个认得的列名，其中有「{needed}」；别的列名用 --map 列名=字段 对上。"
    en = "No header row in {path}: it needs three known column names, “{needed}” among them; use --map NAME=FIELD."


class SeveralSheets(Refusal):
    """More than one sheet looks like a ledger."""

    code = "several_sheets"
    zh = "有几个工作表都像台账：{candidates}。请用 --sheet 写明导入哪一个。"
    en = "Several sheets look like ledgers: {candidates}. Say which with --sheet."


class UnknownSheet(Refusal):
    """The workbook has no such sheet."""

    code = "unknown_sheet"
    zh = "没有工作表「{name}」。现有的：{candidates}。"
    en = "There is no sheet “{name}”. There are: {candidates}."


class BadEncoding(Refusal):
    """There is no such encoding."""

    code = "bad_encoding"
    zh = "没有「{name}」这种编码。例如：--encoding GB18030"
    en = "There is no encoding “{name}”. For example: --encoding GB18030"


class BadMap(Refusal):
    """``--map`` is not NAME=FIELD with a field that there is."""

    code = "bad_map"
    zh = "--map 写作 列名=字段，「{given}」不是。字段有：{candidates}。"
    en = "--map takes NAME=FIELD; “{given}” is none. The fields are: {candidates}."


class BadCreate(Refusal):
    """``--create`` names something that an import does not make."""

    code = "bad_create"
    zh = "--create 不能新建「{given}」。可以写：{candidates}。"
    en = "--create cannot make “{given}”. It takes: {candidates}."


class FileNeeded(Refusal):
    """Neither a file to import nor a template to write was named."""

    code = "file_needed"
    zh = "没有写要导入的文件。例如：fugong import 台账文件；要空表：fugong import --template 空表"
    en = "Name the file to import: fugong import ledger.xlsx; for an empty one: fugong import --template empty.xlsx"
