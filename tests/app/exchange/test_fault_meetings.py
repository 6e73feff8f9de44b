"""Ledgers of meetings that went wrong in offices, with the right result, and their kind tried with others."""

from __future__ import annotations

from datetime import date, time

import pytest

from app.exchange.mending import Mending
from app.life.attendance import AttendanceState
from app.life.talks import Talk
from app.people.members import MemberStatus
from app.rules.meeting_types import MeetingType
from tests.app.exchange.bringing import Office, file

FULL, PROBATIONARY = MemberStatus.FULL, MemberStatus.PROBATIONARY


# --- 16, 17, 20 meetings --------------------------------------------------------------------------------


def test_16_a_row_that_begins_like_a_footer_is_a_row(office: Office) -> None:
    file(office, "meetings", "16-会议-首列是主题.xlsx")
    assert [item.meeting.subject for item in office.meetings] == [
        "审核发展党员材料",
        "说明会：党费标准",
        "学习党章",
        "制表培训",
    ]


def test_16_a_real_footer_is_counted(office: Office) -> None:
    rows = [
        ["会议主题", "时间", "类型"],
        ["学习", "2026-03-05", "党课"],
        ["制表人：甲一"],
        ["说明：本表一式两份。"],
        ["单位（盖章）"],
    ]
    office.takes("meetings", rows)
    assert len(office.meetings) == 1 and office.wrong == []
    assert office.left == ["第 3、4、5 行（共 3 行） 像是表尾的说明"]


def test_17_days_types_and_absentees_in_every_writing(office: Office) -> None:
    office.has("甲一", "甲二")
    file(office, "meetings", "17-会议-日期写法.xlsx")
    held = {item.meeting.subject: item for item in office.meetings}
    assert (held["研究工作"].meeting.held_on, held["研究工作"].meeting.start) == (date(2026, 3, 5), time(14, 30))
    assert held["学习2"].meeting.start == time(14, 30)
    assert (held["学习4"].meeting.start, held["学习4"].meeting.end) == (time(9), time(11))
    assert held["学习3"].meeting.held_on == date(2026, 3, 9)
    names = {who.id: name for name, who in office.members.items()}
    absent = {
        subject: [(names[row.member], row.reason) for row in item.with_state(AttendanceState.ABSENT)]
        for subject, item in held.items()
    }
    assert absent["研究工作2"] == [("甲二", "因公")] and absent["学习7"] == [("甲二", "请假")]
    assert absent["学习9"] == [("甲二", "因病")] and absent["学习10"] == [("甲二", "因公")]
    assert [name for name, _ in absent["学习11"]] == ["甲一", "甲二"]
    assert absent["学习12"] == absent["学习13"] == absent["学习2"] == []
    assert office.asked[0][:2] == (8, "types") and len(office.asked) == 1


@pytest.mark.parametrize(
    ("cell", "absent"),
    [
        ("全勤", {}),
        ("全部到会", {}),
        ("无缺席", {}),
        ("0", {}),
        ("缺席2人：甲二（病假）、甲三（出差，省外）", {"甲二": "因病", "甲三": "因公"}),
        ("病假：甲二、甲三", {"甲二": "因病", "甲三": "因病"}),
        ("甲二、甲三请假", {"甲二": "请假", "甲三": "请假"}),
        ("甲二因病请假；甲三外出学习", {"甲二": "因病", "甲三": "外出"}),
        ("甲二同志 出差", {"甲二": "因公"}),
        ("请假：甲二（事假）", {"甲二": "因事"}),
        ("努尔．甲提（病假）", {"努尔·甲提": "因病"}),
        ("请假：甲二；缺席：无", {"甲二": "请假"}),
        ("请假：甲二；旷会：甲三", {"甲二": "请假", "甲三": "旷会"}),
        ("甲二甲三请假", {"甲二": "请假", "甲三": "请假"}),
        ("甲二（病假）甲三（事假）", {"甲二": "因病", "甲三": "因事"}),
        ("甲二同志因病甲三同志因公", {"甲二": "因病", "甲三": "因公"}),
        ("1人（甲二病假）", {"甲二": "因病"}),
        ("2名：甲二、甲三请假", {"甲二": "请假", "甲三": "请假"}),
        ("请假人员：甲二、甲三；无故缺席：无", {"甲二": "请假", "甲三": "请假"}),
    ],
)
def test_17_attendance_in_words(office: Office, cell: str, absent: dict[str, str]) -> None:
    office.has("甲一", "甲二", "甲三", "努尔·甲提")
    office.takes("meetings", [["时间", "类型", "主题", "缺席人员"], ["2026-03-05", "党课", "学习", cell]])
    (held,) = office.meetings
    names = {who.id: name for name, who in office.members.items()}
    assert {names[row.member]: row.reason for row in held.with_state(AttendanceState.ABSENT)} == absent


