"""What a roster says of status, posts, branch and name in words that may mean something else: asked or told."""

from __future__ import annotations

from datetime import date

import pytest

from app.branch.groups import Group
from app.exchange.mending import Mending
from app.people.members import MemberStatus
from tests.app.exchange.bringing import Office

FULL, PROBATIONARY = MemberStatus.FULL, MemberStatus.PROBATIONARY
LONG_AGO = ["2001.7.1", "2002.7.1"]


@pytest.mark.parametrize(
    ("said", "joined"),
    [
        ("预备党员（2026年12月转正）", "2025.12.1"),
        ("预备期满待转正", "2025.9.1"),
        ("即将转正", "2025.9.1"),
        ("延长预备期", "2025.3.1"),
        ("预备（延长）", "2025.3.1"),
        ("原预备党员", "2026.3.1"),
    ],
)
def test_a_word_that_may_mean_the_other_status_is_asked(office: Office, said: str, joined: str) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间"], ["甲一", said, joined]])
    assert office.names == []
    assert office.asked == [(2, "status", "预备党员")]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("未转正", PROBATIONARY),
        ("预备党员（预备期内）", PROBATIONARY),
        ("预备党员考察期", PROBATIONARY),
        ("中共预备党员", PROBATIONARY),
    ],
)
def test_what_says_probationary_and_nothing_else_is_read(office: Office, said: str, status: MemberStatus) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间"], ["甲一", said, "2026.3.1"]])
    assert office.status("甲一") is status and office.asked == []


@pytest.mark.parametrize("said", ["正式党员（留党察看）", "正式党员 严重警告", "正式(组织关系未转)"])
def test_what_stands_beside_a_status_is_told(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间", "转正时间"], ["甲一", said, *LONG_AGO]])
    assert office.status("甲一") is FULL and office.says("没有记入")


@pytest.mark.parametrize("said", ["正式党员（退休）", "已转正", "中共正式党员", "正式（农民）"])
def test_what_says_full_and_nothing_else_is_read(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间", "转正时间"], ["甲一", said, *LONG_AGO]])
    assert office.status("甲一") is FULL and not office.says("没有记入")


def test_who_is_only_to_be_admitted_is_no_member(office: Office) -> None:
    office.takes("members", [["姓名", "人员类别"], ["甲一", "拟接收预备党员"]])
    assert office.names == [] and office.says("发展对象")


# --- posts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "post"), [("支部书记", "书记"), ("组织委员", "组织委员"), ("书记", "书记")])
def test_a_post_among_the_duties_at_work_is_asked(office: Office, said: str, post: str) -> None:
    rows = [["姓名", "职务", "入党时间", "转正时间"], ["甲一", said, *LONG_AGO], ["乙二", "处长", *LONG_AGO]]
    office.takes("members", rows)
    assert office.names == ["甲一", "乙二"] and office.posts("甲一") == []
    assert office.asked == [(2, "duty", post)]


def test_a_post_among_the_duties_is_taken_when_somebody_says_so(office: Office) -> None:
    rows = [["姓名", "职务", "入党时间", "转正时间"], ["甲一", "支部书记", *LONG_AGO]]
    office.takes("members", rows, mending=Mending(accepted=frozenset({(2, "duty")})))
    assert office.posts("甲一") == ["书记"] and office.asked == []


def test_a_second_secretary_is_told(office: Office) -> None:
    rows = [["姓名", "党内职务", "入党时间", "转正时间"], ["甲一", "书记", *LONG_AGO], ["乙二", "支部书记", *LONG_AGO]]
    office.takes("members", rows)
    assert office.says("“甲一”也是书记")


# --- the branch -----------------------------------------------------------------------------------------


def test_a_blank_below_another_branch_is_of_that_branch(office: Office) -> None:
    rows = [["所在党支部", "姓名", "入党时间", "转正时间"], ["甲支部", "甲一", *LONG_AGO], ["", "甲二", *LONG_AGO]]
    rows += [["乙支部", "乙一", *LONG_AGO], ["", "乙二", *LONG_AGO]]
    office.takes("members", rows)
    assert office.names == ["甲一", "甲二"]
    assert office.says("第 4、5 行（2 人） 所在党支部是“乙支部”")


def test_a_name_that_only_ends_like_ours_is_another_branch_where_ours_is_written_too(office: Office) -> None:
    rows = [["所在党支部", "姓名", "入党时间"], ["甲支部", "甲一", "2001.7.1"], ["机关甲支部", "乙一", "2001.7.1"]]
    office.takes("members", rows)
    assert office.names == ["甲一"] and office.says("机关甲支部")


@pytest.mark.parametrize(
    ("ours", "others"),
    [
        (["甲支部（2人）"], ["乙支部（1人）"]),
        (["一、甲支部"], ["二、乙支部"]),
        (["甲支部", "2人"], ["乙支部", "1人"]),
        (["甲支部：共2人"], ["乙支部：共1人"]),
    ],
)
def test_a_line_over_rows_names_their_branch_and_is_nobody(office: Office, ours: list[str], others: list[str]) -> None:
    rows = [
        ["姓名", "入党时间", "转正时间"],
        ours,
        ["甲一", *LONG_AGO],
        ["甲二", *LONG_AGO],
        others,
        ["乙一", *LONG_AGO],
    ]
    office.takes("members", rows)
    assert office.names == ["甲一", "甲二"]
    assert office.says("所在党支部是“乙支部”") and office.says("像是分组的标题行")


@pytest.mark.parametrize("said", ["机关党委", "示例有限公司", "综合科室", "党员名单"])
def test_a_unit_is_nobody(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "性别", "入党时间"], [said, "男", "2001.7.1"], ["甲一", "男", "2001.7.1"]])
    assert office.names == ["甲一"] and office.wrong == [(2, "name")]


