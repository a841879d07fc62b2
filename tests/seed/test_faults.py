"""A bad seed is refused with file, line and column of every fault, in either language, and leaves no trace."""

import re
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.county import fingerprint, outcome
from tests.seed.conftest import Load

from fugong.errors.files import SeedFaults
from fugong.seed.fault_list import MOST_FAULTS

Cases = dict[str, tuple[str | bytes, list[tuple[str, str, str]]]]
"""By what is wrong: a file, and of each fault the place, and the sentence in both languages."""

A = "as_of: 2020-03-12\n"
T = 'teams:\n- {code: "1", name: 第一组, county: 某县}\n'
E = "enterprises:\n- {name: 某县甲厂有限公司, aliases: [油漆厂]}\n- {name: 乙公司}\n"
P = 'problems:\n- {key: p1, team: "1", text: 缺口罩}\n'


def problem(text: str) -> str:
    """A file with one problem, of which the rest is given; its text ends at column 33 of line 5."""
    return f'{A}{T}problems:\n- {{key: p1, team: "1", text: 缺口罩, {text}}}\n'


def activity(text: str) -> str:
    """A file with one activity, of which the rest is given."""
    return f'{A}{T}activities:\n- {{key: a1, role: service, team: "1", text: 送口罩, {text}}}\n'


SHAPES: Cases = {
    "unknown section": (A + "teems:\n- {code: '1', name: 一}\n- {code: '2', name: 二}\n",
        [("3:3", "没有「teems」这一节", "there is no section “teems”")]),
    "unknown section mapping": (A + "campain: {name: 演练}\n",
        [("2:1", "没有「campain」这一节", "there is no section “campain”")]),
    "unknown key": (A + "departments:\n- {name: 甲局, alias: 甲}\n",
        [("3:14", "不认识「alias」这一项，请检查拼写", "“alias” is not known here; check its spelling")]),
    "unknown key nested": (problem("notes: [{text: 已联系, no: 2020-03-12}]"),
        [("5:55", "不认识「no」这一项，请检查拼写", "“no” is not known here; check its spelling")]),
    "missing as_of": (T, [("1:1", "缺少「as_of」", "“as_of” is missing")]),
    "missing name": (A + "departments:\n- {aliases: [甲]}\n", [("3:3", "缺少「name」", "“name” is missing")]),
    "missing two": (A + "problems:\n- {key: p1}\n",
        [("3:3", "缺少「team」", "“team” is missing"),
         ("3:3", "缺少「text」", "“text” is missing")]),
    "missing in a note": (problem("notes: [{on: 2020-03-12}]"), [("5:43", "缺少「text」", "“text” is missing")]),
    "int word": (A + 'teams:\n- {code: "1", name: 一, county: 县, expected_headcount: 八}\n',
        [("3:35", "「expected_headcount」应是整数", "“expected_headcount” must be a whole number")]),
    "int negative": (A + "figures:\n- {key: f, measure: found, value: -1}\n",
        [("3:28", "「value」不能小于 0", "“value” must be 0 or more")]),
    "int half": (A + "figures:\n- {key: f, measure: found, value: 1.5}\n",
        [("3:28", "「value」应是整数", "“value” must be a whole number")]),
    "int large": (A + "figures:\n- {key: f, measure: found, value: 1000000000}\n",
        [("3:28", "「value」不能大于 999999999", "“value” must be 999999999 or less")]),
    "int huge": (A + "figures:\n- {key: f, measure: found, value: " + "9" * 5000 + "}\n",
        [("3:28", "「value」的数字太长", "“value” is too long a number")]),
    "bool": (problem("major: 是"), [("5:35", "「major」应是 true 或 false", "“major” must be true or false")]),
    "date": ("as_of: 3月12日\n",
        [("1:1", "「as_of」应是日期，如 2020-03-12", "“as_of” must be a date, as 2020-03-12")]),
    "date moment": (problem("found_on: 2020-03-12 08:00"),
        [("5:35", "「found_on」应是日期，如 2020-03-12", "“found_on” must be a date, as 2020-03-12")]),
    "as_of null": ("as_of:\n", [("1:1", "「as_of」应是日期，如 2020-03-12", "“as_of” must be a date, as 2020-03-12")]),
    "list text": (A + "departments:\n- {name: 甲局, aliases: 甲}\n",
        [("3:14", "「aliases」应是列表，每项前写一个 -", "“aliases” must be a list, each item after a -")]),
    "item null": (A + "departments:\n- {name: 甲局, aliases: [甲, ~]}\n",
        [("3:27", "「aliases」第 2 项应是一段文字", "item 2 of “aliases” must be text")]),
    "item mapping": (A + "campaign: {name: a, county: b, timeline: [2020-03-12]}\n",
        [("2:43", "「timeline」第 1 项应是若干「名称: 值」",
          "item 1 of “timeline” must be a mapping of names to values")]),
    "text list": (problem("person: [甲, 乙]"), [("5:35", "「person」应是一段文字", "“person” must be text")]),
    "mapping text": (problem("closed: 已解决"),
        [("5:35", "「closed」应是若干「名称: 值」", "“closed” must be a mapping of names to values")]),
    "row text": (A + "departments:\n- 甲局\n- [乙局]\n-\n",
        [("3:3", "「departments」的每一项应是若干「名称: 值」",
          "each item of “departments” must be a mapping of names to values"),
         ("4:3", "「departments」的每一项应是若干「名称: 值」",
          "each item of “departments” must be a mapping of names to values"),
         ("5:2", "「departments」的每一项应是若干「名称: 值」",
          "each item of “departments” must be a mapping of names to values")]),
    "section null": (A + "departments:\n",
        [("2:1", "「departments」应是列表，每项前写一个 -", "“departments” must be a list, each item after a -")]),
    "campaign list": (A + "campaign:\n- {name: 演练, county: 某县}\n",
        [("3:3", "「campaign」不是列表，请去掉前面的 -", "“campaign” is no list; remove the - before it")]),
    "as_of list": ("as_of:\n- 2020-03-12\n",
        [("2:3", "「as_of」不是列表，请去掉前面的 -", "“as_of” is no list; remove the - before it")]),
}  # fmt: skip
"""What is not known or missing, and values of the wrong kind."""

