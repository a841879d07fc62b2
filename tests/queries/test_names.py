"""Which record a name means: resolved by the rules, or refused with what comes near, and never guessed."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import command
from tests.drawing import drawn

from fugong import db
from fugong.domain import problems, roster
from fugong.domain.derived import sort_key
from fugong.domain.roster import campaign
from fugong.domain.writer import Writer
from fugong.errors import Refusal
from fugong.errors.names import (
    AmbiguousName,
    BadId,
    NameTaken,
    NearName,
    UnknownName,
    UnknownProblem,
    UnknownTeam,
    UnknownTerm,
)
from fugong.queries import names, numbers
from fugong.store.records import EnterpriseAlias
from fugong.values import texts
from fugong.vocab import CategoryGroup, Kind, ListName


@pytest.fixture
def writer(empty_store: Path) -> Iterator[Writer]:
    with command(empty_store) as opened:
        yield opened


def enterprise(writer: Writer, given: str) -> str:
    """The name of the enterprise that is meant."""
    return roster.find_enterprise(writer.session, given).name


def department(writer: Writer, given: str) -> str:
    return roster.find_department(writer.session, given).name


def said(refused: pytest.ExceptionInfo[Refusal]) -> tuple[str, str]:
    return refused.value.sentence(chinese=True), refused.value.sentence(chinese=False)


# The order of resolution


def test_a_full_name_means_its_enterprise(writer: Writer) -> None:
    roster.add_enterprise(writer, "某县甲乙化工有限公司")
    assert enterprise(writer, "某县甲乙化工有限公司") == "某县甲乙化工有限公司"


def test_an_alias_means_its_enterprise(writer: Writer) -> None:
    roster.add_enterprise(writer, "某县甲乙化工有限公司", aliases=["油漆厂", "甲乙"])
    assert {enterprise(writer, name) for name in ("油漆厂", "甲乙")} == {"某县甲乙化工有限公司"}


def test_a_core_name_means_its_enterprise_with_any_place_and_form(writer: Writer) -> None:
    campaign.add_campaign(writer, name="行动", county="某县", places=["某"])
    roster.add_enterprise(writer, "山西某县甲乙化工有限责任公司")
    for name in ("甲乙化工", "甲乙化工有限公司", "某县甲乙化工", "山西甲乙化工集团有限公司", "山西省某县甲乙化工公司"):
        assert enterprise(writer, name) == "山西某县甲乙化工有限责任公司"


def test_names_resolve_without_a_campaign_that_knows_the_places(writer: Writer) -> None:
    roster.add_enterprise(writer, "某县甲乙化工有限公司")
    assert enterprise(writer, "某县甲乙化工") == "某县甲乙化工有限公司"


def test_a_part_of_one_core_name_means_its_enterprise(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙丙丁化工有限公司", aliases=["油漆总厂"])
    for part in ("甲乙", "乙丙", "丁化工", "漆总"):
        assert enterprise(writer, part) == "甲乙丙丁化工有限公司"


def test_an_exact_name_wins_over_a_core_and_a_core_over_a_part(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙化工有限公司")
    roster.add_enterprise(writer, "丙丁有限公司", aliases=["甲乙化工集团"])
    roster.add_enterprise(writer, "甲乙有限公司")
    assert enterprise(writer, "甲乙化工集团") == "丙丁有限公司"
    assert enterprise(writer, "甲乙") == "甲乙有限公司"
    assert enterprise(writer, "甲乙集团") == "甲乙有限公司"


def test_an_exact_alias_wins_over_another_enterprises_core(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙有限公司")
    roster.add_enterprise(writer, "丙丁有限公司", aliases=["甲乙"])
    assert enterprise(writer, "甲乙") == "丙丁有限公司"


# Never guessed


def test_a_name_that_lacks_a_character_in_the_middle_is_offered_and_never_taken(writer: Writer) -> None:
    roster.add_enterprise(writer, "宏源二公司")
    with pytest.raises(NearName) as refused:
        enterprise(writer, "宏源公司")
    assert (refused.value.code, refused.value.exit_code) == ("unknown_name", 1)
    assert said(refused) == (
        "没有叫「宏源公司」的企业。相近的有：宏源二公司。请写出其中一个的全称或简称。",
        "No enterprise is called “宏源公司”. Near it: 宏源二公司. Give one of these names.",
    )


def test_two_firms_that_share_a_part_are_both_offered(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲达焦化有限公司")
    roster.add_enterprise(writer, "甲达铁合金有限公司")
    with pytest.raises(AmbiguousName) as refused:
        enterprise(writer, "甲达")
    assert (refused.value.code, refused.value.exit_code) == ("ambiguous_name", 1)
    assert said(refused) == (
        "「甲达」可以指：甲达焦化有限公司、甲达铁合金有限公司。请写得更全一些。",
        "“甲达” could be: 甲达焦化有限公司, 甲达铁合金有限公司. Give more of the name.",
    )


def test_two_firms_with_one_core_are_both_offered(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙有限公司")
    roster.add_enterprise(writer, "甲乙集团")
    with pytest.raises(AmbiguousName) as refused:
        enterprise(writer, "甲乙")
    assert refused.value.params["candidates"] == ["甲乙有限公司", "甲乙集团"]


def test_a_firm_that_a_part_meets_twice_is_one_firm(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙化工有限公司", aliases=["甲乙厂", "老甲乙"])
    assert enterprise(writer, "甲乙") == "甲乙化工有限公司"


def test_only_six_candidates_are_offered(writer: Writer) -> None:
    for number in "一二三四五六七八":
        roster.add_enterprise(writer, f"甲乙{number}厂")
    with pytest.raises(AmbiguousName) as ambiguous:
        enterprise(writer, "甲乙")
    assert ambiguous.value.params["candidates"] == [f"甲乙{number}厂" for number in "一二三四五六"]
    with pytest.raises(NearName) as near:
        enterprise(writer, "甲厂")
    assert len(near.value.params["candidates"]) == 6


def test_a_name_that_is_nearly_spelt_so_is_offered_once(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙丙丁化工有限公司", aliases=["甲乙丙戊化工"])
    roster.add_enterprise(writer, "毫不相干厂")
    with pytest.raises(NearName) as refused:
        enterprise(writer, "甲乙丙己化工")
    assert refused.value.params["candidates"] == ["甲乙丙丁化工有限公司"]


@pytest.mark.parametrize("given", ["毫不相干", "", "  ", "甲" * 60_000])
def test_a_name_with_nothing_near_it_is_refused_with_where_to_look(writer: Writer, given: str) -> None:
    roster.add_enterprise(writer, "乙丙化工有限公司")
    with pytest.raises(UnknownName) as refused:
        enterprise(writer, given)
    assert said(refused) == (
        f"没有叫「{given}」的企业。已有的：fugong enterprise list；新增：fugong enterprise add。",
        f"No enterprise is called “{given}”. See them: fugong enterprise list; add one: fugong enterprise add",
    )


def test_one_character_is_no_part_of_a_name(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙化工有限公司")
    with pytest.raises(NearName) as refused:
        enterprise(writer, "甲")
    assert refused.value.params["candidates"] == ["甲乙化工有限公司"]


def test_one_character_may_be_a_whole_name(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙化工有限公司", aliases=["甲"])
    assert enterprise(writer, "甲") == "甲乙化工有限公司"


def test_a_longer_name_is_not_cut_to_fit(writer: Writer) -> None:
    roster.add_enterprise(writer, "甲乙化工有限公司")
    with pytest.raises(NearName):
        enterprise(writer, "甲乙化工二厂")


# How names are compared


@pytest.mark.parametrize("given", ["ABC化工", "abc化工", "ＡＢＣ化工", " A b C\u3000化工 ", "ＡＢＣ化工有限公司"])
def test_width_case_and_blanks_do_not_count(writer: Writer, given: str) -> None:
    roster.add_enterprise(writer, "Abc化工有限公司")
    assert enterprise(writer, given) == "Abc化工有限公司"


def test_a_name_is_stored_as_it_was_typed(writer: Writer) -> None:
    roster.add_enterprise(writer, " ＡＢＣ 化工（集团）有限公司 ")
    assert enterprise(writer, "abc化工(集团)有限公司") == "ＡＢＣ 化工（集团）有限公司"


@pytest.mark.parametrize("given", ["%%", "__", "甲%", "甲_", "%工", "!%", "!_", "_乙", "!!", "甲!"])
def test_wildcards_of_the_store_mean_nothing_in_a_name(writer: Writer, given: str) -> None:
    roster.add_enterprise(writer, "甲乙化工有限公司")
    with pytest.raises((NearName, UnknownName)):
        enterprise(writer, given)


@pytest.mark.parametrize("mark", ["%", "_", "!", "!%", "%_"])
def test_wildcards_of_the_store_mean_themselves(writer: Writer, mark: str) -> None:
    roster.add_enterprise(writer, f"甲{mark}乙厂")
    roster.add_enterprise(writer, "甲丙乙厂")
    assert enterprise(writer, f"甲{mark}乙") == f"甲{mark}乙厂"


@pytest.mark.parametrize("given", ["甲'乙", '甲"乙', "甲;乙", "甲\\乙", "甲:乙"])
def test_marks_of_sql_mean_themselves(writer: Writer, given: str) -> None:
    roster.add_enterprise(writer, f"{given}厂")
    assert enterprise(writer, given) == f"{given}厂"


# Departments


def test_departments_resolve_by_the_same_rules(writer: Writer) -> None:
    roster.add_department(writer, "某县甲资源局", aliases=["国土局"])
    roster.add_department(writer, "某县乙资源局")
    assert department(writer, "某县甲资源局") == "某县甲资源局"
    assert department(writer, "国土局") == "某县甲资源局"
    assert department(writer, "乙资源") == "某县乙资源局"
    with pytest.raises(AmbiguousName):
        department(writer, "资源局")
    with pytest.raises(NearName) as near:
        department(writer, "甲局")
    assert said(near)[0] == "没有叫「甲局」的责任单位。相近的有：某县甲资源局。请写出其中一个的全称或简称。"
    with pytest.raises(UnknownName) as unknown:
        department(writer, "医院")
    assert said(unknown) == (
        "没有叫「医院」的责任单位。已有的：fugong department list；新增：fugong department add。",
        "No department is called “医院”. See them: fugong department list; add one: fugong department add",
    )


def test_a_department_and_an_enterprise_may_share_a_name(writer: Writer) -> None:
    roster.add_department(writer, "甲水厂")
    roster.add_enterprise(writer, "甲水厂")
    assert department(writer, "甲水厂") == enterprise(writer, "甲水厂") == "甲水厂"


# One owner for a name


@pytest.mark.parametrize("taken", ["甲乙化工有限公司", "油漆厂", " 甲乙化工 有限公司", "油漆厂 "])
def test_two_records_never_answer_to_one_name(writer: Writer, taken: str) -> None:
    roster.add_enterprise(writer, "甲乙化工有限公司", aliases=["油漆厂"])
    for name, aliases in ((taken, []), ("丙厂", [taken])):
        with pytest.raises(NameTaken) as refused:
            roster.add_enterprise(writer, name, aliases=aliases)
        assert (refused.value.code, refused.value.exit_code) == ("name_taken", 1)
        assert said(refused) == (
            f"「{taken}」已经是企业「甲乙化工有限公司」的名称。",
            f"“{taken}” is already a name of the enterprise “甲乙化工有限公司”.",
        )


def test_a_name_that_its_own_record_has_is_free_for_it(writer: Writer) -> None:
    firm = roster.add_enterprise(writer, "甲厂", aliases=["老甲厂"])
    naming = roster.Naming(writer.session)
    naming.must_be_free(Kind.ENTERPRISE, ["甲厂", "老甲厂", "新甲厂"], mine=firm)
    other = roster.add_enterprise(writer, "乙厂")
    with pytest.raises(NameTaken):
        naming.must_be_free(Kind.ENTERPRISE, ["新乙厂", "甲厂"], mine=other)


def test_an_alias_that_is_given_twice_is_kept_once(writer: Writer) -> None:
    firm = roster.add_enterprise(writer, "甲厂", aliases=["Abc", "老甲厂", "ＡＢＣ", "Abc"])
    assert [alias.name for alias in firm.aliases] == ["Abc", "老甲厂"]


def test_aliases_that_are_there_already_stay_as_they_are(writer: Writer) -> None:
    firm = roster.add_enterprise(writer, "甲厂", aliases=["Abc", "老甲厂"])
    kept = roster.Naming(writer.session).aliases(EnterpriseAlias, ["新甲厂", "abc"], have=firm.aliases)
    assert [alias.name for alias in kept] == ["新甲厂", "Abc"]
    assert kept[1] is firm.aliases[0]


# Teams and terms


def add_teams(writer: Writer) -> None:
    for code, name in (("10", "第十组"), ("2", "第二组"), ("XF3", "邻县第三组")):
        roster.add_team(writer, code, name=name, county="某县")


@pytest.mark.words
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("2", "2"),
        ("第二组", "2"),
        ("第二", "2"),
        ("二", "2"),
        ("2组", "2"),
        ("第十帮扶组", "10"),
        ("２", "2"),
        (" 10 ", "10"),
        ("xf3", "XF3"),
        ("ＸＦ３", "XF3"),
        ("邻县 第三组", "XF3"),
    ],
)
def test_a_team_is_found_by_its_code_or_name(writer: Writer, given: str, code: str) -> None:
    add_teams(writer)
    assert roster.find_team(writer.session, given).code == code


@pytest.mark.parametrize("given", ["1", "3", "第三", "", "%"])
def test_an_unknown_team_is_refused_with_the_codes_in_order(writer: Writer, given: str) -> None:
    add_teams(writer)
    with pytest.raises(UnknownTeam) as refused:
        roster.find_team(writer.session, given)
    assert (refused.value.code, refused.value.exit_code) == ("unknown_name", 1)
    assert said(refused) == (
        f"没有帮扶组「{given}」。现有的组号：2、10、XF3。",
        f"There is no team “{given}”. The teams are: 2, 10, XF3.",
    )


def test_a_store_without_teams_offers_none(writer: Writer) -> None:
    with pytest.raises(UnknownTeam) as refused:
        roster.find_team(writer.session, "1")
    assert said(refused)[0] == "没有帮扶组「1」。现有的组号：—。"


def add_terms(writer: Writer) -> None:
    roster.add_term(writer, ListName.CATEGORY, "supplies", zh="防控物资", en="Supplies", grp=CategoryGroup.CHECK)
    roster.add_term(writer, ListName.CATEGORY, "finance", zh="资金", en="Funds")
    roster.add_term(writer, ListName.DEADLINE, "7d", zh="7d", en="a week", rule="7d")
    roster.add_term(writer, ListName.SERVICE, "finance", zh="资金", en="finance")


@pytest.mark.words
@pytest.mark.parametrize("given", ["finance", "资金", "Funds", "FUNDS", "ｆｉｎａｎｃｅ", " 资 金 "])
def test_a_term_is_found_by_its_code_or_either_name_in_its_own_list(writer: Writer, given: str) -> None:
    add_terms(writer)
    found = roster.find_term(writer.session, ListName.CATEGORY, given)
    assert (found.list, found.code, found.rank) == (ListName.CATEGORY, "finance", 1)


def test_an_unknown_term_is_refused_with_its_list_in_order(writer: Writer) -> None:
    add_terms(writer)
    with pytest.raises(UnknownTerm) as refused:
        roster.find_term(writer.session, ListName.CATEGORY, "物资")
    assert (refused.value.code, refused.value.exit_code) == ("unknown_term", 1)
    assert said(refused) == (
        "问题类别里没有「物资」。可以用：supplies（防控物资）、finance（资金）。",
        "“物资” is not on the list “problem category”. Use one of: supplies, finance (Funds).",
    )


def test_a_term_that_is_called_as_its_code_is_offered_once(writer: Writer) -> None:
    add_terms(writer)
    with pytest.raises(UnknownTerm) as refused:
        roster.find_term(writer.session, ListName.DEADLINE, "9d")
    assert said(refused) == (
        "时限里没有「9d」。可以用：7d。",
        "“9d” is not on the list “deadline preset”. Use one of: 7d (a week).",
    )


def test_an_empty_list_offers_none(writer: Writer) -> None:
    with pytest.raises(UnknownTerm) as refused:
        roster.find_term(writer.session, ListName.MILESTONE, "工会")
    assert said(refused)[0] == "达标事项里没有「工会」。可以用：—。"


# Problem ids


def add_problems(writer: Writer) -> None:
    add_teams(writer)
    for code in ("2", "2", "XF3"):
        problems.log_problem(writer, "口罩不足", team=roster.find_team(writer.session, code))


@pytest.mark.words
@pytest.mark.parametrize(
    ("given", "ident"),
    [
        ("2-1", "2-1"),
        (" 2-2 ", "2-2"),
        ("２－２", "2-2"),
        ("2 - 2", "2-2"),
        ("2-02", "2-2"),
        ("XF3-1", "XF3-1"),
        ("xf3-1", "XF3-1"),
    ],
)
def test_a_problem_is_found_by_its_number(writer: Writer, given: str, ident: str) -> None:
    add_problems(writer)
    assert roster.find_problem(writer.session, given).ident == ident


@pytest.mark.words
@pytest.mark.parametrize(
    "given", ["", "2", "2-", "-1", "2-a", "2-1.5", "2-一", "2_1", "2-1234567890", "宏源公司", "--all", "2-1, 2-x"]
)
def test_what_is_no_number_of_a_problem_is_refused_with_its_form(writer: Writer, given: str) -> None:
    with pytest.raises(BadId) as refused:
        roster.find_problem(writer.session, given)
    assert (refused.value.code, refused.value.exit_code) == ("bad_id", 1)
    assert said(refused) == (
        f"「{given}」不是问题编号。编号写作 组号-序号，如 3-2；用 fugong list 查看。",
        f"“{given}” is not a problem id. An id is team-number, as in 3-2; see fugong list.",
    )


@pytest.mark.words
@pytest.mark.parametrize("given", ["2-3", "2-0", "9-1", "XF-31", "2-999999999", "%-1", "'-1"])
def test_a_number_that_no_problem_has_is_refused(writer: Writer, given: str) -> None:
    add_problems(writer)
    with pytest.raises(UnknownProblem) as refused:
        roster.find_problem(writer.session, given)
    assert (refused.value.code, refused.value.exit_code) == ("unknown_problem", 1)
    assert said(refused) == (
        f"没有编号为 {given} 的问题。用 fugong list --status all 查看全部。",
        f"There is no problem {given}. See all with: fugong list --status all",
    )


def test_a_key_that_no_problem_has_is_refused(writer: Writer) -> None:
    with pytest.raises(UnknownProblem):
        roster.find_problem_by_key(writer.session, "k1")


# The rest of the roster


def test_teams_are_in_the_order_of_their_numbers() -> None:
    codes = ["XF10", "10", "9", "XF9", "2", "甲"]
    assert sorted(codes, key=sort_key) == ["2", "9", "10", "XF9", "XF10", "甲"]


def test_the_campaign_is_unknown_until_it_was_entered(writer: Writer) -> None:
    assert campaign.find_campaign(writer.session) is None
    added = campaign.add_campaign(writer, name="行动", county="某县")
    assert campaign.find_campaign(writer.session) is added


def test_an_enterprise_is_looked_after_by_one_team_at_a_time_and_the_past_is_kept(writer: Writer) -> None:
    add_teams(writer)
    second, tenth = (roster.find_team(writer.session, code) for code in ("2", "10"))
    firm = roster.add_enterprise(writer, "甲厂", team=second)
    roster.reassign(writer, firm, tenth, date(2020, 3, 10))
    assert firm.team() is tenth
    assert [(held.team.code, held.from_on, held.to_on) for held in firm.assignments] == [
        ("2", None, date(2020, 3, 10)),
        ("10", date(2020, 3, 10), None),
    ]


def test_an_assignment_that_has_ended_keeps_its_end(writer: Writer) -> None:
    add_teams(writer)
    second, tenth = (roster.find_team(writer.session, code) for code in ("2", "10"))
    firm = roster.add_enterprise(writer, "甲厂", team=second)
    roster.reassign(writer, firm, tenth, date(2020, 3, 10))
    roster.reassign(writer, firm, second, date(2020, 3, 12))
    assert [held.to_on for held in firm.assignments] == [date(2020, 3, 10), date(2020, 3, 12), None]


def test_the_zone_of_the_roster_is_the_stores(writer: Writer) -> None:
    assert roster.zone(writer.session) == "Asia/Shanghai"


def test_an_enterprise_without_a_team_can_be_given_one(writer: Writer) -> None:
    add_teams(writer)
    firm = roster.add_enterprise(writer, "甲厂")
    assert firm.team() is None
    roster.reassign(writer, firm, roster.find_team(writer.session, "2"), date(2020, 3, 10))
    assert (held := firm.team()) is not None
    assert held.code == "2"


# Any set of names


def test_a_reader_and_a_session_resolve_by_the_same_lines(empty_store: Path) -> None:
    with command(empty_store) as writer:
        add_problems(writer)
        add_terms(writer)
        firm = roster.add_enterprise(writer, "甲乙化工有限公司", aliases=["油漆厂"])
        lead = roster.add_department(writer, "某县甲局")
    with db.reading(str(empty_store)) as reader:
        assert names.enterprise(reader.rows, "甲乙") == (firm.id, "甲乙化工有限公司")
        assert names.department(reader.rows, "甲局") == (lead.id, "某县甲局")
        assert names.team(reader.rows, "xf3").name == "邻县第三组"
        assert names.term(reader.rows, ListName.SERVICE, "资金").name == "finance"
        assert numbers.problem(reader.rows, "2-2") == 2


words = st.text("甲乙丙宏源达化工厂a1", min_size=1, max_size=5)
full_names = st.tuples(st.sampled_from(["", "山西", "某县"]), words, st.sampled_from(["", "有限公司", "集团"])).map(
    "".join
)
rosters = st.lists(full_names, min_size=1, max_size=12, unique=True).map(
    lambda drawn: {name: drawn[at + 1 : at + 3] for at, name in enumerate(drawn) if at % 3 == 0}
)
"""Names with up to two aliases each, all of them distinct."""


@pytest.mark.parametrize(
    ("add", "find"),
    [(roster.add_enterprise, roster.find_enterprise), (roster.add_department, roster.find_department)],
)
@drawn(25)
@given(known=rosters, asked=words)
def test_every_name_means_its_own_record_and_no_other_name_is_guessed(
    add: Callable[..., Any], find: Callable[..., Any], known: dict[str, list[str]], asked: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        with db.creating(str(store)):
            pass
        with command(store) as writer:
            for name, aliases in known.items():
                add(writer, name, aliases=aliases)
            assert {given: find(writer.session, given).name for name in known for given in (name, *known[name])} == {
                given: name for name in known for given in (name, *known[name])
            }
            try:
                meant = find(writer.session, asked).name
            except (AmbiguousName, NearName, UnknownName):
                return
            assert any(texts.core(asked) in own for own in (meant, *known[meant]))
