"""Refusals by the rules of the ledger."""

from fugong.errors import Refusal


class MilestoneNeeded(Refusal):
    """A total of enterprises with a milestone does not say with which."""

    code = "milestone_needed"
    zh = "达标企业的数字要写明是哪一项：加 --milestone，如 --milestone 复工批复。"
    en = "A total of enterprises with a milestone must say which: add --milestone, as --milestone approval."


class AdopterNeeded(Refusal):
    """Nobody was named who took a practice up."""

    code = "adopter_needed"
    zh = '没有写谁采用了。例如：fugong practice adopt "做法" "企业"，或加 --team 3。'
    en = 'Who took it up was not said. For example: fugong practice adopt "practice" "enterprise", or add --team 3.'


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
    en = (
        'What was inspected? If all was in order: --pass-rest; if not: --fail "CHECK=TEXT"; for other work give a text.'
    )


class CheckTwice(Refusal):
    """One check has two results."""

    code = "check_twice"
    zh = "「{check}」写了两个结果。一个检查项只写一次，几处问题写在一起。"
    en = "“{check}” was given two results. Name each check once, with all that was wrong."


class Retired(Refusal):
    """Nothing new is entered for what was retired."""

    code = "retired"
    zh = '{kind}「{name}」已在 {since} 停用。要再用的话先恢复：fugong {restore} "{name}"'
    en = 'The {kind} “{name}” was retired on {since}. To use it again, restore it first: fugong {restore} "{name}"'


class StillInUse(Refusal):
    """What has work in hand is not retired."""

    code = "still_in_use"
    zh = "「{name}」还有{what}，不能停用。先办完或转走。"
    en = "“{name}” cannot be retired yet; {what}. Finish or hand over what it has first."


class AssignedBack(Refusal):
    """An enterprise changes teams on a day before its present team took it over."""

    code = "assigned_back"
    zh = "{enterprise}从 {since} 起由第 {team} 组包联，不能从更早的日期转走。请写 {since} 或更晚的日期。"
    en = "Team {team} looks after {enterprise} since {since}; it cannot change teams earlier. Give {since} or later."


class WhyNeeded(Refusal):
    """An enterprise leaves the count of those that could resume only for a reason."""

    code = "why_needed"
    zh = '「不计」要写明原因：--why "永久停产"。'
    en = 'To leave an enterprise out of the count, say why: --why "closed for good".'


class HowNeeded(Refusal):
    """``log --solved`` was typed without ``--how``."""

    code = "how_needed"
    zh = '--solved 要同时写明怎样解决的：--how "已调配口罩500只"。'
    en = '--solved needs the measure taken: --how "500 masks supplied".'


class HowWithoutSolved(Refusal):
    """``--how`` was given to ``log`` without ``--solved``."""

    code = "how_without_solved"
    zh = "--how 只和 --solved 一起用。还没解决的，登记后用 fugong note 记进展。"
    en = "--how goes with --solved. If it is not solved yet, log it and add what was done with fugong note."


class ShortIsMarkdown(Refusal):
    """A message for a chat robot has one format."""

    code = "short_is_markdown"
    zh = "--short 只有 Markdown 一种格式，不和 --format 的其他格式一起写；写到文件用 -o 综述.md。"
    en = "--short is Markdown and goes with no other --format; to write a file: -o summary.md."


class NoRecipient(Refusal):
    """A paper goes to the department that must act, and there is none yet."""

    code = "no_recipient"
    zh = "{id} 还没有责任单位，{paper}没有主送。先交办：fugong assign {id} 单位"
    en = "{id} is with no department, so nobody gets the {paper}. Assign it first: fugong assign {id} DEPARTMENT"


class NoFirmToRectify(Refusal):
    """A notice to rectify goes to the firm that was inspected."""

    code = "no_firm_to_rectify"
    zh = "{id} 没有写是哪家企业，整改通知书没有主送。先写明：fugong edit {id} --enterprise 企业"
    en = "{id} names no firm, so nobody gets the notice to rectify. Name it: fugong edit {id} --enterprise NAME"


class LevelOrWithdraw(Refusal):
    """``escalate`` either reports to a level, or takes that back."""

    code = "level_or_withdraw"
    zh = "上报要写报到哪一级：--to 县、--to 市 或 --to 省；撤回上报写 --withdraw。二者只写一个。"
    en = "Say to which level: --to county, city or province; or take it back: --withdraw. Give one of the two."


class StillEscalated(Refusal):
    """What was reported to a level is withdrawn from there, not made less by a flag."""

    code = "still_escalated"
    zh = '{id} 已经上报到{level}，要撤回请写：fugong escalate {id} --withdraw --why "原因"'
    en = '{id} was reported to the {level}; to take that back: fugong escalate {id} --withdraw --why "reason"'


