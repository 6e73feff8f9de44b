"""The words that offices put together above a column, and what stands below them in more than one way."""

from __future__ import annotations

import pytest

from app.exchange.columns import COLUMNS
from app.life.talks import Talk
from app.people.members import Employment, MemberStatus
from tests.app.exchange.bringing import Office


@pytest.mark.parametrize(
    ("kind", "heading", "field"),
    [
        ("members", "加入中国共产党日期", "joined"),
        ("members", "成为预备党员时间", "joined"),
        ("members", "入党、转正时间", "joined"),
        ("members", "转为正式党员日期", "confirmed"),
        ("members", "出生年份", "birth"),
        ("members", "学历/学位", "education"),
        ("members", "职务职级", "duty"),
        ("members", "所属科室", "department"),
        ("members", "参加工作年月", "work_started"),
        ("meetings", "开展地点", "place"),
        ("meetings", "主题党日时间", "held_on"),
        ("meetings", "党课主题", "subject"),
        ("meetings", "与会人员名单", "present"),
        ("meetings", "未出席人员及原因", "absent"),
        ("meetings", "请假理由", "absent_why"),
        ("meetings", "应参会人数", "expected"),
        ("meetings", "实参会人数", "attended"),
        ("meetings", "主持人姓名", "host"),
        ("talks", "谈话对象及职务", "partner"),
        ("talks", "约谈时间", "talked_on"),
        ("talks", "谈话内容摘要", "content"),
        ("dues", "每月应缴党费", "owed"),
        ("dues", "缴费标准（元/月）", "owed"),
        ("dues", "本月实缴金额", "paid"),
        ("dues", "收缴日期", "paid_on"),
        ("dues", "缴纳期间", "month"),
    ],
)
def test_a_heading_put_together_is_known(kind: str, heading: str, field: str) -> None:
    from app.exchange.paths import key_of

    assert COLUMNS[kind].field_of([key_of(heading)]) == field


@pytest.mark.parametrize("heading", ["入党介绍人", "父亲姓名", "应到会时间", "月收入来源", "谈话人职务", "全年应缴"])
def test_a_heading_of_something_else_is_left_to_be_told(heading: str) -> None:
    from app.exchange.paths import key_of

    assert {columns.field_of([key_of(heading)]) for columns in COLUMNS.values()} == {None}


def test_no_heading_says_two_things() -> None:
    for columns in COLUMNS.values():
        words = [word for listed in columns.synonyms.values() for word in set(listed)]
        assert len(words) == len(set(words))


def test_a_cell_of_several_lines_is_one_line_of_a_form(office: Office) -> None:
    office.takes(
        "members",
        [["姓名", "学历学位", "职务职级", "入党时间"], ["甲一", "大学\n学士", "局长\n一级主任科员", "2001.7"]],
    )
    member = office.members["甲一"]
    assert member.education == "大学 学士"
    assert office.ledger[Employment].all(member=member.id)[0].duty == "局长 一级主任科员"


def test_year_month_and_day_may_stand_below_joining(office: Office) -> None:
    rows = [["姓名", "入党", "", "", "转正", "", ""], ["", "年", "月", "日", "年", "月", "日"]]
    office.takes("members", [*rows, ["甲一", 2005, 7, 1, 2006, 7, 1]])
    member = office.members["甲一"]
    assert (str(member.joined), str(member.confirmed)) == ("2005-07-01", "2006-07-01")


@pytest.mark.parametrize("said", ["2024.3（预备）", "2024.2.1吸收为预备党员"])
def test_a_day_that_says_probation_leaves_the_status_asked(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "入党时间"], ["甲一", said]])
    assert office.names == [] and office.asked == [(2, "status", "正式党员")]


def test_who_became_probationary_long_ago_is_a_full_member(office: Office) -> None:
    office.takes("members", [["姓名", "入党时间"], ["甲一", "2010年5月接收为预备党员"]])
    assert office.status("甲一") is MemberStatus.FULL


