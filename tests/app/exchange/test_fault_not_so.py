"""Words that say what is not so, not yet, or no more: they are never read as what they deny."""

from __future__ import annotations

import pytest

from app.dues.bases import DuesCategory
from app.exchange.titles import read_over
from app.people.members import MemberStatus
from tests.app.exchange.bringing import Office

FULL, SUSPENDED = MemberStatus.FULL, MemberStatus.SUSPENDED
LONG_AGO = ["2001.7.1", "2002.7.1"]
NOT_GONE = [
    "拟转出",
    "即将转出",
    "正在办理转出",
    "待转出",
    "转出中",
    "转出未落实",
    "拟除名",
    "开除（待批）",
    "未去世",
    "拟停止党籍",
    "曾停止党籍",
    "停止党籍（已恢复）",
]
NO_OUTSIDERS = ["曾为团员", "原群众", "非群众", "原发展对象", "中共党员、团员", "民盟、中共党员"]


@pytest.mark.parametrize("said", [*NOT_GONE, *NO_OUTSIDERS, "非预备", "已不是预备党员", "非正式"])
def test_the_days_decide_where_a_word_denies_a_status(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间", "转正时间"], ["甲一", said, *LONG_AGO]])
    assert office.status("甲一") is FULL and office.says(f"“{said}”看不出")


@pytest.mark.parametrize("said", [*NOT_GONE, *NO_OUTSIDERS, "非预备", "已不是预备党员", "非正式"])
def test_nothing_is_read_where_there_are_no_days(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "人员类别", "性别"], ["甲一", said, "男"]])
    assert office.names == [] and office.wrong == [(2, "status")]


@pytest.mark.parametrize("said", ["停止党籍", "停止党籍（待恢复）", "已停止党籍"])
def test_a_membership_that_is_suspended_is(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间", "转正时间"], ["甲一", said, *LONG_AGO]])
    assert office.status("甲一") is SUSPENDED


@pytest.mark.parametrize(
    "said",
    ["转出（2025.3）", "非正常死亡", "组织关系已转出，档案未转", "关系转往未央区", "对党不忠被开除", "不合格被除名"],
)
def test_who_has_left_is_asked_about_in_the_words_of_the_cell(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间", "转正时间"], ["甲一", said, *LONG_AGO]])
    assert office.names == [] and [name for _, name, _ in office.asked] == ["status"]
    assert office.says(f"写着“{said}”")


@pytest.mark.parametrize("said", ["团员", "群众", "民盟盟员", "非党员", "未入党"])
def test_who_is_no_member_stays_out(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间", "转正时间"], ["甲一", said, *LONG_AGO]])
    assert office.names == [] and any("不是党员" in left for left in office.left)


@pytest.mark.parametrize(
    "title",
    [
        "预备党员转正名单",
        "预备党员拟转正公示",
        "非正式党员",
        "发展对象及预备党员",
        "拟转出人员",
        "党员名册（不含预备党员）",
    ],
)
def test_a_title_that_says_two_things_or_denies_one_decides_no_status(title: str) -> None:
    over = read_over(title)
    assert over.status is None and over.outsider is None


def test_who_was_struck_off_is_no_exception_of_a_title() -> None:
    assert read_over("除名人员").status is MemberStatus.EXPELLED
    assert read_over("即将退休党员").category is None
    assert read_over("退休教师党支部").category is DuesCategory.RETIRED


@pytest.mark.parametrize("said", ["非党课", "未召开党员大会", "取消支委会", "不含党课", "列席支委会", "拟召开支委会"])
def test_a_type_that_a_word_denies_is_asked(office: Office, said: str) -> None:
    office.takes("meetings", [["日期", "类型", "主题"], ["2026-03-05", said, "学习"]])
    assert office.meetings == [] and [name for _, name, _ in office.asked] == ["types"]


@pytest.mark.parametrize("said", ["列席其他支部活动", "主题党日", "党员大会（含党课）"])
def test_a_type_that_none_denies_is_read(office: Office, said: str) -> None:
    office.takes("meetings", [["日期", "类型", "主题"], ["2026-03-05", said, "学习"]])
    assert len(office.meetings) == 1 and office.asked == []