class NotLive(Refusal):
    """The act needs a problem that is in hand."""

    code = "not_live"
    zh = '{id} {status}，不能{act}。需要的话先重开：fugong reopen {id} --why "原因"'
    en = '{id} is {status}, so it cannot be {act}. If need be, reopen it first: fugong reopen {id} --why "reason"'


class InReview(Refusal):
    """The closing of the problem was applied for, and is reviewed before anything else is done."""

    code = "in_review"
    zh = '{id} 已申请销号，待审核，不能{act}。先审核：fugong approve {id}，或 fugong reject {id} --why "原因"'
    en = '{id} awaits review, so it cannot be {act}. First: fugong approve {id}, or reject {id} --why "reason"'


class NotPending(Refusal):
    """There is no application to review."""

    code = "not_pending"
    zh = "{id} {status}，没有申请销号，不用审核。待审核的：fugong list --status pending"
    en = "{id} is {status}: nobody applied for its closing. Those that await review: fugong list --status pending"


class OwnApplication(Refusal):
    """Whoever applied for a closing does not review it."""

    code = "own_application"
    zh = "{id} 是{actor}申请销号的，要由另一个人审核；操作人由 FUGONG_ACTOR 写明。"
    en = "{actor} applied for the closing of {id}, so somebody else must review it; FUGONG_ACTOR says who."


class ApplicationsPending(Refusal):
    """Reviewing does not end while applications wait for it."""

    code = "applications_pending"
    zh = "还有待审核的，不能关闭审核销号：{ids}。先 fugong approve 或 fugong reject。"
    en = "Reviewing cannot be turned off while these await it: {ids}. Approve or reject them first."


class IsVoid(Refusal):
    """A void problem cannot be closed or noted."""

    code = "is_void"
    zh = '{id} 已作废，不能{act}。作废有误的话：fugong reopen {id} --why "原因"'
    en = '{id} is void, so it cannot be {act}. If that was a mistake: fugong reopen {id} --why "reason"'


class NameOrClaims(Refusal):
    """``reconcile`` compares a publication, or figures that are given, but not both."""

    code = "name_or_claims"
    zh = "公布的名称和 --found、--solved 等数字不能一起写，请分两次核对。"
    en = "Give either the name of a publication or figures such as --found and --solved, not both."


class NoRates(Refusal):
    """Rates are figures of problems: there are none by kind of work or by milestone."""

    code = "no_rates"
    zh = "按{by}没有率可算。--rates 可以按帮扶组、企业、责任单位、类别、乡镇、县。"
    en = "There are no rates by {by}. Count by team, enterprise, department, category, township or county."


class NoCredit(Refusal):
    """``--credit`` was given where rows are not teams."""

    code = "no_credit"
    zh = "--credit 只用于按帮扶组数问题，不能和{by}一起写。"
    en = "--credit goes with counting problems by team, not with {by}; leave it out."


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
    """An extension must make a deadline later."""

    code = "not_later"
    zh = "{id} 现在的时限是 {due}，延期要写更晚的日期。要更正时限：fugong edit {id} --due 日期"
    en = "{id} is due on {due}; an extension needs a later day. To correct a deadline: fugong edit {id} --due DATE"


class DeadlinePassed(Refusal):
    """The deadline has passed: extending it needs ``--late``, and is recorded as late."""

    code = "deadline_passed"
    zh = "{id} 的时限 {due} 已经过了。确实批准了延期，请加 --late，会记为逾期后延期。"
    en = "The deadline of {id}, {due}, has passed. If it was extended all the same, add --late, which is recorded."


class FailedVisitContent(Refusal):
    """A return visit that failed was given an answer that counts as satisfied."""

    code = "failed_visit_content"
    zh = "{id} 回访未解决，满意度不能是满意或基本满意。"
    en = "{id} was found not solved, so the enterprise cannot be satisfied or fairly satisfied."


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
    """A load, a copy that was handed out, a merge … lasts; it says why, and what to do instead."""

    code = "cannot_undo"
    zh = "最近一次操作是 fugong {verb}（{at}），不能撤销：{why}。{cure}。"
    en = "The last command was fugong {verb} ({at}), which cannot be undone: {why}. {cure}."


class NothingToRedact(Refusal):
    """A record has no words of the kind that would be redacted."""

    code = "nothing_to_redact"
    zh = "{id} 没有这样的文字可以涂去，或早已涂去。可选的见 fugong redact --help"
    en = "{id} has no such words to redact, or they were redacted before; see fugong redact --help"


class NoSuchAct(Refusal):
    """A problem has no act of this kind that stands."""

    code = "no_such_act"
    zh = "{id} 没有可以改日期的「{act}」。看经过：fugong show {id}"
    en = "{id} was never {act}, so there is no day to correct. Its history: fugong show {id}"