REFERENCES: Cases = {
    "duplicate row": (A + T + 'problems:\n- {key: p1, team: "1", text: 一}\n- {key: p1, team: "1", text: 二}\n',
        [("6:3", "「p1」在文件里出现了两次", "“p1” stands in the file twice")]),
    "duplicate term": (A + "lists:\n  service:\n  - {code: a, zh: 一, en: a}\n  - {code: a, zh: 二, en: b}\n",
        [("5:5", "「service/a」在文件里出现了两次", "“service/a” stands in the file twice")]),
    "duplicate term name": (A + "lists:\n  service:\n  - {code: a, zh: 一, en: a}\n  - {code: b, zh: 一, en: b}\n",
        [("5:15", "「一」已经是服务方式「a」的名称。", "“一” is already a name of the kind of service “a”.")]),
    "duplicate team code": (A + T + '- {code: "01", name: 第二组, county: 某县}\n',
        [("4:4", "「01」已经是帮扶组「1」的名称。", "“01” is already a name of the team “1”.")]),
    "duplicate team name": (A + T + '- {code: "2", name: 第一组, county: 某县}\n',
        [("4:15", "「第一组」已经是帮扶组「1」的名称。", "“第一组” is already a name of the team “1”.")]),
    "name is an alias": (A + E + "- {name: 油漆厂}\n",
        [("5:3", "「油漆厂」已经是企业「某县甲厂有限公司」的名称。",
          "“油漆厂” is already a name of the enterprise “某县甲厂有限公司”.")]),
    "alias is a name": (A + E + "- {name: 丙公司, aliases: [丙, 乙公司]}\n",
        [("5:15", "「乙公司」已经是企业「乙公司」的名称。",
          "“乙公司” is already a name of the enterprise “乙公司”.")]),
    "name differs in width": (A + "departments:\n- {name: A局}\n- {name: ａ 局}\n",
        [("4:3", "「ａ 局」已经是责任单位「A局」的名称。", "“ａ 局” is already a name of the department “A局”.")]),
    "twin milestone": (
        A + "lists:\n  milestones:\n  - {code: union, zh: 工会, en: Union}\n" + E
        + "milestones:\n- {enterprise: 油漆厂, name: union}\n- {enterprise: 甲厂, name: union}\n",
        [("10:3", "「甲厂/union」已经是达标事项「油漆厂/union」的名称。",
          "“甲厂/union” is already a name of the milestone “油漆厂/union”.")]),
    "twin member": (A + T + 'members:\n- {team: "1", name: 张}\n- {team: "1", name: 张}\n',
        [("6:3", "「1/张」在文件里出现了两次", "“1/张” stands in the file twice")]),
    "dangling team": (A + T + '- {code: "2", name: 第二组, county: 某县}\nenterprises:\n- {name: 甲厂, team: "3"}\n',
        [("6:14", "没有帮扶组「3」。现有的组号：1、2。", "There is no team “3”. The teams are: 1, 2.")]),
    "dangling enterprise": (A + T + E + 'problems:\n- {key: p1, team: "1", text: 缺口罩, enterprise: 丁公司}\n',
        [("8:35", "没有叫「丁公司」的企业。相近的有：乙公司。请写出其中一个的全称或简称。",
          "No enterprise is called “丁公司”. Near it: 乙公司. Give one of these names.")]),
    "ambiguous enterprise": (
        A + T + "enterprises:\n- {name: 大甲厂}\n- {name: 小甲厂}\n"
        + 'problems:\n- {key: p1, team: "1", text: 缺口罩, enterprise: 甲厂}\n',
        [("8:35", "「甲厂」可以指：大甲厂、小甲厂。请写得更全一些。",
          "“甲厂” could be: 大甲厂, 小甲厂. Give more of the name.")]),
    "dangling problem": (A + T + P + 'activities:\n- {key: a1, role: service, team: "1", text: 送, problem: p2}\n',
        [("7:48", "没有编号为 p2 的问题。用 fugong list --status all 查看全部。",
          "There is no problem p2. See all with: fugong list --status all")]),
    "dangling milestone": (A + E + "milestones:\n- {enterprise: 乙公司, name: union}\n",
        [("6:21", "达标事项里没有「union」。可以用：—。", "“union” is not on the list “milestone”. Use one of: —.")]),
    "dangling adopters": (
        A + T + 'practices:\n- {name: 做法, adopted_by: {teams: ["1", "2"], enterprises: [丁公司]}}\n',
        [("5:40", "没有帮扶组「2」。现有的组号：1。", "There is no team “2”. The teams are: 1."),
         ("5:60", "没有叫「丁公司」的企业。已有的：fugong enterprise list；新增：fugong enterprise add。",
          "No enterprise is called “丁公司”. See them: fugong enterprise list; add one: fugong enterprise add")]),
    "several in one row": (
        A + T + 'problems:\n- {key: p1, team: "2", text: 缺, enterprise: 丁公司, category: money, '
        + "department: 商务局, assist: [民政局]}\n",
        [("5:13", "没有帮扶组「2」。现有的组号：1。", "There is no team “2”. The teams are: 1."),
         ("5:33", "没有叫「丁公司」的企业。已有的：fugong enterprise list；新增：fugong enterprise add。",
          "No enterprise is called “丁公司”. See them: fugong enterprise list; add one: fugong enterprise add"),
         ("5:50", "问题类别里没有「money」。可以用：—。",
          "“money” is not on the list “problem category”. Use one of: —."),
         ("5:67", "没有叫「商务局」的责任单位。已有的：fugong department list；新增：fugong department add。",
          "No department is called “商务局”. See them: fugong department list; add one: fugong department add"),
         ("5:93", "没有叫「民政局」的责任单位。已有的：fugong department list；新增：fugong department add。",
          "No department is called “民政局”. See them: fugong department list; add one: fugong department add")]),
}  # fmt: skip
"""Rows that stand twice, names that two records claim, and names that lead nowhere."""

