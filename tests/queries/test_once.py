"""What is taken from the last act alone is what folding all of them comes to, for every act and as of every day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.conftest import Run
from tests.county import lay
from tests.drawing import many
from tests.queries.lives import BEGIN, a_county, acts, at, enter
from tests.queries.test_stability import quietly

from fugong import db
from fugong.queries import once, past
from fugong.queries.as_of import AsOf
from fugong.queries.past import Past

ASKED = (
    "SELECT {} FROM problem ORDER BY uid",
    "SELECT {} FROM problem_assist ORDER BY 1, 2",
    "SELECT {} FROM bounce ORDER BY 1, 2",
    "SELECT {} FROM v_problem ORDER BY uid",
)
_NONE = "SELECT e.subject, e.changes FROM now_event e WHERE 1 = 0"


def told(store: Path | str, day: date, *, folded: bool) -> tuple[int, list[object]]:
    """How many problems are taken from one act as of a day; and all that is said of problems then."""
    with pytest.MonkeyPatch.context() as patch, db.reading(str(store)) as reader:
        if folded:
            patch.setattr(once, "found", lambda *_: _NONE)
        cut = AsOf(day, asked=True, dialect=reader.dialect).settled(reader)
        count = len(list(reader.rows(Past(cut).over("SELECT subject FROM once_problem"))))
        there = past.at(reader, cut)
        return count, [list(there.rows(sql.format("*"))) for sql in ASKED]


ACTS = (
    ["assign", "1-3", "--department", "卫健局", "--due", "2wd", "--assist", "工信局"],
    ["assign", "1-3", "--department", "卫健局"],
    ["note", "1-3", "有进展"],
    ["chase", "1-1"],
    ["extend", "1-1", "--to", "2020-04-02", "--why", "等批文", "--late"],
    ["escalate", "2-1", "--to", "市", "--why", "要跨县协调"],
    ["close", "2-1", "--how", "已消毒"],
    ["verify", "2-2", "--ok", "--satisfaction", "satisfied"],
    ["verify", "2-2", "--fail", "又短缺"],
    ["reopen", "1-2", "--why", "又有"],
    ["void", "1-3", "--why", "误登"],
    ["bounce", "1-1", "--why", "不归我管"],
    ["edit", "1-3", "--text", "流动资金很紧张"],
    ["edit", "1-1", "--on", "2020-03-09"],
)
PLAIN = {"note", "chase", "extend", "escalate", "close", "verify", "reopen", "void"}


@pytest.mark.parametrize("argv", ACTS, ids=lambda argv: " ".join(argv[:4]))
def test_one_act_is_taken_back_as_it_is_folded(store: Path, fugong: Run, argv: list[str]) -> None:
    lay(store)
    done = fugong(*argv, FUGONG_TODAY="2020-03-16")
    assert done.exit_code == 0, done.output
    count, said = told(store, date(2020, 3, 15), folded=False)
    if argv[0] in PLAIN:
        assert count == 1
    assert said == told(store, date(2020, 3, 15), folded=True)[1]


@settings(deadline=None, max_examples=many(10), suppress_health_check=quietly)
@given(drawn=acts)
def test_any_life_is_taken_back_as_it_is_folded(fugong: Run, drawn: list[int]) -> None:
    with a_county() as store:
        done = enter(fugong, store, drawn, 0)
        last = BEGIN.fromisoformat(at(done)).date()
        for back in range(5):
            day = last - timedelta(days=back)
            assert told(store, day, folded=False)[1] == told(store, day, folded=True)[1], day