def test_this_branch_is_the_own_one(office: Office) -> None:
    office.takes(
        "members",
        [["姓名", "支部", "性别"], ["甲一", "本支部", "男"], ["乙二", "乙支部", "女"], ["丙三", "甲支部", "男"]],
    )
    assert office.names == ["甲一", "丙三"] and office.says("乙支部")


@pytest.mark.parametrize("said", ["4/5", "4人/5人", "5/4", "4／5"])
def test_both_numbers_may_stand_under_one_of_them(office: Office, said: str) -> None:
    office.has("甲一", "乙二", "丙三", "丁四", "戊五")
    office.takes(
        "meetings", [["日期", "类型", "主题", "参加人数", "缺席"], ["2026.3.5", "党员大会", "学习", said, "戊五"]]
    )
    assert [row.state.value for row in office.meetings[0].attendance].count("出席") == 4


@pytest.mark.parametrize("said", ["1", "1人", "请假1人", "缺席：1"])
def test_a_number_of_absentees_makes_up_no_roll_and_is_kept_in_words(office: Office, said: str) -> None:
    office.has("甲一", "乙二")
    office.takes(
        "meetings", [["日期", "类型", "主题", "应到", "实到", "缺席"], ["2026.3.5", "党员大会", "学习", 2, 1, said]]
    )
    (minutes,) = office.meetings
    assert not minutes.attendance and "实到 1 人" in minutes.meeting.remark and office.says("没有写是谁")


def test_the_reasons_of_several_lines_go_with_the_names_of_several(office: Office) -> None:
    office.has("甲一", "乙二", "丙三")
    head = ["日期", "类型", "主题", "缺席人员", "缺席原因"]
    office.takes(
        "meetings",
        [head, ["2026.3.5", "党员大会", "学习", "乙二\n丙三", "病假\n出差"], ["2026.3.6", "党课", "学习", "无", "/"]],
    )
    assert [row.reason for row in office.meetings[0].attendance] == ["", "因病", "因公"]
    assert office.outcome.faults == []


def test_the_way_of_a_talk_stands_before_its_place(office: Office) -> None:
    office.has("甲一", "乙二")
    head = ["谈话时间", "谈话人及职务", "谈话对象及职务", "谈话方式", "谈话地点", "谈话类型"]
    office.takes("talks", [head, ["2026.3.5", "甲一 书记", "乙二 组织委员", "面谈", "办公室", "日常谈心"]])
    assert [talk.place for talk in office.ledger[Talk].all()] == ["面谈，办公室"]


def test_the_day_of_payment_may_stand_beside_each_month(office: Office) -> None:
    from app.dues.payments import Payment

    office.has("甲一")
    head = ["姓名", "1月应缴", "1月实缴", "1月缴费时间"]
    office.takes("dues", [["2026年党费"], head, ["甲一", 10, 10, "2026-01-05"]])
    assert [(item.amount_fen, str(item.paid_on)) for item in office.ledger[Payment].all()] == [(1000, "2026-01-05")]


@pytest.mark.parametrize("said", ["生于1980.3", "1980年3月出生", "1980.3生", "出生于1980年3月"])
def test_the_word_for_birth_beside_its_day_says_nothing_more(office: Office, said: str) -> None:
    office.takes(
        "members", [["姓名", "性别", "出生年月", "入党时间", "转正时间"], ["甲一", "男", said, "2001.7", "2002.7"]]
    )
    assert str(office.members["甲一"].birth) == "1980-03" and office.outcome.faults == []


def test_a_number_that_hides_its_digits_is_none(office: Office) -> None:
    head = ["姓名", "身份证号", "手机", "入党时间", "转正时间"]
    rows = [["甲一", "4301**********0012", "138****0001"], ["甲乙", "4301**********0012", "138xxxx0001"]]
    office.takes("members", [head, *([*row, "2001.7", "2002.7"] for row in rows)])
    assert office.names == ["甲一", "甲乙"] and office.says("隐去了几位，没有记入")
    assert {(member.id_number, member.phone) for member in office.members.values()} == {("", "")}