@pytest.mark.parametrize("cell", ["丁九请假", "缺席3人：甲二、甲三", "甲九（病假）", "2人（甲二病假）"])
def test_17_an_absentee_who_is_not_known_keeps_the_row_out(office: Office, cell: str) -> None:
    office.has("甲一", "甲二", "甲三")
    office.takes("meetings", [["时间", "类型", "主题", "缺席人员"], ["2026-03-05", "党课", "学习", cell]])
    assert office.meetings == [] and office.wrong == [(2, "absent")]


@pytest.mark.parametrize("cell", ["甲二陪护甲三", "甲二（陪同甲三就医）"])
def test_somebody_named_in_a_reason_is_asked_about(office: Office, cell: str) -> None:
    """Read as the reason alone 甲三 would be present, read as a name absent; nobody said either."""
    office.has("甲一", "甲二", "甲三")
    office.takes("meetings", [["时间", "类型", "主题", "缺席人员"], ["2026-03-05", "党课", "学习", cell]])
    assert office.meetings == [] and "甲三" in office.outcome.asked[0].reason


def test_20_line_breaks_inside_cells_are_kept(office: Office) -> None:
    file(office, "meetings", "20-会议-单元格内换行.csv")
    assert [item.meeting.content for item in office.meetings] == [
        "一、学习党章。\n二、讨论。\n三、小结。",
        "甲\n乙",
        "甲\n乙",
    ]


@pytest.mark.parametrize("mark", ["\x0b", "\u2028", "\u2029", "\r\n", "\r"])
def test_20_the_breaks_of_other_programs_are_line_breaks(office: Office, mark: str) -> None:
    office.takes("meetings", [["时间", "类型", "主题", "主要内容"], ["2026-03-05", "党课", "学习", f"甲{mark}乙"]])
    assert office.meetings[0].meeting.content == "甲\n乙"


@pytest.mark.parametrize("heading", ["会议名称", "活动名称", "名称"])
def test_the_name_of_a_meeting_says_what_was_held_where_no_column_does(office: Office, heading: str) -> None:
    rows = [
        ["2026年“三会一课”开展情况"],
        ["时间", heading, "内容", "参加情况"],
        ["3月5日", "支部党员大会", "学习", "甲一请假"],
        ["3月9日", "座谈会", "交流", ""],
    ]
    office.has("甲一", "甲二")
    office.takes("meetings", rows)
    (held,) = office.meetings
    assert held.types == (MeetingType.GENERAL,) and held.meeting.subject == "支部党员大会"
    assert [(row.member, row.reason) for row in held.with_state(AttendanceState.ABSENT)] == [
        (office.members["甲一"].id, "请假")
    ]
    assert [place[:2] for place in office.asked] == [(4, "types")]


def test_a_column_of_types_is_the_one_that_counts(office: Office) -> None:
    rows = [["时间", "会议名称", "类型"], ["2026-03-05", "支部党员大会学习会", "集中学习"]]
    office.takes("meetings", rows)
    (held,) = office.meetings
    assert held.types == (MeetingType.STUDY,) and held.meeting.subject == "支部党员大会学习会"


