"""姓氏笔画: the order of names on a ballot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.strokes import by_strokes, unknown


def ordered(*names: str) -> list[str]:
    return by_strokes(names, str)


def test_fewer_strokes_come_first() -> None:
    assert ordered("戴一", "李一", "王一", "丁一", "黄一", "马一") == ["丁一", "马一", "王一", "李一", "黄一", "戴一"]


def test_as_many_strokes_go_by_the_first_stroke_across_down_left_dot_turn() -> None:
    """Five strokes: 石 begins 横, 卢 竖, 白 撇, 冯 点, 司 折."""
    assert ordered("司一", "冯一", "白一", "卢一", "石一") == ["石一", "卢一", "白一", "冯一", "司一"]
    assert ordered("张一", "李一", "吴一", "何一", "沈一") == ["李一", "吴一", "何一", "沈一", "张一"]


def test_the_same_surname_goes_by_the_given_name_and_a_short_name_comes_first() -> None:
    assert ordered("王明华", "王明", "王一德", "王丁") == ["王一德", "王丁", "王明", "王明华"]


def test_a_character_nobody_has_counted_comes_last_and_is_told() -> None:
    assert ordered("\U0003106c一", "戴一") == ["戴一", "\U0003106c一"]
    assert unknown("王\U0003106c") == "\U0003106c" and unknown("欧阳德") == "" == unknown("阿依·古丽")


@given(st.lists(st.text("王李张刘陈杨丁欧阳", max_size=4)), st.randoms())
def test_the_order_does_not_depend_on_where_one_stood(names: list[str], random) -> None:
    shuffled = random.sample(names, len(names))
    assert ordered(*shuffled) == ordered(*names)


@given(st.lists(st.text(max_size=4)))
def test_nobody_is_lost(names: list[str]) -> None:
    assert sorted(ordered(*names)) == sorted(names)
