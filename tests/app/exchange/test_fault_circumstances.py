"""Who is floating or lost by a roster: registered where it says so, told where it says it without a day."""

from __future__ import annotations

import pytest

from app.people.circumstances import Circumstance, CircumstanceKind
from tests.app.exchange.bringing import Office


@pytest.mark.parametrize("said", ["是", "√", "流动党员", "1", "有"])
def test_who_is_floating_is_registered_however_yes_is_written(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间", "是否流动党员"], ["甲一", "2001.7", "2002.7", said]])
    assert [fact.kind for fact in office.ledger[Circumstance].all()] == [CircumstanceKind.FLOATING]
    assert office.outcome.faults == []


@pytest.mark.parametrize("said", ["否", "无", "/", "×", ""])
def test_who_is_not_floating_is_not(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间", "流动党员"], ["甲一", "2001.7", "2002.7", said]])
    assert office.ledger[Circumstance].all() == [] and office.outcome.faults == []


def test_who_is_lost_is_registered_with_the_day_and_told_without(office: Office) -> None:
    head = ["姓名", "入党时间", "转正时间", "是否为失联党员", "失去联系日期"]
    rows = [["甲一", "2001.7", "2002.7", "是", "2024-05-06"], ["乙二", "2001.7", "2002.7", "是", ""]]
    office.takes(
        "members", [head, *rows, ["丙三", "2001.7", "2002.7", "否", ""], ["丁四", "2001.7", "2002.7", "不清楚", ""]]
    )
    (lost,) = office.ledger[Circumstance].all()
    assert (lost.member, lost.kind) == (office.members["甲一"].id, CircumstanceKind.OUT_OF_CONTACT)
    assert str(lost.since) == "2024-05-06"
    assert [fault.number for fault in office.outcome.faults] == [3, 5]
    assert office.says("没有写从哪天起失联") and office.says("看不出是还是否")