def test_two_partners_in_one_cell_are_told_from_one_nobody_knows(office: Office) -> None:
    office.has("甲一", "甲二", "甲三")
    rows = [
        ["日期", "谈话人", "谈话对象", "内容"],
        ["2026-03-05", "甲一", "甲二、甲三", "谈心"],
        ["2026-03-06", "甲一", "甲四", "谈心"],
        ["2026-03-07", "甲一", "甲二", "谈心"],
    ]
    office.takes("talks", rows)
    told = [fault.reason for fault in office.outcome.refused]
    assert "请分成几行" in told[0] and "不在名册里" in told[1] and len(told) == 2


def test_a_ledger_without_subjects_has_the_type_as_subject_and_says_so(office: Office) -> None:
    rows = [
        ["活动类型", "活动时间", "主要内容"],
        ["支委会", "2026年1月6日", "研究工作"],
        ["党课", "2026-02-06", "学习"],
    ]
    office.takes("meetings", rows)
    assert [(item.meeting.subject, item.meeting.content) for item in office.meetings] == [
        ("支委会", "研究工作"),
        ("党课", "学习"),
    ]
    assert any(text.startswith("2 次会议没有写主题") for text in office.outcome.told)


@pytest.mark.parametrize("said", ["甲一书记", "甲一同志", "甲一支部书记", "甲一组织委员", "甲一副主任"])
def test_a_title_behind_a_name_is_told_and_the_name_found(office: Office, said: str) -> None:
    office.has("甲一", "甲二")
    office.takes("talks", [["日期", "谈话人", "谈话对象"], ["2026-03-05", said, "甲二"]])
    (talk,) = office.ledger[Talk].all()
    assert talk.talker == office.members["甲一"].id
    assert any("没有当作姓名" in fault.reason for fault in office.outcome.faults)


@pytest.mark.parametrize("said", ["甲一明", "甲一的爱人", "书记", "甲三书记"])
def test_what_is_no_title_behind_a_name_is_nobody_known(office: Office, said: str) -> None:
    office.has("甲一", "甲二")
    office.takes(
        "talks", [["日期", "谈话人", "谈话对象"], ["2026-03-05", said, "甲二"], ["2026-03-06", "甲二", "甲一"]]
    )
    assert len(office.ledger[Talk].all()) == 1 and office.wrong == [(2, "talker")]


def test_a_year_of_two_digits_is_that_of_the_table_or_asked_with_the_likely_century(office: Office) -> None:
    rows = [["日期", "会议类型", "主题"], ["2026.3.5", "支部党员大会", "学习"], ["26年7月1日", "党课", "讲党史"]]
    office.takes("meetings", rows)
    told = {str(item.meeting.held_on) for item in office.meetings} | {day for *_, day in office.asked}
    assert told == {"2026-03-05", "2026-07-01"}


@pytest.mark.parametrize(
    "said", ["工会小组会", "团小组会", "理论学习中心组学习", "列席党委会", "职工学习", "机关党委党员大会"]
)
def test_a_meeting_of_another_body_is_asked(office: Office, said: str) -> None:
    office.takes("meetings", [["日期", "会议类型", "主题"], ["2026.3.5", said, "学习"]])
    assert office.meetings == [] and [asked[:2] for asked in office.asked] == [(2, "types")]
    office.takes(
        "meetings", [["日期", "会议类型", "主题"], ["2026.3.5", said, "学习"]], mending=Mending(accept_all=True)
    )
    assert len(office.meetings) == 1


@pytest.mark.parametrize(
    "said", ["党委书记上党课", "与社区党委结对共建", "团员青年志愿服务", "党团结合主题党日", "列席其他支部活动"]
)
def test_others_who_come_to_the_branch_make_no_question(office: Office, said: str) -> None:
    office.takes("meetings", [["日期", "会议类型", "主题"], ["2026.3.5", said, "学习"]])
    assert len(office.meetings) == 1 and office.asked == []


def test_an_enlarged_meeting_of_the_committee_is_told_as_one(office: Office) -> None:
    office.takes("meetings", [["时间", "类型", "主题"], ["2026-03-05", "支部委员会（扩大）会议", "换届"]])
    assert [kind.value for kind in office.meetings[0].types] == ["支委会"]
    assert [(fault.field, fault.proposed) for fault in office.outcome.notices] == [("types", "支委会")]