class BuiltOnDay(Refusal):
    """A later act rests on the one whose day would be corrected."""

    code = "built_on_day"
    zh = "{id} 的{act}不能这样改日期：{on} 的{later}接在它后面。请先改那一次的日期，或把那一次撤销。"
    en = (
        "The day on which {id} was {act} cannot be corrected so: it was {later} on {on}, which rests on it. "
        "Correct that day first, or undo that act."
    )


class NothingToRedo(Refusal):
    """Nothing that this actor took back stands taken back."""

    code = "nothing_to_redo"
    zh = "{actor}在这个台账里没有撤销过可以重做的操作。"
    en = "{actor} has undone nothing in this store that could be done again."


class CannotRedo(Refusal):
    """What was taken back cannot be done again as it was."""

    code = "cannot_redo"
    zh = "不能重做 fugong {verb}（{at}）：{reason}。请重新输入那条命令。"
    en = "fugong {verb} ({at}) cannot be done again: {reason}. Enter that command anew."


class BuiltUpon(Refusal):
    """Somebody has written since on what would be undone."""

    code = "built_upon"
    zh = "不能撤销 fugong {verb}（{at}）：此后{built}。可以用 {cure}。"
    en = "fugong {verb} ({at}) cannot be undone: since then {built}. What you can do: {cure}."


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


class BadTermCode(Refusal):
    """The code of a list's entry is not what codes are made of."""

    code = "bad_term_code"
    zh = "「{code}」不能作代码：小写字母开头，只含小写字母、数字、- 和 _，最多 20 个字符。也可以不写 --code。"
    en = (
        "“{code}” is not a code: a small letter, then small letters, digits, - and _, 20 characters at most. "
        "Without --code one is made."
    )


class NoGroupHere(Refusal):
    """An entry of a list other than the categories is given a group."""

    code = "no_group_here"
    zh = "只有问题类别分五查、五帮、党建；请去掉 --group。"
    en = "Only problem categories have a group; leave out --group."


class RuleAndPreset(Refusal):
    """A deadline preset without its rule, or a rule for something else."""

    code = "rule_and_preset"
    zh = "时限列表的条目要写规则，别的列表不写。例如：fugong term add deadline 加急 --rule 2wd"
    en = "A deadline needs its rule, and nothing else has one. For example: fugong term add deadline Urgent --rule 2wd"


class SampleAlone(Refusal):
    """An example comes with its own campaign, teams and lists."""

    code = "sample_alone"
    zh = "例子自带县、帮扶组和列表，--sample 不和别的选项同用。"
    en = "An example brings its own county, teams and lists; --sample goes with no other option."


class UndatedEvent(Refusal):
    """An act of the campaign without its day."""

    code = "undated_event"
    zh = "「{text}」没有写哪一天。日期写在前面，例如：--event 3月6日=推广会"
    en = "“{text}” does not say its day. Write the day first, for example: --event 2020-03-06=Notice"


class CampaignUnknown(Refusal):
    """The campaign is corrected before anybody said what it is."""

    code = "campaign_unknown"
    zh = "还不知道这个台账是哪个县、什么行动的，请一起写：fugong campaign edit --county 云岭县 --name 企业帮扶"
    en = (
        "The store does not know its county and campaign yet; give both: "
        'fugong campaign edit --county Northmoor --name "Back to work"'
    )


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


class DuplicateElsewhere(Refusal):
    """A problem of one firm cannot be a duplicate of another firm's."""

    code = "duplicate_elsewhere"
    zh = "{id} 是{enterprise}的，{of} 是{other}的，不能算重复。企业写错了，先改：fugong edit {id} --enterprise 企业"
    en = (
        "{id} is about {enterprise}, and {of} about {other}; neither repeats the other. Correct the firm first: "
        "fugong edit {id} --enterprise NAME"
    )


class FilterUnknown(Refusal):
    """No saved filter has this name."""

    code = "filter_unknown"
    zh = "没有存过筛选「{name}」。存过的：{candidates}。看一家企业的：fugong list --enterprise {name}"
    en = "There is no saved filter “{name}”; saved: {candidates}. For one firm: fugong list --enterprise {name}"


class NothingToSave(Refusal):
    """A filter without conditions filters nothing."""

    code = "nothing_to_save"
    zh = "没有写要存什么条件。如：fugong list --save {name} --light red --team 1"
    en = "There are no conditions to save. For example: fugong list --save {name} --light red --team 1"


class JoinedToItself(Refusal):
    """A firm goes over into another, not into itself."""

    code = "joined_to_itself"
    zh = "「{name}」就是这一家，不用并。"
    en = "“{name}” is that firm itself; there is nothing to join."
