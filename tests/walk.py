"""Every help page, every listing and every way to go wrong, in the language of this process.

Help texts are fixed when the commands are imported, so each language needs a process of its own:
``python -m tests.walk FOLDER`` walks through all of them in one, on a store in that folder, and prints as JSON
what each command line said. test_languages.py reads it.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from tests.county import SEED, lay
from tests.imports.sheets import books
from tests.stores import lay_older
from typer.testing import CliRunner

from fugong.cli import app

NOUNS = ("team", "member", "enterprise", "department", "activity", "milestone", "practice", "figure")

EXPORTS = ("ledger", "lists", "progress", "enterprises", "activities", "milestones", "figures")

REPORTS = [
    ["list", "--status", "all"],
    ["list", "--limit", "1"],
    *(
        ["progress", "--by", by]
        for by in ("team", "enterprise", "department", "category", "township", "county", "kind", "milestone")
    ),
    *([noun, "list"] for noun in NOUNS),
    *([noun, "list"] for noun in ("support", "outreach", "inspection")),
    ["inspection", "show", "1-w2"],
    ["inspection", "due", "--every", "1wd"],
    ["milestone", "list", "--enterprise", "甲厂", "--milestone", "approval", "--since", "3月1日"],
    ["milestone", "show", "甲厂", "复工批复"],
    ["practice", "list", "--team", "1"],
    ["practice", "show", "演练"],
    ["department", "show", "工信局"],
    ["figure", "list", "--measure", "found"],
    ["figure", "show", "approval"],
    [
        "activity",
        "list",
        "--enterprise",
        "甲厂",
        "--kind",
        "标语",
        "--since",
        "3月1日",
        "--until",
        "今天",
        "--text",
        "标",
    ],
    ["activity", "show", "1-w1", "2-w1"],
    ["support", "show", "2-w1"],
    ["outreach", "show", "1-w1"],
    ["team", "show", "1"],
    ["team", "list", "--all"],
    ["member", "show", "组员甲"],
    ["member", "show", "组员甲", "--with-personal"],
    ["enterprise", "show", "甲厂"],
    *(["progress", "--rates", "--by", by] for by in ("team", "department", "category")),
    ["progress", "--as-of", "2020-03-12"],
    ["list", "--as-of", "昨天-17:00"],
    ["summary"],
    ["summary", "--format", "table"],
    ["summary", "--as-of", "2020-03-12", "--format", "md"],
    ["chase"],
    ["chase", "--format", "table"],
    ["verify", "--sample", "3", "--seed", "1"],
    ["show", "1-1", "1-2", "1-3"],
    ["find", "甲"],
    ["today"],
    ["today", "--by", "team", "--on", "3月13日"],
    ["store", "info"],
    ["calendar", "show", "2020-01"],
    *(["export", what] for what in EXPORTS),
]

ACTS = [
    ["log", "甲厂", "新问题", "--key", "夜班"],
    ["log", "甲厂", "新问题", "--key", "夜班"],
    ["edit", "1-1", "--category", "finance", "--no-major", "--assist", "", "--source", "enterprise", "--due", "1m"],
    ["edit", "1-1", "--no-major"],
    ["edit", "1-1", "--department", "应急局"],
    ["assign", "1-3", "--department", "工信局"],
    ["assign", "1-3", "--department", "工信局"],
    ["assign", "2-1", "--department", "卫健局", "--due", "7wd"],
    ["calendar", "set", "2020-03-16", "off", "--source", "县里通知"],
    ["calendar", "recheck"],
    ["calendar", "recheck", "--yes"],
    ["calendar", "recheck"],
    ["note", "1-3", "有进展", "--on", "昨天", "--approx"],
    ["edit", "1-3", "--approx"],
    ["close", "1-1", "1-2", "--how", "已解决"],
    ["reopen", "1-2", "1-3", "--why", "又有"],
    ["void", "1-3", "--why", "重复", "--duplicate-of", "1-2"],
    ["void", "1-3", "--why", "重复"],
    ["chase", "2-1", "--by", "电话"],
    ["bounce", "2-1", "--why", "不归我管"],
    ["edit", "2-1", "--due", "2020-03-20"],
    ["extend", "2-1", "--to", "2020-03-31", "--why", "等批文"],
    ["verify", "1-1", "--ok", "--satisfaction", "fairly"],
    ["verify", "1-1", "--ok", "--satisfaction", "fairly"],
    ["verify", "1-1", "--fail", "没有解决"],
    ["report", "-o", "page.html"],
    ["undo", "--dry-run"],
    ["undo"],
    ["redo", "--dry-run"],
    ["redo"],
    ["undo"],
    ["note", "1-1", "已再核实"],
    ["redate", "1-1", "--on", "昨天"],
    ["redate", "1-1", "--on", "昨天", "--act", "记录"],
    ["redact", "2-2", "--field", "text", "--why", "误录"],
    [
        "support",
        "add",
        "甲厂",
        "物资",
        "送口罩",
        "--item",
        "口罩",
        "--quantity",
        "1,000",
        "--unit",
        "只",
        "--key",
        "口罩一",
    ],
    ["support", "add", "甲厂", "物资", "送口罩", "--key", "口罩一"],
    ["support", "edit", "1-w3", "--by", "组员甲", "--from", "工信局", "--problem", "1-1", "--on", "昨天", "--approx"],
    ["support", "edit", "1-w3", "--quantity", "1000"],
    ["inspection", "add", "甲厂", "--fail", "环境卫生=垃圾未清", "--pass-rest", "--by", "组员甲"],
    ["inspection", "add", "甲厂", "--fail", "hygiene＝垃圾还没有清", "--pass", "防控物资", "--on", "今天", "--approx"],
    ["inspection", "edit", "1-w4", "--pass", "hygiene", "--note", "复查合格"],
    ["inspection", "edit", "1-w4", "--pass", "hygiene"],
    ["inspection", "add", "-", "核查台账", "--team", "2", "--kind", "检查"],
    ["outreach", "add", "甲厂", "乙建材", "标语", "换标语", "--guest", "专家甲", "--place", "东厂", "--inferred"],
    ["outreach", "add", "-", "发通知", "--team", "2", "--note", "群里发"],
    ["outreach", "edit", "1-w6", "--enterprise", "-", "--kind", "", "--no-inferred"],
    ["milestone", "add", "乙建材", "党支部", "--pending", "--note", "正在筹建"],
    ["milestone", "add", "乙建材", "党支部", "--on", "昨天", "--approx"],
    ["milestone", "add", "乙建材", "党支部"],
    ["milestone", "edit", "乙建材", "党支部", "--pending", "--no-approx", "--inferred"],
    ["milestone", "edit", "乙建材", "党支部", "--pending"],
    ["department", "add", "城管局", "--alias", "城管", "--inferred", "--note", "新设"],
    ["department", "edit", "城管局", "--name", "城管分局", "--no-alias", "城管"],
    ["department", "edit", "城管分局", "--inferred"],
    [
        "enterprise",
        "add",
        "某县壬厂",
        "--team",
        "10",
        "--alias",
        "壬",
        "--township",
        "甲镇",
        "--site",
        "新厂",
        "--inferred",
    ],
    ["enterprise", "edit", "壬", "--name", "某县癸厂", "--no-alias", "壬", "--below-scale", "--workforce", "30人"],
    ["enterprise", "edit", "壬厂", "--below-scale"],
    ["enterprise", "assign", "癸厂", "--team", "2", "--from", "昨天"],
    ["enterprise", "assign", "癸厂", "--team", "2"],
    ["enterprise", "stage", "癸厂", "preparing", "--on", "昨天", "--approx"],
    ["enterprise", "stage", "癸厂", "excluded", "--why", "检修"],
    ["enterprise", "stage", "癸厂", "excluded"],
    [
        "team",
        "add",
        "11",
        "第十一组",
        "--branch",
        "临时党支部",
        "--unit",
        "工信局",
        "--headcount",
        "3",
        "--expected",
        "2",
    ],
    ["team", "edit", "11", "--name", "第十一帮扶组", "--units-complete", "--note", "新设"],
    ["team", "edit", "11", "--units-complete"],
    ["member", "add", "组员丁", "--team", "11", "--duty", "组长", "--phone", "010-12345678", "--party", "党员"],
    ["member", "edit", "组员丁", "--post", "科长", "--phone", "13800005678", "--party", "activist"],
    ["member", "edit", "组员丁", "--post", "科长"],
    ["member", "retire", "组员丁", "--why", "调离"],
    ["member", "restore", "组员丁"],
    ["team", "retire", "11", "--on", "昨天", "--approx"],
    ["team", "retire", "11"],
    ["team", "restore", "11"],
    ["team", "restore", "11"],
    ["department", "retire", "城管分局"],
    ["department", "restore", "城管分局"],
    ["enterprise", "retire", "癸厂", "--why", "注销"],
    ["enterprise", "retire", "癸厂"],
    ["enterprise", "restore", "癸厂"],
    ["enterprise", "restore", "癸厂"],
    ["progress", "--credit", "current"],
    ["practice", "add", "夜班巡查", "--origin", "甲厂", "--summary", "每晚两次", "--promoted", "3月5日"],
    ["practice", "adopt", "夜班巡查", "甲厂", "乙建材", "--team", "2"],
    ["practice", "adopt", "夜班巡查", "甲厂"],
    ["practice", "adopt", "夜班巡查", "甲厂", "--remove"],
    ["practice", "edit", "夜班巡查", "--name", "夜间巡查", "--promoted", ""],
    ["practice", "edit", "夜间巡查", "--name", "夜间巡查"],
    ["figure", "add", "解决问题", "3", "--team", "1", "--unit", "个", "--as-of", "昨天", "--source", "县里通报"],
    ["figure", "add", "milestone", "2", "--milestone", "复工批复", "--key", "批复数"],
    ["figure", "add", "milestone", "2", "--milestone", "复工批复", "--key", "批复数"],
    ["figure", "edit", "批复数", "--value", "3", "--team", "2"],
    ["figure", "edit", "批复数", "--value", "3"],
    ["nil", "--team", "10"],
    ["nil", "--team", "10"],
    ["publish", "--name", "周报"],
    ["publish", "--name", "周报"],
    ["reconcile", "周报"],
    ["store", "set", "yellow_days", "3"],
    ["log", "甲厂", "夜里", "（又）", "停电"],
    ["import", "ledger.csv", "--dry-run"],
    ["import", "ledger.csv"],
    ["import", "ledger.csv"],
    ["import", "edited.csv", "--keep-unknown"],
    ["import", "--template", "empty.xlsx"],
    ["import", "--template", "firms.xlsx", "--kind", "enterprises"],
    ["load", "changed.yaml"],
    ["store", "check"],
    ["store", "backup", "copy.db"],
    ["store", "backup", "--keep", "1"],
    ["store", "backup", "--keep", "1"],
    ["--store", "second.db", "store", "restore", "copy.db"],
    ["--store", "second.db", "store", "restore", "copy.db", "--force"],
    ["store", "export", "all.jsonl"],
    ["--store", "third.db", "store", "import", "all.jsonl"],
    ["--store", "older.db", "store", "upgrade"],
    ["--store", "older.db", "store", "upgrade"],
    ["--store", "earlier.db", "log", "甲厂", "新问题"],
]
"""What is done between the two readings, with everything that is remarked on when nothing changes."""
PORTABLE = [argv for argv in ACTS if not {"--store", "backup"} & set(argv)]
"""Those that ask for nothing but a store, wherever it is kept."""

USAGE = [
    [],
    ["team"],
    ["store"],
    ["不存在"],
    ["lisst"],
    ["team", "lst"],
    ["log"],
    ["log", "甲厂"],
    ["note"],
    ["close", "1-1"],
    ["close", "--how", "好"],
    ["void", "1-1"],
    ["assign", "1-1"],
    ["enterprise", "stage", "甲厂", "坏"],
    ["progress", "--credit", "坏"],
    ["team", "show"],
    ["store", "restore"],
    ["store", "backup", "--keep", "0"],
    ["store", "set", "yellow_days"],
    ["load"],
    ["close", "1-1", "--how"],
    ["--store"],
    ["--store", "none.db"],
    ["list", "--sorted"],
    ["close", "1-1", "--hw", "好"],
    ["note", "1-1", "-好"],
    ["log", "甲厂", "新", "--major=1"],
    ["list", "--status", "坏"],
    ["list", "--light", "蓝"],
    ["calendar", "set", "2020-03-16", "坏", "--source", "通知"],
    ["progress", "--by", "天"],
    ["list", "--format", "表"],
    ["list", "--header", "三"],
    ["log", "甲厂", "新", "--source", "无"],
    ["list", "--limit", "0"],
    ["export"],
    ["export", "报表"],
    ["export", "progress", "--status", "open"],
    ["export", "ledger", "--encoding", "gbk"],
    ["import", "ledger.csv", "--kind", "坏"],
    ["import", "ledger.csv", "--year", "3"],
    ["list", "--limit", "三"],
    ["team", "list", "多余"],
    ["extend", "1-1"],
    ["bounce", "1-1"],
    ["verify", "1-1", "--satisfaction", "坏"],
    ["report"],
    ["support", "add", "甲厂", "物资"],
    ["outreach", "add", "标语"],
    ["activity", "show"],
    ["milestone", "add", "甲厂"],
    ["practice", "adopt"],
    ["figure", "add", "found", "多"],
    ["figure", "add", "found", "-1"],
]

REFUSALS = [
    ["log", "-", "无组"],
    ["log", "丙丁", "新"],
    ["log", "庚公司", "新"],
    ["log", "甲", "新"],
    ["log", "甲厂", ""],
    ["log", "甲厂", "字" * 4001],
    ["log", "甲厂", "响\a铃"],
    ["log", "甲厂", "新", "--team", "9"],
    ["log", "甲厂", "新", "--category", "坏"],
    ["log", "甲厂", "新", "--department", "庚局"],
    ["log", "甲厂", "新", "--on", "哪天"],
    ["log", "甲厂", "新", "--on", "2020-04-01"],
    ["log", "甲厂", "新", "--due", "某一天"],
    ["log", "甲厂", "新", "--due", "2020-03-01"],
    ["log", "甲厂", "新", "--solved"],
    ["log", "甲厂", "新", "--how", "好"],
    ["edit", "2-1"],
    ["edit", "1-2", "--on", "2020-03-13"],
    ["assign", "2-2", "--department", "工信局"],
    ["note", "1-3", "新"],
    ["note", "1-3"],
    ["close", "1-3", "--how", "好"],
    ["close", "9-9", "8-8", "--how", "好"],
    ["redate", "2-1", "--act", "void", "--on", "昨天"],
    ["redact", "2-2", "--field", "item", "--why", "误录"],
    ["redate", "2-1", "--act", "assign", "--on", "昨天"],
    ["close", "第一个", "--how", "好"],
    ["close", "2-1", "--how", " "],
    ["close", "2-1", "--how", "好", "--on", "2020-03-01"],
    ["reopen", "2-2", "--why", ""],
    ["void", "2-1", "--why", "重复", "--duplicate-of", "2-1"],
    ["chase", "2-2", "--by", "电话"],
    ["extend", "2-1", "--to", "2020-03-01", "--why", "等批文"],
    ["extend", "1-2", "--to", "5wd", "--why", "等批文"],
    ["bounce", "2-1", "--why", "不归我管"],
    ["verify"],
    ["verify", "1-1"],
    ["verify", "2-1", "--ok"],
    ["undo"],
    ["redo"],
    ["progress", "--rates", "--by", "kind"],
    ["reconcile", "没有的"],
    ["reconcile", "周报", "--found", "1"],
    ["publish", "--name", "周报", "--as-of", "2020-03-11"],
    ["list", "--as-of", "哪天"],
    ["progress", "--as-of", "2020-03-14"],
    ["support", "add", "-", "物资", "送口罩"],
    ["support", "add", "甲厂", "无", "送口罩"],
    ["support", "add", "甲厂", "物资", "送口罩", "--quantity", "若干"],
    ["outreach", "add", "甲厂", "丙丁水泥", "标语", "换标语"],
    ["inspection", "add", "甲厂"],
    ["inspection", "add", "-", "--team", "2", "--pass-rest"],
    ["inspection", "add", "甲厂", "--fail", "环境卫生"],
    ["inspection", "add", "甲厂", "--pass", "资金周转"],
    ["inspection", "add", "甲厂", "--pass", "hygiene", "--pass", "环境卫生"],
    ["inspection", "edit", "1-w2"],
    ["inspection", "due", "--every", "常常"],
    ["milestone", "show", "戊厂", "党支部"],
    ["milestone", "add", "甲厂", "厂史馆"],
    ["milestone", "edit", "甲厂", "复工批复"],
    ["milestone", "edit", "甲厂", "党支部", "--pending"],
    ["practice", "show", "做法"],
    ["practice", "show", "没有的"],
    ["department", "add", "工信局"],
    ["department", "edit", "工信局"],
    ["department", "edit", "工信局", "--no-alias", "城管"],
    ["team", "add", "01", "另一组"],
    ["team", "add", "甲", "另一组"],
    ["team", "add", "12", "第一组"],
    ["team", "edit", "1"],
    ["team", "retire", "1"],
    ["member", "add", "组员甲", "--team", "1"],
    ["member", "add", "组员己", "--team", "1", "--phone", "138abc"],
    ["member", "edit", "组员甲"],
    ["member", "show", "组员壬"],
    ["enterprise", "add", "油漆厂"],
    ["enterprise", "edit", "甲厂"],
    ["enterprise", "assign", "癸厂", "--team", "1", "--from", "3月1日"],
    ["enterprise", "stage", "癸厂", "full", "--on", "3月1日"],
    ["enterprise", "stage", "甲厂", "excluded"],
    ["enterprise", "retire", "甲厂"],
    ["progress", "--by", "category", "--credit", "current"],
    ["practice", "add", "演练做法"],
    ["practice", "adopt", "演练做法"],
    ["practice", "edit", "演练做法"],
    ["figure", "add", "好坏", "1"],
    ["figure", "add", "milestone", "1"],
    ["figure", "add", "found", "1", "--as-of", "2020-04-01"],
    ["figure", "show", "没有"],
    ["figure", "edit", "found"],
    ["outreach", "edit", "1-w1"],
    ["outreach", "edit", "2-w1", "--note", "新"],
    ["activity", "show", "1-w9"],
    ["activity", "show", "1-1"],
    ["activity", "list", "--kind", "无"],
    ["show", "9-9"],
    ["team", "show", "9"],
    ["enterprise", "show", "丙丁"],
    ["enterprise", "show", "庚公司"],
    ["store", "init"],
    ["store", "set", "colour", "1"],
    ["store", "set", "timezone", "某地"],
    ["store", "set", "yellow_days", "99"],
    ["store", "backup", "taken.csv"],
    ["store", "restore", "copy.db"],
    ["store", "restore", "none.db"],
    ["--store", "none.db", "store", "restore", "taken.csv"],
    ["--store", "none.db", "store", "restore", "damaged.db"],
    ["store", "import", "all.jsonl"],
    ["store", "import", "none.jsonl"],
    ["--store", "none.db", "store", "import", "taken.csv"],
    ["--store", "none.db", "store", "import", "earlier.jsonl"],
    ["store", "export", "taken.csv"],
    ["--store", "none.db", "store", "check"],
    ["calendar", "show", "三月"],
    ["list", "-o", "taken.csv"],
    ["list", "-o", "清单.甲"],
    ["list", "-o", "none/list.csv"],
    ["list", "-o", ".", "--format", "csv"],
    ["list", "--encoding", "gb18030"],
    ["export", "ledger", "-o", "a.xlsx", "--encoding", "utf-8"],
    ["export", "ledger", "--team", "9"],
    ["export", "lists", "--since", "哪天"],
    ["report", "-o", "page.html"],
    ["report", "-o", "page.txt"],
    ["load", "none.yaml"],
    ["load", "."],
    ["load", "broken.yaml"],
    ["load", "faulty.yaml"],
    ["import"],
    ["import", "none.csv"],
    ["import", "taken.csv"],
    ["import", "faults.csv"],
    ["import", "ledger.csv", "--encoding", "坏"],
    ["import", "ledger.csv", "--map", "坏"],
    ["import", "ledger.csv", "--create", "坏"],
    ["import", "page.xls"],
    ["import", "renamed.csv"],
    ["import", "sheets.xlsx"],
    ["import", "sheets.xlsx", "--sheet", "无"],
    ["import", "--template", "taken.csv"],
    ["--store", "none.db", "list"],
    ["--store", "taken.csv", "list"],
    ["--store", "empty.db", "list"],
    ["--store", ".", "list"],
    ["--store", "damaged.db", "list", "--status", "all"],
    ["--store", "newer.db", "list"],
    ["--store", "mysql://localhost/db", "list"],
    ["--store", "none.db", "log", "甲厂", "新"],
    ["--store", "none.db", "list", "--format", "json"],
]

FINDINGS = [["--store", "tampered.db", "store", "check"]]
"""What runs fine and finds something."""

FAULTY = """\
as_of: 2020-13-01
campaign: {name: 演练, county: 某县, colour: 红}
lists: {categories: [{code: 坏, zh: 好, en: Good}, {code: a, zh: 好, en: Good, group: 无}]}
teams: [{code: "1", name: "", expected_headcount: 多}, {code: "1", name: 第一组}, {code: "2"}]
enterprises: [{name: 己厂, team: "7", stage: 停, above_scale: 对}, {name: "庚、辛"}]
problems: [{key: p, team: "1", text: 新, closed: 好, notes: {text: 好}, found_on: 昨天}]
figures: [{key: f, measure: found, value: -1}]
teams: []
others: []
"""


CHANGED = {
    "category: supplies": "category: hygiene",
    "department: 工信局\n    assist": "department: 卫健局\n    assist",
    "stage: preparing": "stage: resumed",
    "text: 厂区未消毒": "text: 厂区未消毒三天",
}
"""What another edition of the seed says; some of it was changed in the store meanwhile."""


LEDGER = """\
填报单位：第一组 填报日期：2020-03-12
企业,问题,发现日期,责任单位,整改措施,整改时限,是否销号,办结日期,分机
甲厂,夜班无人,3月5日,工信局,已排班,立行立改,是,,8
甲厂,冬煤不足,3月6日,卫健局,,7个工作日,否,,
甲厂,门岗无人,,,,,,,
"""
"""A ledger as an office keeps it."""

EDITED = LEDGER.replace("卫健局,,7个工作日,否", "应急局,已报计划,3月底前,否").replace("甲厂,门岗", "油漆厂,门岗")

FAULTS = """\
企业,问题,发现日期,责任单位,整改时限,是否销号,办结日期,来源,状态
庚公司,,13月1日,庚局,尽快,也许,,天上,看看
丙丁,水,2020-04-01,,,,,,
甲厂,一,2020-03-05,,,是,2020-03-01,,
戊厂,二,3月5日,,,,,,
戊厂,三,2020-03-05,,,,,,
甲厂,四,3.1,,,,,,
甲厂,1.2E+17,2020-03-05,,,,,,
甲厂,五,2020-03-05,工信局,,,,,
甲厂,五,2020-03-05,卫健局,,,,,
"""


def edition() -> str:
    """The other edition."""
    text = SEED.read_text(encoding="utf-8")
    for old, new in CHANGED.items():
        text = text.replace(old, new)
    return text


def prepare(folder: Path) -> Path:
    """The files that the walk needs, and the store."""
    (folder / "changed.yaml").write_text(edition(), encoding="utf-8")
    (folder / "taken.csv").write_text("某县乙建材有限公司\n" * 100, encoding="utf-8")
    (folder / "empty.db").touch()
    for name, text in (("ledger.csv", LEDGER), ("edited.csv", EDITED), ("faults.csv", FAULTS)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "page.xls").write_text("<html></html>", encoding="utf-8")
    table = [line.split(",") for line in LEDGER.splitlines()]
    books(folder / "sheets.xlsx", {"三月": (table, ()), "四月": (table, ())})
    (folder / "renamed.csv").write_bytes((folder / "sheets.xlsx").read_bytes())
    (folder / "broken.yaml").write_text("as_of: [\n", encoding="utf-8")
    (folder / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    (folder / "earlier.jsonl").write_text('{"format": "fugong store", "schema": 1}\n', encoding="utf-8")
    for name in ("older.db", "earlier.db"):
        lay_older(folder / name)
    store = lay(folder / "store.db")
    image = store.read_bytes()
    (folder / "damaged.db").write_bytes(image[:4096] + b"\xff" * (len(image) - 4096))
    (folder / "tampered.db").write_bytes(image.replace("厂区未消毒".encode(), "厂区已消毒".encode()))
    (folder / "newer.db").write_bytes(image[:60] + (99).to_bytes(4, "big") + image[64:])
    return store


def helps(command: Any, words: tuple[str, ...] = ()) -> Iterator[list[str]]:
    """The command lines that ask for the help of a command and of all below it."""
    yield [*words, "--help"]
    for name, child in getattr(command, "commands", {}).items():
        yield from helps(child, (*words, name))


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its words."""
    command = typer.main.get_command(app) if command is None else command
    if not hasattr(command, "commands"):
        yield path, command
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))


