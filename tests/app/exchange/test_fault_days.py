"""Days of rosters as offices write two into one cell, with the right result of each."""

from __future__ import annotations

import pytest

from app.people.members import MemberStatus
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
        ("入党时间", "2005.6.30入，2006.6.30转"),
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


@pytest.mark.parametrize("cell", ["2026.7.1拟转正", "2026.7.1（预计）", "2026年7月1日延长", "2026-07-01待批"])
def test_a_day_that_is_only_planned_is_asked(office: Office, cell: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间"], ["甲一", "2025.7.1", cell]])
    assert office.names == [] and office.asked == [(2, "confirmed", "2026-07-01")]


def test_a_day_of_another_fact_is_asked(office: Office) -> None:
    office.takes("members", [["姓名", "入党时间"], ["甲一", "1960年7月1日出生"]])
    assert office.names == [] and (2, "joined", "1960-07-01") in office.asked


@pytest.mark.parametrize("word", ["未转正", "预备期", "待转正"])
def test_words_in_the_place_of_the_day_of_confirmation(office: Office, word: str) -> None:
    rows = [["姓名", "入党时间", "转正时间"]]
    rows += [["甲一", "2025.7.1", word], ["甲二", "2024.3.1", word], ["甲三", "2015.3.1", word]]
    office.takes("members", rows)
    status = {name: office.status(name) for name in office.names}
    assert status == {"甲一": MemberStatus.PROBATIONARY, "甲二": MemberStatus.PROBATIONARY}
    assert [asked[:2] for asked in office.asked] == [(4, "status")]


def test_words_that_deny_what_the_category_says_are_asked(office: Office) -> None:
    rows = [["姓名", "入党时间", "转正时间", "人员类别"], ["甲一", "2025.3.1", "未转正", "正式党员"]]
    office.takes("members", rows)
    assert office.names == [] and [asked[:2] for asked in office.asked] == [(2, "status")]


@pytest.mark.parametrize(
    ("cell", "likely"), [("2019年5、6月", "2019-05"), ("2019.5或6", "2019-05"), ("1987-July-01", "1987")]
)
def test_a_second_month_or_one_in_english_behind_a_day_is_asked(office: Office, cell: str, likely: str) -> None:
    office.takes("members", [["姓名", "入党时间"], ["甲一", cell]])
    assert office.asked == [(2, "joined", likely)] and office.names == []


def test_digits_that_may_be_a_month_or_the_number_of_a_day_are_asked(office: Office) -> None:
    """Spreadsheets keep 1953-09-11 under 19613, which reads as March 1961 too; 17353 is one day alone."""
    office.takes("members", [["姓名", "出生年月"], ["甲一", 19613], ["甲二", 17353]])
    assert office.asked == [(2, "birth", "1953-09-11")] and str(office.members["甲二"].birth) == "1947-07-05"


@pytest.mark.parametrize("cell", ["2001.7（1999.7入团）", "1999.5入团2001.7入党", "1999年5月加入共青团，2001年7月"])
def test_the_day_of_joining_the_league_is_none_of_the_party(office: Office, cell: str) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间"], ["甲一", "正式党员", cell]])
    assert str(office.members["甲一"].joined) == "2001-07" and office.says("入团的日子没有记入")


def test_a_decade_is_no_year(office: Office) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间"], ["甲一", "正式党员", "1970年代"]])
    assert office.names == [] and office.asked == [(2, "joined", "1970")]
