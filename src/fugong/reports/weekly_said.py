"""A period beside the one before, in sentences: under the table, and as a paragraph for the work chat."""

from collections.abc import Iterator, Sequence

from fugong.lang import name_of
from fugong.reports.weekly_facts import Both, Facts, Item
from fugong.results.report import Ratio
from fugong.values import ratios
from fugong.values.periods import Compared, Period
from fugong.vocab import Words

MOST = 10
"""How many problems or teams a sentence names at most."""
RANKED = 3
ENOUGH = 5
"""A change of a rate is only stated if both are of at least so many."""

_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def subtitle(facts: Facts) -> Words:
    """Which days are compared: 本周 03-14 周六—03-20 周五，上周 03-07—03-13."""
    compared = facts.compared
    now, before = compared.now, compared.before
    first, last = (f"{day:%m-%d} 周{_WEEKDAYS[day.weekday()]}" for day in now)
    return Words(
        f"{compared.this.zh} {first}—{last}，{compared.last.zh} {before.start:%m-%d}—{before.end:%m-%d}",
        f"{now.start:%a %Y-%m-%d} to {now.end:%a %Y-%m-%d}; {compared.last.en} {before.start:%m-%d} "
        f"to {before.end:%m-%d}",
    )


def printed_days(compared: Compared) -> str:
    """The same in full, as it stands under a title on paper."""
    this, last, now, before = compared.this, compared.last, compared.now, compared.before
    return name_of(
        Words(
            f"{this.zh} {_days_zh(now)}　{last.zh} {_days_zh(before)}",
            f"{this.en}: {now.start} to {now.end}; {last.en}: {before.start} to {before.end}",
        )
    )


def ranking(facts: Facts) -> tuple[Sequence[Both], Sequence[Both]]:
    """The first three teams by what they closed, and the last three of those that had something to close.

    Where there are few teams, none stands in both; among equals, fewer overdue and fewer in hand come first.
    """
    busy = [row for row in facts.teams if row.key[0] is not None and not row.idle]
    ranked = sorted(busy, key=lambda row: (-row.now[0].closed, row.now[1].overdue, row.now[1].in_hand))
    first = [row for row in ranked[:RANKED] if row.now[0].closed]
    return first, ranked[max(len(first), len(ranked) - RANKED) :]


def notes(facts: Facts) -> Iterator[Words]:
    """What stands under the table."""
    compared = facts.compared
    this, last = compared.this.zh, compared.last.zh
    yield Words(
        f"{this}数和比{last}的增减（空白是持平）；按时是{this}有时限的办结里没有逾期的；不满意按回访日期。",
        f"{compared.this.en}, and the change on {compared.last.en} (blank: none). On time: of those closed that had a "
        "deadline. Dissatisfied: by the day of the visit.",
    )
    first, last_ = ranking(facts)
    if first:
        yield _said("办结前三" if len(first) == RANKED else "办结靠前", "Most closed", [_closed(row) for row in first])
    if last_:
        yield _said("靠后", "Behind", [_behind(row) for row in last_])
    if facts.overdue:
        yield _items("逾期", "Overdue", facts.overdue, overdue=True)
    if facts.new:
        yield _items("新增", "New", facts.new)
    if facts.closed:
        yield _items("办结", "Closed", facts.closed)
    if facts.dissatisfied:
        yield _items("不满意", "Dissatisfied", facts.dissatisfied)
    for zh, en, ids in (
        ("重开", "Reopened", facts.moved.reopened),
        ("作废", "Voided", facts.moved.voided),
        ("恢复", "Restored", facts.moved.restored),
    ):
        if ids:
            yield _said(f"{zh} {len(ids)}", f"{en} {len(ids)}", _some([Words(each, each) for each in ids]))


def _said(zh: str, en: str, parts: Sequence[Words]) -> Words:
    return Words(f"{zh}　{'、'.join(each.zh for each in parts)}", f"{en}: {', '.join(each.en for each in parts)}")


def _items(zh: str, en: str, items: Sequence[Item], *, overdue: bool = False) -> Words:
    """Problems by their numbers; the numbers alone are short, so that there may be many."""
    if overdue:
        named = [Words(f"{each.id}（逾 {each.days_over} 天）", f"{each.id} ({each.days_over}d)") for each in items]
        return _said(f"{zh} {len(items)}", f"{en} {len(items)}", _some(named))
    return _said(f"{zh} {len(items)}", f"{en} {len(items)}", _some([Words(each.id, each.id) for each in items], 40))


