"""How far enterprises have resumed (复工阶段): a dated history, of which the last is the stage now."""

from datetime import date

from fugong.domain.history import portable
from fugong.domain.writer import Writer
from fugong.errors.entries import StageGoesBack
from fugong.errors.rules import WhyNeeded
from fugong.store.records import Enterprise, StageChange
from fugong.values import texts
from fugong.values.texts import TEXT
from fugong.vocab import Act, Stage, Words

WHY = Words("原因", "reason")


def begin(
    writer: Writer,
    stage: Stage,
    on: date | None,
    *,
    approximate: bool = False,
    why: str | None = None,
    after: date | None = None,
) -> StageChange:
    """A stage that an enterprise reached on a day; None is since ever, as far as is known.

    It was at its stage before since the day ``after``, if it was at any.

    Raises:
        WhyNeeded: It leaves the count of enterprises that could resume, and nobody says why.
        FutureDate: The day has not come.
        TextTooLong, ControlCharacter: The reason is not fit to be stored.
    """
    reason = texts.clean(why, what=WHY, limit=TEXT, lines=True) if why and why.strip() else None
    if stage is Stage.EXCLUDED and reason is None:
        raise WhyNeeded
    day = writer.past(on, after=after) if on else None
    return StageChange(stage=stage, on_date=day, approximate=approximate, why=reason)


def not_before(enterprise: Enterprise, day: date) -> date:
    """The later of a day and the one on which an enterprise reached the stage that it is at."""
    return max(day, enterprise.stage_on or day)


def advance(
    writer: Writer, enterprise: Enterprise, stage: Stage, on: date, *, approximate: bool = False, why: str | None = None
) -> bool:
    """Let an enterprise reach another stage. One that it is at already keeps its day: it was reached then.

    Returns:
        Whether anything differed.

    Raises:
        StageGoesBack, WhyNeeded, FutureDate, TextTooLong, ControlCharacter: See ``reach``.
    """
    return enterprise.stage is not stage and reach(writer, enterprise, stage, on, approximate=approximate, why=why)


def reach(
    writer: Writer,
    enterprise: Enterprise,
    stage: Stage,
    on: date | None,
    *,
    approximate: bool = False,
    why: str | None = None,
    instead: bool = False,
) -> bool:
    """Let an enterprise reach a stage; if it is there already, correct since when, or why.

    Args:
        writer: The command's writer.
        enterprise: Which one.
        stage: What it reached.
        on: On which day; None is since ever, as far as is known.
        approximate: Whether that day is not exactly known.
        why: Why it is left out of the count, or stopped.
        instead: Let go of what is said to have come on later days, instead of refusing.

    Returns:
        Whether anything differed.

    Raises:
        StageGoesBack: It reached the stage before on a later day.
        WhyNeeded, FutureDate, TextTooLong, ControlCharacter: See ``begin``.
    """
    kept, last = list(enterprise.stages), enterprise.stages[-1] if enterprise.stages else None
    if last and last.stage is stage:
        kept.pop()
        why = why or last.why
    change = begin(writer, stage, on, approximate=approximate, why=why, after=last.on_date if last else None)
    if last and portable(last) == portable(change):
        return False
    while kept and kept[-1].on_date and (on is None or on < kept[-1].on_date):
        later = kept.pop()
        if not instead:
            raise StageGoesBack(enterprise=enterprise.name, stage=later.stage, last=later.on_date)
    changed = {"stages": [*kept, change], "stage": stage, "stage_on": on}
    return writer.change(enterprise, changed, Act.EDIT, on=on, approximate=approximate)