VALUES: Cases = {
    "order": (A + T + "departments:\n- {name: 甲局}\n- {name: 乙局}\n",
        [("5:3", "「departments」要写在「teams」之前", "“departments” must stand before “teams”")]),
    "enum": (A + "enterprises:\n- {name: 甲厂, stage: running}\n",
        [("3:14", "「stage」只能是 unknown、stopped、preparing、resumed、full、excluded",
          "“stage” must be one of unknown, stopped, preparing, resumed, full or excluded")]),
    "enum list": (A + T + 'members:\n- {team: "1", name: 张, duties: [leader, boss]}\n',
        [("5:41", "「duties」第 2 项只能是 leader、safety、health、member",
          "item 2 of “duties” must be one of leader, safety, health or member")]),
    "code": (A + "lists:\n  service:\n  - {code: 走访, zh: 走访, en: visit}\n",
        [("4:6", "「code」的写法不对，应是小写字母开头，只含小写字母、数字、- 和 _",
          "“code” must be a small letter, then small letters, digits, - and _")]),
    "team code": (A + "teams:\n- {code: 一, name: 第一组}\n",
        [("3:4", "「code」的写法不对，应是数字，前面可以有字母，如 3、XF3",
          "“code” must be digits, with or without letters before them, as 3 or XF3")]),
    "key": (A + T + 'problems:\n- {key: 口罩, team: "1", text: 缺}\n',
        [("5:4", "「key」的写法不对，应是字母或数字开头，只含英文字母、数字和 . _ / -",
          "“key” must be a letter or digit, then letters, digits and . _ / -")]),
    "quantity": (activity("quantity: 约五百"),
        [("5:50", "「quantity」的写法不对，应是一个数或一个范围，如 1000、400-500",
          "“quantity” must be a number or a range, as 1000 or 400-500")]),
    "rule": (A + "lists:\n  deadlines:\n  - {code: urgent, zh: 急件, en: Urgent, rule: 三天}\n",
        [("4:40", "「rule」的写法不对，应是三位以内的数加 d（天）、m（月）或 wd（工作日），如 7wd",
          "“rule” must be up to three digits and d (days), m (months) or wd (working days), as 7wd")]),
    "control raw": (A + "departments:\n- {name: 甲\x07局}\n",
        [("3:11", "有控制字符 U+0007，请删去", "there is the control character U+0007; remove it")]),
    "newline in a name": (A + 'departments:\n- {name: "甲\\n局"}\n',
        [("3:4", "名称的第 2 个字符是控制字符 U+000A，不能保存。请删去后重试。",
          "Character 2 of the name is the control character U+000A. Remove it and try again.")]),
    "list mark": (A + "departments:\n- {name: 甲局、乙局}\n",
        [("3:4", "名称「甲局、乙局」含有顿号，像是几个名称写在了一起。请分开写，或用 --assist 写协办单位。",
          ("The name “甲局、乙局” holds a 、 and looks like several names. Give them one by one, or use "
           "--assist."))]),
    "list mark in aliases": (A + "departments:\n- {name: 甲局, aliases: [甲, 乙、丙]}\n",
        [("3:27", "名称「乙、丙」含有顿号，像是几个名称写在了一起。请分开写，或用 --assist 写协办单位。",
          "The name “乙、丙” holds a 、 and looks like several names. Give them one by one, or use --assist.")]),
    "unseen": (A + 'departments:\n- {name: "\\u200b"}\n', [("3:4", "名称不能为空。", "The name must not be empty.")]),
    "long name": (A + "departments:\n- {name: " + "甲" * 101 + "}\n",
        [("3:4", "名称有 101 个字，最多 100 个。", "The name has 101 characters; the limit is 100.")]),
    "due before found": (problem("found_on: 2020-03-10, due: 2020-03-09"),
        [("5:57", "时限 2020-03-09 早于发现日期 2020-03-10。",
          "The deadline 2020-03-09 is before the day it was found, 2020-03-10.")]),
    "due": (problem("due: 很快"),
        [("5:35", ("「很快」不是时限。可以写日期（3月20日、下周五、3月底前）、7wd（七个工作日）、3天、一周内、长期，"
                   "或时限列表里的名称。"),
          ("“很快” is not a deadline. Write a date (20 Mar, next Friday), 7wd (working days), 3 days, open, or "
           "the name of a preset."))]),
    "found in the future": (problem("found_on: 2020-03-14"),
        [("5:35", "2020-03-14 还没有到（今天是 2020-03-13）。请写今天或更早的日期。",
          "2020-03-14 has not come yet (today is 2020-03-13). Give today or an earlier day.")]),
    "note in the future": (problem("notes: [{text: 一}, {text: 二, on: 2020-03-14}]"),
        [("5:54", "2020-03-14 还没有到（今天是 2020-03-13）。请写今天或更早的日期。",
          "2020-03-14 has not come yet (today is 2020-03-13). Give today or an earlier day.")]),
    "closed before noted": (problem("notes: [{text: 一, on: 2020-03-13}], closed: {how: 二, on: 2020-03-12}"),
        [("5:71", "1-1 在 2020-03-13 已记录，不能再记 2020-03-12 的销号。请写 2020-03-13 或更晚的日期。",
          ("1-1 was noted on 2020-03-13; closed on 2020-03-12 cannot come before that. Give "
           "2020-03-13 or a later day."))]),
    "cut-off in the future": ("as_of: 2020-03-14\n",
        [("1:1", "2020-03-14 还没有到（今天是 2020-03-13）。请写今天或更早的日期。",
          "2020-03-14 has not come yet (today is 2020-03-13). Give today or an earlier day.")]),
}  # fmt: skip
"""Sections out of order, and values that cannot be."""

