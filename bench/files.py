"""Synthetic files to read in: a ledger as CSV, and a seed as YAML, of as many problems as wanted."""

import csv
from datetime import timedelta
from pathlib import Path

from bench.facts import TODAY

HEADINGS = ("企业名称", "问题描述", "问题类别", "提出日期", "责任单位", "整改时限", "整改措施", "是否销号", "办结日期")
FIRMS = 400


def table(path: Path, rows: int, firms: int = FIRMS) -> Path:
    """A ledger of closed and open problems of enterprises that every store of ``bench.stores`` has."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(_row(number, firms) for number in range(rows))
    return path


def _row(number: int, firms: int) -> tuple[str, ...]:
    found, closed = TODAY - timedelta(60 - number % 30), number % 10 != 0
    done = ("已调配试验材料", "是", str(found + timedelta(5))) if closed else ("", "否", "")
    return (
        f"试验{number % firms:05}厂",
        f"试验问题{number}：缺少第{number % 97}号试验材料，影响复工，请协调解决",
        f"类别{number % 6}",
        str(found),
        f"试验{number % 60:03}局",
        str(found + timedelta(9)),
        *done,
    )


def seed(path: Path, problems: int) -> Path:
    """A seed with a county of its own, and so many problems."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(
            "as_of: 2020-03-12\n"
            "campaign: {name: 试验复工帮扶, county: 试验县}\n"
            "lists:\n  categories:\n    - {code: kind, zh: 类别, en: Kind, group: check}\n"
            "departments:\n  - {name: 试验局}\n"
            "teams:\n" + "".join(f'  - {{code: "{team}", name: 试验第{team}组}}\n' for team in range(1, 101))
        )
        stream.write("enterprises:\n")
        stream.writelines(f'  - {{name: 试验{firm:05}厂, team: "{firm % 100 + 1}"}}\n' for firm in range(FIRMS))
        stream.write("problems:\n")
        stream.writelines(_entry(number) for number in range(problems))
    return path


def _entry(number: int) -> str:
    closed = "    closed: {how: 已调配试验材料, on: 2020-03-11}\n" if number % 10 else ""
    return (
        f'  - key: bench-{number}\n    team: "{number % 100 + 1}"\n    enterprise: 试验{number % FIRMS:05}厂\n'
        f"    text: 试验问题{number}：缺少第{number % 97}号试验材料，影响复工，请协调解决\n"
        f"    category: kind\n    department: 试验局\n    found_on: 2020-03-{number % 9 + 1:02}\n{closed}"
    )