def test_more_people_than_should_have_come_are_told_as_that(office: Office) -> None:
    office.has("甲一", "甲二")
    office.takes("meetings", [["日期", "会议类型", "主题", "应到", "实到"], ["2026.3.5", "支部党员大会", "学习", 2, 3]])
    assert office.says("实到 3 人，比应到 2 人还多")


def absent(office: Office, said: str) -> list[str]:
    office.has("甲一", "乙二", "丙三")
    office.takes(
        "meetings", [["日期", "会议类型", "主题", "缺席人员及原因"], ["2026.3.5", "支部党员大会", "学习", said]]
    )
    names = {member.id: name for name, member in office.members.items()}
    return [names[one.member] for m in office.meetings for one in m.attendance if one.state is AttendanceState.ABSENT]


@pytest.mark.parametrize("said", ["甲一 乙二", "甲一、乙二等2人", "甲一、乙二等两人", "甲一、乙二等二名同志"])
def test_names_apart_by_spaces_and_their_number_behind_them(office: Office, said: str) -> None:
    assert absent(office, said) == ["甲一", "乙二"]


def test_fewer_names_than_the_number_behind_them_are_told(office: Office) -> None:
    assert absent(office, "甲一等2人") == [] and office.says("写着缺席 2 人，只认出 1 人")


@pytest.mark.parametrize("why", ["迟到", "线上参加", "早退"])
def test_who_was_there_in_part_is_not_absent_without_a_question(office: Office, why: str) -> None:
    assert absent(office, f"甲一（{why}）") == [] and office.asked == [(2, "absent", "甲一")]


# --- no roll is made up ---------------------------------------------------------------------------------

HELD = ["2026.3.5", "党课", "学习"]


def test_a_table_that_says_nothing_of_who_was_there_makes_no_roll(office: Office) -> None:
    office.has("甲一", "甲二").takes("meetings", [["时间", "类型", "主题"], HELD])
    assert office.meetings[0].attendance == () and office.says("1 次会议没有写谁出席、谁缺席")


def test_how_many_should_have_come_makes_no_roll(office: Office) -> None:
    office.has("甲一", "甲二").takes("meetings", [["时间", "类型", "主题", "应到"], [*HELD, "2"]])
    (minutes,) = office.meetings
    assert minutes.attendance == () and minutes.meeting.remark == "原台账：应到 2 人，实到 未写。"


def test_how_many_came_is_held_against_the_roster(office: Office) -> None:
    rows = [["时间", "类型", "主题", "实到", "缺席"], [*HELD, "1", ""], ["2026.3.6", "党课", "学习", "2", ""]]
    office.has("甲一", "甲二").takes("meetings", rows)
    first, second = office.meetings
    assert first.attendance == () and "实到 1 人" in first.meeting.remark
    assert len(second.attendance) == 2


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("应到/实到", "3/2"),
        ("实到/应到", "2/3"),
        ("出席人数/应到人数", "2/3"),
        ("应到／实到人数", "应到3人，实到2人"),
        ("应到实到", "实到2人／应到3人"),
    ],
)
def test_both_numbers_in_one_column(office: Office, heading: str, cell: str) -> None:
    office.has("甲一", "甲二", "甲三").takes("meetings", [["时间", "类型", "主题", heading], [*HELD, cell]])
    (minutes,) = office.meetings
    assert minutes.attendance == () and minutes.meeting.remark == "原台账：应到 3 人，实到 2 人。"
    assert office.says("没有写谁缺席")


def test_numbers_beside_the_absent_are_no_full_house(office: Office) -> None:
    rows = [["时间", "类型", "主题", "缺席人员"], [*HELD, "应到3人，实到2人"]]
    office.has("甲一", "甲二", "甲三").takes("meetings", rows)
    assert office.meetings == [] and office.says("缺席应有 1 人")


def test_a_school_year_is_two_years_and_asked(office: Office) -> None:
    rows = [["2025-2026学年三会一课记录"], ["时间", "类型", "主题"], ["9.5", "党课", "学习"]]
    office.has("甲一").takes("meetings", rows)
    assert office.meetings == [] and [asked[:2] for asked in office.asked] == [(3, "held_on")]