YAML: Cases = {
    "alias yaml": (A + "departments:\n- {name: *a}\n",
        [("3:10", "不支持引用 *；以 * 开头的文字要加引号",
          "no aliases * here; put text that begins with * in quotes")]),
    "merge": (A + "departments:\n- {<<: {name: 甲局}}\n",
        [("3:3", "缺少「name」", "“name” is missing"),
         ("3:4", "不支持合并 <<，请写出内容", "no merging with << here; write it out")]),
    "duplicate section": (A + "departments:\n- {name: 甲局}\ndepartments:\n- {name: 乙局}\n",
        [("4:1", "与第 2 行重复，请删去一处", "the same as line 2; remove one of them")]),
    "full-width colon": (A + "campaign:\n  name：演练\n  county: 某县\n",
        [("2:1", "「campaign」应是若干「名称: 值」", "“campaign” must be a mapping of names to values"),
         ("4:9", "这个冒号多余，或上一行的冒号不是半角；带「: 」的文字要加引号",
          "this colon is one too many, or the line above lacks one; put text with “: ” in quotes")]),
    "not UTF-8": (A.encode() + "departments:\n- {name: 甲局}\n".encode("gbk"),
        [("3:10", "这里不是 UTF-8 文字，请把文件另存为 UTF-8 文本",
          "this is not UTF-8; save the file as UTF-8 text")]),
    "spreadsheet": (b"PK\x03\x04\x14\0\x06\0",
        [("1:3", "有控制字符 U+0003，请删去", "there is the control character U+0003; remove it"),
         ("1:4", "有控制字符 U+0004，请删去", "there is the control character U+0004; remove it"),
         ("1:5", "有控制字符 U+0014，请删去", "there is the control character U+0014; remove it"),
         ("1:6", "这里不是 UTF-8 文字，请把文件另存为 UTF-8 文本", "this is not UTF-8; save the file as UTF-8 text")]),
    "empty": ("", [("1:1", "文件里没有内容", "the file has no content")]),
}  # fmt: skip
"""What is no YAML that a seed may have; test_yaml_records.py has the rest."""