# --- names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["王*五", "王**", "王×五", "郑某某", "张XX", "李某"])
def test_a_name_with_hidden_characters_is_no_name(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "入党时间"], [said, "2001.7.1"], ["周五*", "2001.7.1"]])
    assert office.names == ["周五"] and office.wrong == [(2, "name")]


def test_namesakes_that_a_bracket_tells_apart_are_asked(office: Office) -> None:
    rows = [["姓名", "入党时间", "转正时间"], ["张三（大）", *LONG_AGO], ["张三（小）", *LONG_AGO]]
    office.takes("members", rows)
    assert office.names == ["张三"]
    assert [asked[:2] for asked in office.asked] == [(3, "name")] and office.says("小、大")


def test_a_telephone_that_lost_its_digits_is_wrong(office: Office) -> None:
    rows = (
        '姓名,联系电话,入党时间\n甲一,1.38E+10,2001.7.1\n乙二,13800000000.0,2001.7.1\n丙三,="057188888888",2001.7.1\n'
    )
    office.takes("members", rows)
    assert {name: member.phone for name, member in office.members.items()} == {
        "乙二": "13800000000",
        "丙三": "057188888888",
    }
    assert office.wrong == [(2, "phone")]


# --- what lies beside the columns -----------------------------------------------------------------------


def test_a_row_longer_than_its_heading_is_asked(office: Office) -> None:
    office.takes("members", "姓名,性别,入党时间\n甲一,男,2001,7,1\n乙二,女,2001.7.1\n")
    assert office.names == ["乙二"] and [asked[:2] for asked in office.asked] == [(2, "joined")]
    assert office.says("比表头多 2 格（7、1）")


def test_a_column_without_heading_is_told(office: Office) -> None:
    office.takes("members", [["", "姓名", "入党时间"], ["1", "甲一", "2001.7.1", "待核实"], ["2", "乙二", "2001.7.1"]])
    assert office.left == ["第 4 列（1 格） 没有表头"]


@pytest.mark.parametrize("first", ["填报日期", "打印时间", "截止日期"])
def test_a_day_behind_its_word_is_a_footer(office: Office, first: str) -> None:
    office.takes("members", [["序号", "姓名", "入党时间"], ["1", "甲一", "2001.7.1"], [first, "2026.3.1", ""]])
    assert office.names == ["甲一"] and office.wrong == [] and office.says("表尾")


# --- what stands over the rows --------------------------------------------------------------------------

HEADING = ["姓名", "入党时间", "转正时间"]


@pytest.mark.parametrize("words", ["转出党员名单", "已去世党员", "四、停止党籍人员", "出党除名人员名册"])
def test_a_list_of_those_who_left_is_asked(office: Office, words: str) -> None:
    office.takes("members", [[words], HEADING, ["甲一", *LONG_AGO]])
    assert office.names == [] and [asked[:2] for asked in office.asked] == [(3, "status")]
    office.takes("members", {"在册": [HEADING, ["乙二", *LONG_AGO]], words: [HEADING, ["丙三", *LONG_AGO]]})
    assert office.names == ["乙二"]
    office.takes("members", [HEADING, ["丁四", *LONG_AGO], [words], ["戊五", *LONG_AGO]])
    assert "戊五" not in office.names