def formatted(reports: list[list[str]]) -> list[list[str]]:
    """Reports in every format for people."""
    return [[*report, "--format", fmt] for report in reports for fmt in ("table", "plain", "csv", "md")]


def walk() -> Iterator[dict[str, Any]]:
    """What every command line said."""
    groups = {
        "help": list(helps(typer.main.get_command(app))),
        "report": formatted(REPORTS),
        "act": ACTS,
        "usage": USAGE,
        "refusal": REFUSALS,
        "finding": FINDINGS,
        "report again": formatted([["list", "--status", "all"], ["show", "1-1", "1-2", "1-3"], ["enterprise", "list"]]),
        "report at last": formatted(
            [
                ["activity", "show", "1-w3", "1-w4"],
                ["inspection", "list"],
                ["milestone", "show", "乙建材", "党支部"],
                ["practice", "show", "夜间"],
                ["enterprise", "show", "癸厂"],
                ["figure", "show", "批复数"],
            ]
        ),
    }
    for group, lines in groups.items():
        for argv in lines:
            result = CliRunner().invoke(app, argv, prog_name="fugong")
            yield {
                "group": group,
                "argv": argv,
                "status": result.exit_code,
                "stdout": result.stdout,
                "stderr": result.stderr,
            }


if __name__ == "__main__":
    os.environ["FUGONG_STORE"] = str(prepare(Path(sys.argv[1])))
    os.chdir(sys.argv[1])
    sys.stdout.write(json.dumps(list(walk())))
