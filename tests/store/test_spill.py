import pytest

from fugong.errors.files import CannotWrite
from fugong.store.spill import Memo


def test_texts_come_back_by_their_key_in_the_order_of_their_coming() -> None:
    memo = Memo()
    for key, said in (("甲", "第一"), (-(2**63), "负"), ("乙", "别的"), ("甲", "第二"), (2**63 - 1, "正")):
        memo.add(key, said)
    assert memo.of("甲") == ["第一", "第二"]
    assert [memo.of(key) for key in (-(2**63), 2**63 - 1, "丙")] == [["负"], ["正"], []]


def test_a_number_and_a_text_of_its_digits_are_two_keys() -> None:
    memo = Memo()
    memo.add(1, "数")
    memo.add("1", "字")
    assert (memo.of(1), memo.of("1")) == (["数"], ["字"])


def test_no_memo_knows_what_another_was_told() -> None:
    one, other = Memo(), Memo()
    one.add("甲")
    assert (one.of("甲"), other.of("甲")) == ([""], [])


def test_where_there_is_no_room_it_says_so() -> None:
    memo = Memo()
    memo._database.execute("PRAGMA max_page_count = 50")
    with pytest.raises(CannotWrite) as refusal:
        list(map(memo.add, range(10_000), ["别的" * 100] * 10_000))
    assert refusal.value.params["reason"].en == "the disk is full; nothing was written"