@pytest.mark.parametrize("words", ["入党积极分子名册", "发展对象", "三、入党申请人（1人）"])
def test_a_list_of_those_on_the_way_makes_no_members(office: Office, words: str) -> None:
    office.takes("members", [[words], ["姓名", "性别"], ["甲一", "男"]])
    assert office.names == [] and office.says("可以记入发展党员")


def test_a_list_of_both_is_read_by_its_columns(office: Office) -> None:
    office.takes("members", [["党员、入党积极分子名册（不含转出）"], HEADING, ["甲一", *LONG_AGO]])
    assert office.status("甲一") is FULL and office.asked == []


def test_a_list_of_the_staff_is_asked_about_each(office: Office) -> None:
    rows = [["示例单位职工花名册"], ["姓名", "性别", "入党时间"], ["甲一", "男", ""], ["乙二", "女", "2001.7.1"]]
    office.takes("members", rows)
    assert office.names == ["乙二"] and [asked[:2] for asked in office.asked] == [(3, "name")]


@pytest.mark.parametrize(
    "rows",
    [
        [["退休党员"], ["姓名", "缴费基数", "1月"], ["甲一", "3000", "15"]],
        [["姓名", "缴费基数", "1月"], ["离退休党员（1人）"], ["甲一", "3000", "15"]],
        [["示例单位离退休党支部2026年党费"], ["姓名", "缴费基数", "1月"], ["甲一", "3000", "15"]],
    ],
)
def test_the_category_that_stands_over_the_rows_is_told(office: Office, rows: list[list[str]]) -> None:
    office.has("甲一").takes("dues", rows, "2026年.xlsx")
    assert office.base("甲一").category.value == "离退休" and office.says("表上写着")


# --- a day of leaving, groups ---------------------------------------------------------------------------


def test_a_day_of_leaving_is_asked_and_taken_with_its_day(office: Office) -> None:
    rows = [["姓名", "人员类别", "入党时间", "转正时间", "转出时间"]]
    rows += [["甲一", "正式党员", *LONG_AGO, ""], ["乙二", "正式党员", *LONG_AGO, "2026.1.5"]]
    office.takes("members", rows)
    assert office.names == ["甲一"] and [asked[:2] for asked in office.asked] == [(3, "left_on")]
    office.takes("members", rows, mending=Mending(accepted=frozenset({(3, "left_on")})))
    assert office.status("乙二", date(2026, 1, 4)) is FULL
    assert office.status("乙二", date(2026, 1, 5)) is MemberStatus.TRANSFERRED


@pytest.mark.parametrize("remark", ["预备期延长半年", "预备党员", "预备期延长至2026年12月"])
def test_a_probation_that_goes_on_by_a_remark_is_not_ended_by_the_years(office: Office, remark: str) -> None:
    office.takes("members", [["姓名", "入党时间", "备注"], ["甲一", "2024-07-01", remark]])
    assert office.names == [] and office.outcome.asked[0].field == "status"
    assert remark in office.outcome.asked[0].reason


@pytest.mark.parametrize("cell", ["2001.07.01转正", "2001年7月1日（转正）", "2001.7.1转为正式党员"])
def test_a_day_that_says_it_is_of_confirmation_is_no_day_of_joining(office: Office, cell: str) -> None:
    office.takes("members", [["姓名", "入党时间", "备注"], ["甲一", cell, ""]])
    assert office.names == [] and office.outcome.asked[0].field == "joined"


def test_whether_somebody_is_a_member_is_decided_by_its_column(office: Office) -> None:
    """否 in 是否党员 is no member of unknown kind, and nobody says so of a blank cell."""
    rows = [
        ["甲一", "党员", "2001.7.1"],
        ["乙二", "否", ""],
        ["丙三", "群众", ""],
        ["丁四", "", ""],
        ["戊五", "是", ""],
    ]
    office.takes("members", [["姓名", "是否党员", "入党时间"], *rows])
    assert office.names == ["甲一", "戊五"]
    assert [(fault.number, fault.field) for fault in office.outcome.asked] == [(5, "name")]
    assert [left.reason for left in office.outcome.left_out] == ["不是党员"]