def _some(parts: Sequence[Words], most: int = MOST) -> list[Words]:
    """The first ones, then how many more."""
    more = len(parts) - most
    return [*parts[:most], *([Words(f"另有 {more} 个", f"{more} more")] if more > 0 else [])]


def _closed(row: Both) -> Words:
    return Words(f"{row.key[2]} {row.now[0].closed}", f"{row.key[2]} {row.now[0].closed}")


def _behind(row: Both) -> Words:
    flow, counts = row.now
    return Words(
        f"{row.key[2]} 办结 {flow.closed}（在办 {counts.in_hand}，逾期 {counts.overdue}）",
        f"{row.key[2]} closed {flow.closed} (in hand {counts.in_hand}, overdue {counts.overdue})",
    )


# The paragraph


def lines(facts: Facts) -> Iterator[Words]:
    """One paragraph, ready for the chat."""
    zh, en = [], []
    for part in _paragraph(facts):
        zh.append(part.zh)
        en.append(part.en)
    yield Words("".join(zh), " ".join(en))


def _paragraph(facts: Facts) -> Iterator[Words]:
    compared, last = facts.compared, facts.compared.last
    (flow, counts), (flow_before, counts_before) = facts.total.now, facts.total.before
    kind = _kind(compared)
    yield Words(f"【{facts.campaign or '复工帮扶'}·{kind.zh}】", f"[{facts.campaign or 'fugong'}: {kind.en}]")
    yield Words(
        f"{_days_zh(compared.now)}，新增问题 {flow.new} 个（{last.zh} {flow_before.new} 个），办结 {flow.closed} 个"
        f"（{last.zh} {flow_before.closed} 个），到{compared.now.end.day}日在办 {counts.in_hand} 个，其中逾期 "
        f"{counts.overdue} 个（{last.zh} {counts_before.overdue} 个）。",
        f"{compared.now.start} to {compared.now.end}: {flow.new} new ({last.en} {flow_before.new}), "
        f"{flow.closed} closed ({last.en} {flow_before.closed}); {counts.in_hand} in hand at the end, "
        f"{counts.overdue} of them overdue "
        f"({last.en} {counts_before.overdue}).",
    )
    if flow.due:
        yield _on_time(facts)
    if facts.dissatisfied:
        names = "、".join(each.id for each in facts.dissatisfied[:MOST])
        count = len(facts.dissatisfied)
        yield Words(f"回访不满意 {count} 个（{names}）。", f"Dissatisfied: {count} ({names.replace('、', ', ')}).")
    first, _ = ranking(facts)
    if first:
        yield _sentence("办结最多", "Most closed", [Words(f"{each.zh} 个", each.en) for each in map(_closed, first)])
    if facts.overdue:
        named = [_whose(each) for each in facts.overdue]
        yield _sentence("逾期", "Overdue", _some(named))
    none = [row.key[2] for row in facts.teams if row.key[0] is not None and not row.idle and not row.now[0].closed]
    if none:
        yield _sentence("没有办结的组", "None closed", _some([Words(name, name) for name in none]))


def _kind(compared: Compared) -> Words:
    if compared.this.zh == "本月":
        return Words("月通报", "monthly report")
    return Words("周报", "weekly report") if compared.this.zh == "本周" else Words("通报", "report")


def _days_zh(period: Period) -> str:
    first, last = period
    begins = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return begins
    if first.year != last.year:
        return f"{begins}至{last.year}年{last.month}月{last.day}日"
    return f"{begins}至{f'{last.month}月' if last.month != first.month else ''}{last.day}日"


def _on_time(facts: Facts) -> Words:
    flow, before = facts.total.now[0], facts.total.before[0]
    now, then = Ratio(flow.on_time, flow.due), Ratio(before.on_time, before.due)
    last = facts.compared.last
    told = min(now.whole, then.whole) >= ENOUGH
    zh = f"（{last.zh} {ratios.percent(then.rate)}）" if told else ""
    en = f" ({last.en} {ratios.percent(then.rate)})" if told else ""
    return Words(
        f"有时限的办结 {now.whole} 个中按时 {now.part} 个，按时率 {ratios.percent(now.rate)}{zh}。",
        f"Of {now.whole} closed with a deadline {now.part} were on time, {ratios.percent(now.rate)}{en}.",
    )


def _whose(item: Item) -> Words:
    to = item.department
    return Words(
        f"{item.id} {item.firm}（{to or '未交办'}）",
        f"{item.id} {item.firm} ({to or 'not assigned'})",
    )


def _sentence(zh: str, en: str, parts: Sequence[Words]) -> Words:
    return Words(f"{zh}：{'、'.join(each.zh for each in parts)}。", f"{en}: {', '.join(each.en for each in parts)}.")
