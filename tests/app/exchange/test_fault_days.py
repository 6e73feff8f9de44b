"""Days of rosters as offices write two into one cell, with the right result of each."""

from __future__ import annotations

import pytest

from tests.app.exchange.bringing import Office

BOTH = "2005-06-30 2006-06-30"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("入党日期（预备/正式）", "2005.6.30/2006.6.30"),
        ("入党日期（预备/正式）", "2005/6/30 2006/6/30"),
        ("入党、转正时间", "2005年6月30日、2006年6月30日"),
        ("入党及转正时间", "2005-06-30至2006-06-30"),
        ("入党时间", "2005.6.30入党，2006.6.30转正"),
        ("入党时间", "2006.6.30转正，2005.6.30入党"),
        ("入党时间", "2005.6.30（2006.6.30转正）"),
        ("入党时间", "预备：2005.6.30\n正式：2006.6.30"),
        ("入党时间", "转正2006.6.30；入党2005.6.30"),
    ],
)
def test_both_days_in_one_cell(office: Office, heading: str, cell: str) -> None:
    office.takes("members", [["姓名", heading], ["甲一", cell]])
    member = office.members["甲一"]
    assert f"{member.joined} {member.confirmed}" == BOTH


@pytest.mark.parametrize("cell", ["2005.6.30/2006.6.30", "2005.6.30至2006.6.30"])
def test_two_days_of_which_nothing_says_what_the_second_is(office: Office, cell: str) -> None:
    office.takes("members", [["姓名", "入党时间"], ["甲一", cell]])
    assert office.members["甲一"].confirmed is None
    assert office.says("没有记入") or office.says("写了几天")


def test_a_second_day_too_early_is_asked(office: Office) -> None:
    office.takes("members", [["姓名", "入党、转正时间"], ["甲一", "2005.6.30、2005.8.1"]])
    assert office.names == [] and office.asked == [(2, "joined", "2005-08-01")]