@pytest.mark.parametrize("title", ["2026年发展党员计划", "拟发展党员名单", "推优人选名单"])
def test_those_who_are_to_become_members_are_asked_about(office: Office, title: str) -> None:
    office.takes("members", [[title], ["姓名", "性别", "出生年月"], ["甲一", "男", "1990.1.1"]])
    assert office.names == [] and title in office.outcome.asked[0].reason


@pytest.mark.parametrize("title", ["2026年新发展党员名单", "2026年度已发展党员花名册"])
def test_those_who_have_become_members_are_not(office: Office, title: str) -> None:
    office.takes("members", [[title], ["姓名", "入党时间"], ["甲一", "3月15日"]])
    assert office.names == [] and office.asked == [(3, "joined", "2026-03-15")]


@pytest.mark.parametrize("cell", ["共1人", "以上共1人", "总人数"])
def test_a_line_that_counts_is_nobody(office: Office, cell: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间"], ["甲一", "2001.7.1", "2002.7.1"], [cell, "", ""]])
    assert office.names == ["甲一"]
    office.takes("members", [["姓名", "性别"], ["第3组", "男"], ["甲二等5人", "男"]])
    assert office.names == ["甲一"]


def test_a_group_is_one_however_it_is_written(office: Office) -> None:
    rows = [["姓名", "党小组", "入党时间", "转正时间"], ["甲一", "第一党小组（组长）", *LONG_AGO]]
    rows += [
        [name, group, *LONG_AGO] for name, group in (("甲二", "1组"), ("甲三", "第1小组"), ("乙一", "第十二党小组"))
    ]
    office.takes("members", rows)
    assert [group.name for group in office.ledger[Group].all()] == ["第一党小组", "第十二党小组"]
    assert office.says("“（组长）”没有记入")
    office.takes("meetings", [["时间", "类型", "主题", "党小组"], ["2026.3.5", "党小组会", "学习", "一组"]])
    assert len(office.meetings) == 1


@pytest.mark.parametrize("remark", ["2026年6月调离", "2026.6转走", "组织关系2026年6月已转至街道", "2026年6月调出"])
def test_a_remark_that_somebody_went_elsewhere_is_asked_with_its_day(office: Office, remark: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间", "备注"], ["甲一", *LONG_AGO, remark]])
    assert office.asked == [(2, "note", "自 2026-06 起已转出")] and office.status("甲一") is MemberStatus.FULL


@pytest.mark.parametrize("remark", ["留党察看一年", "失联", "流动党员，在外地"])
def test_what_the_roster_keeps_elsewhere_is_told_of_a_remark(office: Office, remark: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间", "备注"], ["甲一", *LONG_AGO, remark]])
    assert office.names == ["甲一"] and office.says("没有登记，是的话请在名册里登记")


@pytest.mark.parametrize("said", ["已转正", "按期转正", "是", "√"])
def test_confirmed_on_a_day_that_nobody_wrote_is_a_full_member_without_it(office: Office, said: str) -> None:
    head = ["姓名", "入党时间", "转正时间"]
    office.takes("members", [head, ["甲一", "2025-03-15", said]])
    assert office.status("甲一") is FULL and office.members["甲一"].confirmed is None
    office.takes("members", [head, ["甲二", "2026-09-15", said]])
    assert [(fault.number, fault.field) for fault in office.outcome.asked] == [(2, "status")]


@pytest.mark.parametrize("said", ["延长半年", "预备期延长", "延期一年"])
def test_an_extension_in_the_place_of_a_confirmation_is_asked_about(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间"], ["甲一", "2024-12-15", said]])
    assert office.asked == [(2, "status", "预备党员")] and office.names == []


@pytest.mark.parametrize("title", ["党员子女花名册", "会议签到表", "困难党员慰问名单", "优秀党员名单", "退休人员名册"])
def test_people_of_a_list_for_another_reason_are_asked_about(office: Office, title: str) -> None:
    office.takes("members", [[title], ["姓名", "性别"], ["甲一", "男"]])
    assert office.names == [] and title in office.outcome.asked[0].reason
    office.takes("members", [[title], ["姓名", "入党时间", "转正时间"], ["甲一", *LONG_AGO]])
    assert office.names == ["甲一"]


@pytest.mark.parametrize("said", ["第一、二党小组", "一组和二组", "第一党小组/第二党小组"])
def test_two_groups_in_one_cell_are_asked_about(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "党小组", "入党时间", "转正时间"], ["甲一", said, *LONG_AGO]])
    assert office.names == ["甲一"] and office.ledger[Group].all() == []
    assert office.asked == [(2, "group", said)]