def test_what_was_decided_and_who_sat_in_come_in_with_a_meeting(office: Office) -> None:
    office.has("甲一", "乙二")
    head = ["日期", "类型", "主题", "会议决议", "列席人员", "缺席"]
    row = ["2026.3.5", "党员大会", "讨论", "1.同意接收。\n2.报上级备案。", "赵六（上级）、甲一、3人", "无"]
    office.takes("meetings", [head, row, ["2026.3.6", "党课", "学习", "无", "/", "无"]])
    first, second = office.meetings
    assert [(item.position, item.title) for item in first.decisions] == [(1, "同意接收"), (2, "报上级备案")]
    assert [person.name for person in first.attendance if person.state.value == "列席"] == ["赵六（上级）"]
    assert office.says("“甲一”在应到的人里") and office.says("“3人”没有写是谁")
    assert second.decisions == [] and len(second.attendance) == 2


def test_an_export_of_payments_by_phone_is_read(office: Office) -> None:
    office.has("甲一")
    head = ["订单号", "缴费人姓名", "缴费年月", "交易金额", "交易时间"]
    office.takes("dues", [["2026年党费"], head, ["0001", "甲一", "2026-03", 25, "2026-03-05 08:30:00"]])
    assert office.paid == {"甲一 2026-03": 2500}


@pytest.mark.parametrize("said", ["书记甲一", "党支部书记甲一", "支部书记：甲一", "甲一书记"])
def test_a_title_before_a_name_is_none_of_it(office: Office, said: str) -> None:
    office.has("甲一", "乙二")
    head = ["谈话时间", "谈话人", "谈话对象", "谈话类型"]
    office.takes("talks", [head, ["2026.3.5", said, "组织委员乙二", "日常谈心"]])
    (talk,) = office.ledger[Talk].all()
    assert (talk.talker, talk.partner) == (office.members["甲一"].id, office.members["乙二"].id)
    assert office.says("没有当作姓名")


@pytest.mark.parametrize("said", ["甲一—乙二", "甲一与乙二", "甲　一、乙　二", "甲一 乙二", "书记甲一、乙二"])
def test_one_column_for_both_who_talked_names_the_talker_first(office: Office, said: str) -> None:
    office.has("甲一", "乙二").takes("talks", [["日期", "谈话双方", "内容"], ["2026.1.8", said, "谈心"]])
    (talk,) = office.ledger[Talk].all()
    assert [talk.talker, talk.partner] == [office.members[name].id for name in ("甲一", "乙二")]
    assert office.says("前面的按谈话人，后面的按谈话对象")


@pytest.mark.parametrize("said", ["甲一", "甲一、乙二、丙三", "", "甲一—李九"])
def test_of_one_or_three_nobody_knows_who_talked_to_whom(office: Office, said: str) -> None:
    office.has("甲一", "乙二", "丙三").takes("talks", [["日期", "谈话双方", "内容"], ["2026.1.8", said, "谈心"]])
    assert office.ledger[Talk].all() == [] and len(office.outcome.refused) == 1


def test_a_duty_beside_the_name_is_none_of_it_below_a_heading_of_both(office: Office) -> None:
    head = ["时间", "谈话人及职务", "谈话对象及职务", "必谈情形"]
    office.has("甲一", "乙二").takes("talks", [head, ["2026.1.8", "支部书记 甲一", "乙二 财务科科员", "生病住院"]])
    (talk,) = office.ledger[Talk].all()
    assert talk.partner == office.members["乙二"].id and talk.kind == "生病住院"
    assert office.says("“乙二 财务科科员”里的姓名按“乙二”")


def test_what_minutes_call_who_came_and_what_was_done(office: Office) -> None:
    head = ["会议日期", "学习形式", "会议主题", "实参加人员", "未参加人员及原因", "会议议程"]
    rows = [["2026.3.5", "集中学习", "学习党章", "甲一", "乙二 出差", "1.领学\n2.讨论"]]
    office.has("甲一", "乙二").takes("meetings", [head, *rows])
    (minutes,) = office.meetings
    assert [kind.value for kind in minutes.types] == ["集中学习"] and minutes.meeting.content == "1.领学\n2.讨论"
    assert [(one.state.value, one.reason) for one in minutes.attendance] == [("出席", ""), ("缺席", "因公")]