CASES = SHAPES | REFERENCES | VALUES | YAML


def faults(load: Load, *texts: str | bytes) -> tuple[int, list[str]]:
    """How many faults a load is refused for, and those it lists, without the file's path."""
    with pytest.raises(SeedFaults) as refusal:
        load(*texts)
    listed = str(refusal.value.params["faults"]).splitlines()
    return refusal.value.params["count"], [re.sub(r"^.*?\.yaml:", "", line) for line in listed]


@pytest.mark.words
@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_every_fault_is_told_with_its_place_in_both_languages_and_nothing_is_written(
    bare: Path, load: Load, monkeypatch: pytest.MonkeyPatch, text: str | bytes, expected: list[tuple[str, str, str]]
) -> None:
    before = fingerprint(bare)
    assert faults(load, text) == (len(expected), [f"{place}: {zh}" for place, zh, _ in expected])
    monkeypatch.setenv("FUGONG_LANG", "en")
    assert faults(load, text) == (len(expected), [f"{place}: {en}" for place, _, en in expected])
    assert fingerprint(bare) == before


def test_all_faults_of_a_file_are_listed_in_the_order_of_its_lines(bare: Path, load: Load) -> None:
    text = (
        "as_of: 2020-03-12\n"
        "campaign: {name: 演练, county: 某县, colour: 红}\n"
        'teams: [{code: "1", name: 第一组}, {code: "1", name: 第二组}, {code: 二, name: ""}]\n'
        "departments: [{name: 甲局, name: 乙局}]\n"
        "problems:\n"
        '- {key: p1, team: "9", text: 缺口罩, major: 大, found_on: 昨天}\n'
        '- {key: p2, team: "9", text: &x 缺口罩, enterprise: 丁公司}\n'
        '- {key: p3, team: "1", text: 缺\x07口罩, due: 很快}\n'
        "others: []\n"
        "figures: [{key: f, measure: found, value: 7}, {key: f, measure: found, value: 七}]\n"
    )
    assert faults(load, text) == (14, [
        "2:34: 不认识「colour」这一项，请检查拼写",
        "3:33: 「1」在文件里出现了两次",
        "3:58: 「code」的写法不对，应是数字，前面可以有字母，如 3、XF3",
        "3:67: 名称不能为空。",
        "4:15: 「departments」要写在「teams」之前",
        "4:26: 与第 4 行重复，请删去一处",
        "6:35: 「major」应是 true 或 false",
        "6:45: 「found_on」应是日期，如 2020-03-12",
        "7:13: 没有帮扶组「9」。现有的组号：1。",
        "7:30: 不支持锚点 &；以 & 开头的文字要加引号",
        "7:38: 没有叫「丁公司」的企业。已有的：fugong enterprise list；新增：fugong enterprise add。",
        "8:31: 有控制字符 U+0007，请删去",
        ("8:36: 「很快」不是时限。可以写日期（3月20日、下周五、3月底前）、7wd（七个工作日）、3天、一周内、长期，"
         "或时限列表里的名称。"),
        "10:72: 「value」应是整数",
    ])  # fmt: skip


