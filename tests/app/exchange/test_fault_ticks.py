"""Columns that are ticked for one value each, 男 and 女 or 在职 and 退休, say what a column of that field would."""

from __future__ import annotations

from typing import Any

import pytest

from app.dues.bases import DuesCategory
from app.people.members import MemberStatus, Sex
from tests.app.exchange.bringing import Office, Tweak


def test_ticks_under_the_values_of_sex_status_and_category(office: Office) -> None:
    heads = ["姓名", "男", "女", "正式党员", "预备党员", "在职", "离退休", "入党时间", "党费基数"]
    rows = [["甲一", "√", "", "√", "", "", "√", "2001-07-01", 4000]]
    rows += [["乙二", "", "✓", "", "√", "√", "", "2026-03-01", 5000], ["合计", "1", "1", "1", "1", "1", "1", "", ""]]
    office.takes("members", [heads, *rows])
    assert {name: who.sex for name, who in office.members.items()} == {"甲一": Sex.MALE, "乙二": Sex.FEMALE}
    assert (office.status("甲一"), office.status("乙二")) == (MemberStatus.FULL, MemberStatus.PROBATIONARY)
    assert (office.base("甲一").category, office.base("乙二").category) == (DuesCategory.RETIRED, DuesCategory.EMPLOYED)
    assert not any("一列" in told for told in office.left)


def merged(_: Any, sheet: Any) -> None:
    for at, word in ((1, "性别"), (3, "党员类别")):
        sheet.merge_range(0, at, 0, at + 1, word)


@pytest.mark.parametrize("tweak", [None, merged])
def test_ticks_below_a_heading_of_their_own_in_two_rows(office: Office, tweak: Tweak | None) -> None:
    heads = [["姓名", "性别", "", "党员类别", "", "入党时间"], ["", "男", "女", "正式", "预备", ""]]
    rows = [["甲一", "√", "", "√", "", "2001-07-01"], ["乙二", "", "√", "", "√", "2026-03-01"]]
    office.takes("members", [*heads, *rows], tweak=tweak)
    assert office.names == ["甲一", "乙二"] and office.outcome.faults == []
    assert office.members["乙二"].sex is Sex.FEMALE and office.status("乙二") is MemberStatus.PROBATIONARY


def test_two_ticks_are_wrong_and_other_words_are_no_ticks(office: Office) -> None:
    heads = ["姓名", "男", "女", "退休", "入党时间"]
    office.takes("members", [heads, ["甲一", "√", "√", "2020年3月", "2001-07-01"]])
    assert office.names == [] and office.wrong == [(2, "sex")]
    assert any("退休" in told for told in office.left)
