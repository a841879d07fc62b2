"""Refusals of texts, dates and quantities that cannot be what was meant."""

from fugong.errors import Refusal


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


class WrongEncoding(Refusal):
    """A word of the command line is not of the session's encoding: a terminal set to GBK in a session of UTF-8."""

    code = "wrong_encoding"
    zh = "「{word}」是用{typed}输入的，本次会话用的是 {session}。请把终端的编码改成 {session}，再运行一次。"
    en = (
        "“{word}” was typed in {typed}; this session uses {session}. "
        "Set the terminal to {session} and run the command again."
    )


class ListMark(Refusal):
    """A name holds the mark that separates names."""

    code = "list_mark"
    zh = "名称「{name}」含有顿号，像是几个名称写在了一起。请分开写，或用 --assist 写协办单位。"
    en = "The name “{name}” holds a 、 and looks like several names. Give them one by one, or use --assist."


class BadDate(Refusal):
    """Not a date in any of the forms people use."""

    code = "bad_date"
    zh = "「{value}」不是日期。可以写 2020-03-12、3月12日、12日、昨天、上周五。"
    en = "“{value}” is not a date. Write 2020-03-12, 12 Mar, yesterday or last Friday."


class AmbiguousDate(BadDate):
    """3/12 is one day in one country and another in the next."""

    zh = "「{value}」可以是 {one}，也可以是 {other}。请写其中一个。"
    en = "“{value}” can be {one} or {other}. Write the one that you mean."


class BadDeadline(Refusal):
    """Not a deadline in any of the forms people use."""

    code = "bad_deadline"
    zh = (
        "「{value}」不是时限。可以写日期（3月20日、下周五、3月底前）、7wd（七个工作日）、3天、一周内、长期，"
        "或时限列表里的名称。"
    )
    en = (
        "“{value}” is not a deadline. Write a date (20 Mar, next Friday), 7wd (working days), 3 days, open, "
        "or the name of a preset."
    )


class BadPhone(Refusal):
    """Not a telephone number. It is personal, so it is not repeated."""

    code = "bad_phone"
    zh = "电话号码看不懂。写数字，可以有空格和横线，如 010-12345678。"
    en = "That is not a telephone number. Write digits, with blanks and hyphens if you like, as 010-12345678."


class BadTeamCode(Refusal):
    """Not of the form of a team's code."""

    code = "bad_team_code"
    zh = "「{code}」不能作组号。组号是数字，前面可以有字母，最长 8 位。"
    en = "“{code}” cannot be a team's code. Write a number, perhaps after letters: 3, A3."


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


class BadKnownAt(Refusal):
    """Neither a moment, nor the name of a publication, nor a seal that the store had."""

    code = "bad_known_at"
    zh = (
        "「{value}」既不是时间，也不是公布的名称，也不是本台账有过的封签。"
        "可以写 2020-03-12、昨天-17:00，或公布时的名称、封签，见 fugong figure list --published。"
    )
    en = (
        "“{value}” is not a time, a publication or a seal of this store. "
        "Write 2020-03-12, yesterday-17:00, a publication's name or a seal."
    )


class DateGoesBack(Refusal):
    """The status dates of one problem never go back."""

    code = "date_goes_back"
    zh = "{id} 在 {last} 已{act}，不能再记 {date} 的{wanted}。请写 {last} 或更晚的日期。"
    en = "{id} was {act} on {last}; {wanted} on {date} cannot come before that. Give {last} or a later day."


class StageGoesBack(Refusal):
    """The days on which an enterprise reached its stages never go back."""

    code = "stage_goes_back"
    zh = "{enterprise}在 {last} 已是{stage}，新的阶段不能早于这一天。请写 {last} 或更晚的日期。"
    en = "{enterprise} was {stage} on {last}; the new stage cannot be earlier. Give {last} or a later day."


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
    en = "FUGONG_TODAY is “{value}”, which is not a date. Write 2020-03-12 or 2020-03-12T17:00."


class BadQuantity(Refusal):
    """Neither a number nor a range of numbers."""

    code = "bad_quantity"
    zh = "「{value}」不是数量。写一个数，或从小到大的范围，如 400-500；单位另用 --unit 写。"
    en = "“{value}” is not a quantity. Write a number, or a range such as 400-500; the unit goes with --unit."


class NoSuchMonth(Refusal):
    """A month was not understood, or has not come."""

    code = "no_such_month"
    zh = "「{value}」不是过去或这个月的月份；写成 2020-03、3月、本月或上月。"
    en = "“{value}” is not a month up to this one; write 2020-03, 3, this month or last month."


class PeriodBackwards(Refusal):
    """A period ends before it begins."""

    code = "period_backwards"
    zh = "起止日期反了：--from {start} 晚于 --to {end}。"
    en = "The period is backwards: --from {start} is after --to {end}."


class MonthOrDays(Refusal):
    """``--month`` was given together with days, which it says itself."""

    code = "month_or_days"
    zh = "--month 和 --from、--to 不能一起写；要整月只写 --month 3月，要自定起止只写 --from、--to。"
    en = "--month says its first and last day by itself; leave out --from and --to, or --month."


class NothingToFind(Refusal):
    """A blank word to find, which would be in every text."""

    code = "nothing_to_find"
    zh = "没有写要找什么词。如：fugong find 口罩"
    en = "Say what to look for, for example: fugong find masks"


class QuoteOpen(Refusal):
    """A line of several has a quote that nobody closed."""

    code = "quote_open"
    zh = "引号没有成对：{line}"
    en = "A quote is not closed: {line}"


class ShellInShell(Refusal):
    """``shell`` and ``run`` cannot be called inside themselves."""

    code = "shell_in_shell"
    zh = "{command} 不能再写在里面。"
    en = "{command} cannot be run inside itself."