# What refers to a row with a fault is no fault


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            A + 'teams:\n- {code: "1", nmae: 第一组}\nenterprises:\n- {name: 甲厂, team: "1"}\n'
            'problems:\n- {key: p1, team: "1", enterprise: 甲厂, text: 缺}\n'
            'activities:\n- {key: a1, role: service, team: "1", problem: p1, enterprises: [甲厂], text: 送}\n',
            ["3:3", "3:15"],
        ),
        (
            A + "lists:\n  categories:\n  - {code: supplies, zh: 物资}\n  milestones:\n"
            f"  - {{code: union, zh: 工会, en: Union}}\n{T}problems:\n"
            '- {key: p1, team: "1", text: 缺, category: supplies}\n'
            "figures:\n- {key: f, measure: milestone, milestone: union, value: 1}\n",
            ["4:5"],
        ),
        (
            A + "departments:\n- {name: 工信局, aliases: 工信}\n- {name: 卫健局}\n" + T + "problems:\n"
            '- {key: p1, team: "1", text: 缺, department: 工信, assist: [工信局, 卫健局]}\n',
            ["3:15"],
        ),
        (
            A + 'enterprises:\n- {name: 某县甲厂有限公司, team: "9"}\npractices:\n'
            "- {name: 做法, adopted_by: {enterprises: [甲厂]}}\n",
            ["3:20"],
        ),
    ],
    ids=["team", "lists", "department", "enterprise without its team"],
)
def test_a_name_that_may_mean_a_row_with_a_fault_is_no_fault_of_its_own(
    bare: Path, load: Load, text: str, place: list[str]
) -> None:
    assert [fault.partition(": ")[0] for fault in faults(load, text)[1]] == place