THEMES = ["日期", "主题", "主持人"]


def types_of(office: Office) -> list[tuple[str, list[str]]]:
    return [(minutes.meeting.subject, [kind.value for kind in minutes.types]) for minutes in office.meetings]


@pytest.mark.parametrize(
    "rows",
    [
        [["2026年支部党员大会台账"], THEMES, ["2026.3.5", "学习党的二十大精神", "甲一"]],
        [THEMES, ["一、支部党员大会"], ["2026.3.5", "学习党的二十大精神", "甲一"]],
        {"党员大会": [THEMES, ["2026.3.5", "学习党的二十大精神", "甲一"]]},
    ],
    ids=["title", "line over rows", "sheet"],
)
def test_the_words_over_rows_say_which_meeting_it_was_whatever_its_theme(office: Office, rows) -> None:
    office.has("甲一").takes("meetings", rows)
    assert types_of(office) == [("学习党的二十大精神", ["支部党员大会"])]


def test_a_theme_is_no_type_and_is_asked_about(office: Office) -> None:
    """学习, 志愿, 党员大会 in a theme say what it was about: stored, they would be a meeting that nobody held."""
    office.has("甲一").takes(
        "meetings",
        [
            THEMES,
            ["2026.3.5", "学习党的二十大精神", "甲一"],
            ["2026.3.6", "传达党员大会精神", "甲一"],
            ["2026.3.7", "学雷锋志愿活动", "甲一"],
            ["2026.3.8", "研究工作", "甲一"],
        ],
    )
    assert office.meetings == []
    asked = [(fault.number, fault.proposed) for fault in office.outcome.asked]
    assert asked == [(2, "集中学习"), (3, "支部党员大会"), (4, "志愿服务"), (5, "")]


def test_another_meeting_than_the_title_says_is_asked_about(office: Office) -> None:
    rows = [["2026年支部党员大会台账"], THEMES, ["2026.4.5", "党课：作风建设", "甲一"]]
    office.has("甲一").takes("meetings", rows)
    assert office.meetings == [] and office.outcome.asked[0].proposed == "支部党员大会"


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("第一季度支部党员大会", ["支部党员大会"]),
        ("主题党日活动（清明祭扫）", ["主题党日"]),
        ("党课：作风建设", ["党课"]),
        ("组织生活会和民主评议党员", ["组织生活会", "民主评议党员"]),
        ("学习教育动员会", None),
        ("党员大会精神学习", None),
        ("组织生活会议", None),
    ],
)
def test_the_name_of_a_meeting_says_what_was_held_and_its_words_alone_do_not(office: Office, name, types) -> None:
    office.has("甲一").takes("meetings", [["日期", "会议名称", "主持人"], ["2026.3.5", name, "甲一"]])
    assert [kinds for _, kinds in types_of(office)] == ([types] if types else [])
    assert len(office.outcome.asked) == (types is None)


@pytest.mark.parametrize(
    "heading",
    [
        [["日期", "党员大会", "支委会", "党小组会", "党课", "主题"]],
        [["日期", "会议类型", "", "", "", "主题"], ["", "支部党员大会", "支委会", "党小组会", "党课", ""]],
    ],
    ids=["one row", "two rows"],
)
def test_types_are_ticked_in_columns_of_their_own(office: Office, heading) -> None:
    rows = [
        ["2026.3.5", "√", "", "", "", "学习"],
        ["2026.3.6", "", "☑", "□", "", "研究工作"],
        ["2026.3.7", "1", "", "", "1次", "党课"],
        ["2026.3.8", "", "", "", "", "学习"],
        ["2026.3.9", "作风建设", "√", "", "", "讨论"],
    ]
    office.has("甲一").takes("meetings", [*heading, *rows])
    assert types_of(office) == [
        ("学习", ["支部党员大会"]),
        ("研究工作", ["支委会"]),
        ("党课", ["支部党员大会", "党课"]),
        ("讨论", ["支委会"]),
    ]
    assert [fault.number for fault in office.outcome.asked] == [len(heading) + 4]
    assert any("作风建设" in fault.reason for fault in office.outcome.notices)