def test_beside_a_row_with_a_fault_other_names_must_be_known_all_the_same(bare: Path, load: Load) -> None:
    text = A + 'teams:\n- {code: "1"}\nenterprises:\n- {name: 甲厂, team: "1"}\n- {name: 乙厂, team: "2"}\n'
    assert [fault.partition(": ")[0] for fault in faults(load, text)[1]] == ["3:3", "6:14"]


# How it is said


@pytest.mark.parametrize(("language", "more"), [("zh", "……还有 1050 处"), ("en", "… and 1050 more")])
def test_a_hundred_faults_are_listed_and_the_rest_are_counted(
    bare: Path, load: Load, monkeypatch: pytest.MonkeyPatch, language: str, more: str
) -> None:
    monkeypatch.setenv("FUGONG_LANG", language)
    count, listed = faults(load, A + "departments:\n" + "- {name: 甲局, alias: 甲}\n" * 1150)  # more than are kept
    assert (count, len(listed), listed[-1]) == (1150, MOST_FAULTS + 1, more)
    assert [int(fault.partition(":")[0]) for fault in listed[:-1]] == list(range(3, 103))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh",
            (
                "错误：{0} 有 2 处错误，什么也没有写入：\n"
                "{0}:3:4: 「code」的写法不对，应是数字，前面可以有字母，如 3、XF3\n"
                "{0}:3:13: 名称不能为空。\n"
            ),
        ),
        (
            "en",
            (
                "Error: Nothing of {0} was written; faults: 2.\n"
                "{0}:3:4: “code” must be digits, with or without letters before them, as 3 or XF3\n"
                "{0}:3:13: The name must not be empty.\n"
            ),
        ),
    ],
    ids=["zh", "en"],
)
def test_the_command_says_so_on_stderr_with_status_1_and_leaves_no_store(
    store: Path, tmp_path: Path, fugong: Run, language: str, said: str
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(A + 'teams:\n- {code: 一, name: ""}\n', encoding="utf-8")
    assert outcome(fugong("load", str(path), FUGONG_LANG=language)) == (1, "", said.format(path))
    assert list(tmp_path.iterdir()) == [path]


def test_what_stands_in_the_file_cannot_rule_the_terminal(store: Path, tmp_path: Path, fugong: Run) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(A + '"a\\e[31mb": c\nteams:\n- {code: "\\e[31m", name: 一}\n', encoding="utf-8")
    refused = fugong("load", str(path))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert all(line.isprintable() for line in refused.stderr.splitlines())


@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("none.yaml", "错误：读不了 {}：没有这个文件。\n", "Error: Cannot read {}: there is no such file.\n"),
        ("folder", "错误：读不了 {}：它是文件夹。\n", "Error: Cannot read {}: it is a folder.\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be_so(
    store: Path, tmp_path: Path, fugong: Run, name: str, zh: str, en: str
) -> None:
    (tmp_path / "folder").mkdir()
    path = tmp_path / name
    assert outcome(fugong("load", str(path))) == (1, "", zh.format(path))
    assert outcome(fugong("load", str(path), FUGONG_LANG="en")) == (1, "", en.format(path))
    assert not store.exists()


QUOTED = re.compile("「[^」]*」|“[^”]*”")
CODES = re.compile(
    r"true|false|UTF-8|Tab|XF3|U\+[0-9A-F]{4}|fugong [a-z -]+|--assist|\b\d*(?:wd|d|m)\b|KiB"
    r"|只能是 [a-z_、]+|可以用：.*|有的：.*|组号：.*|指：.*|早于.*|如 .*"
)
"""What stands in Latin letters in a Chinese sentence: codes of the file, and names of it."""
NAMES = re.compile(r"Near it: .*|could be: .*|holds a 、")


def test_no_sentence_mixes_the_languages() -> None:
    for _, expected in CASES.values():
        for _, zh, en in expected:
            assert not re.search("[A-Za-z]{2,}", CODES.sub("", QUOTED.sub("", zh))), zh
            assert re.search("[\u4e00-\u9fff]", QUOTED.sub("", zh)), zh
            assert not re.search("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", NAMES.sub("", QUOTED.sub("", en))), en
