"""Forms that say 姓名 beside what it is, one for each person or meeting, and tables that lie on their side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.exchange.columns import COLUMNS
from app.exchange.forms import as_table
from app.exchange.raw import RawSheet
from app.life.talks import Talk
from tests.app.exchange.bringing import Office, dues

PERSON = [
    ["党员基本信息采集表"],
    ["姓名", "甲四", "性别", "女", "民族", "汉族", "照片"],
    ["出生日期", "1980年3月", "入党时间", "2005年7月1日", "转正时间", "2006年7月1日"],
    ["学历", "大学本科", "籍贯", "", "", ""],
    ["毕业院校", "某某大学", "", ""],
    ["家庭成员", "称谓", "姓名", "年龄", "政治面貌", "工作单位"],
    ["", "父亲", "甲老", "70", "群众", "退休"],
    ["填表人：乙五", "", "2026年3月"],
]


def test_the_form_of_one_person_is_one_member_and_not_a_row_for_each_line(office: Office) -> None:
    office.takes("members", PERSON)
    assert office.names == ["甲四"]
    member = office.members["甲四"]
    assert (member.sex, member.ethnicity, str(member.birth), member.education) == ("女", "汉族", "1980-03", "大学本科")
    assert (str(member.joined), str(member.confirmed), member.native_place) == ("2005-07-01", "2006-07-01", "")
    assert any("表中其他内容" in text for text in office.left)  # the family, the school, who filled it in


def test_forms_below_one_another_are_a_member_each(office: Office) -> None:
    office.takes(
        "members",
        [
            *(["姓名", "甲四", "性别", "女"], ["入党时间", "2005年7月1日", "转正时间", "2006年7月1日"]),
            *(["党内职务", ""], []),
            *(["姓名", "乙五", "性别", "男"], ["入党时间", "1995年7月1日", "转正时间", "1996年7月1日"]),
            ["党内职务", "组织委员"],
        ],
    )
    assert [(name, str(member.joined)) for name, member in office.members.items()] == [
        ("甲四", "2005-07-01"),
        ("乙五", "1995-07-01"),
    ]
    assert office.posts("甲四") == [] and office.posts("乙五") == ["组织委员"]


def test_forms_on_sheets_of_their_own_with_merged_cells_are_a_member_each(office: Office) -> None:
    def form(name: str, day: str) -> list[list[str]]:
        return [
            ["党员登记表"],
            ["姓名", "", name, "", "性别", "男"],
            ["入党时间", "", day, "", "转正时间", "2006-07-01"],
        ]

    def merge(_, sheet) -> None:
        for row, text in ((1, "姓名"), (2, "入党时间")):
            sheet.merge_range(row, 0, row, 1, text)

    office.takes("members", {"甲": form("甲四", "2005-07-01"), "乙": form("乙五", "2005-06-01")}, tweak=merge)
    assert {name: str(member.joined) for name, member in office.members.items()} == {
        "甲四": "2005-07-01",
        "乙五": "2005-06-01",
    }


def test_a_roster_that_lies_on_its_side_is_read_by_its_columns(office: Office) -> None:
    rows = [["姓名", "甲四", "乙五", "丙六"], ["性别", "女", "男", "女"], ["入党时间", "2001.7", "1999.07.01", ""]]
    office.takes("members", [["党员名册"], *rows, ["备注", "", "病", ""]])
    assert office.names == ["甲四", "乙五", "丙六"]
    assert office.members["乙五"].note == "病" and office.members["丙六"].sex == "女"


def test_dues_with_the_months_down_the_left_belong_to_the_person_above(office: Office) -> None:
    office.has("甲一", "乙二")
    dues(office, [["姓名", "甲一", "乙二"], ["1月", 20, 10], ["2月", 21, ""], ["3月", 22, 12]])
    assert office.paid == {
        "甲一 2026-01": 2000,
        "甲一 2026-02": 2100,
        "甲一 2026-03": 2200,
        "乙二 2026-01": 1000,
        "乙二 2026-03": 1200,
    }


def test_what_is_owed_in_a_card_of_one_person_is_not_taken_for_paid(office: Office) -> None:
    office.has("甲一")
    rows = [["姓名", "甲一", "性别", "男"], ["月份", "应交", "实交"], ["1月", "20", ""], ["2月", "20", ""]]
    dues(office, rows)
    assert office.paid == {}


MEETING = [
    ["“三会一课”记录表"],
    ["会议名称", "支部党员大会", "时间", "2026年3月5日 14:30"],
    ["地点", "会议室", "主持人", "甲一"],
    ["应到人数", "3", "实到人数", "2"],
    ["缺席人员及原因", "丙三（病假）", "", ""],
    ["会议主题", "学习全会精神", "", ""],
    ["会议内容"],
    ["甲一领学，大家发言。"],
    ["记录人签字：乙二"],
]


def test_the_record_of_one_meeting_is_one_meeting(office: Office) -> None:
    office.has("甲一", "乙二", "丙三").takes("meetings", MEETING)
    (minutes,) = office.meetings
    meeting = minutes.meeting
    assert [kind.value for kind in minutes.types] == ["支部党员大会"] and str(meeting.start)[:5] == "14:30"
    assert (meeting.subject, meeting.host, meeting.content) == ("学习全会精神", "甲一", "甲一领学，大家发言。")
    assert [one.reason for one in minutes.attendance if one.reason] == ["因病"]


def test_the_record_of_one_talk_is_one_talk(office: Office) -> None:
    rows = [
        ["谈话人", "甲一", "谈话对象", "乙二"],
        ["谈话时间", "2026年3月5日", "地点", "办公室"],
        ["谈话内容", "近况"],
    ]
    office.has("甲一", "乙二").takes("talks", [["谈心谈话记录"], *rows])
    assert [(talk.place, talk.content) for talk in office.ledger[Talk].all()] == [("办公室", "近况")]


def test_a_table_with_unknown_columns_between_the_known_stays_a_table(office: Office) -> None:
    head = ["姓名", "工号", "性别", "楼层", "入党时间", "食堂"]
    office.takes("members", [head, ["甲四", "A", "女", "二层", "2005-07-01", "南"], ["乙五", "B", "男", "", "", ""]])
    assert office.names == ["甲四", "乙五"]


def test_meetings_side_by_side_with_their_days_in_parts_are_read(office: Office) -> None:
    rows = [["月", "3", "3"], ["日", "5", "6"], ["类型", "党课", "支委会"], ["主题", "作风", "研究"]]
    office.takes("meetings", rows, "2026年会议.xlsx")
    assert [str(minutes.meeting.held_on) for minutes in office.meetings] == ["2026-03-05", "2026-03-06"]


WORDS = [
    "姓名",
    "性别",
    "入党时间",
    "转正时间",
    "党小组",
    "备注",
    "时间",
    "日期",
    "类型",
    "主题",
    "会议名称",
    "月",
    "日",
]
WORDS += ["谈话人", "谈话对象", "1月", "2月", "应交", "实交"]
CELLS = st.sampled_from(["", "", *WORDS, "甲四", "女", "2005-07-01", "3", "20", "党课", "照片"])


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_whatever_stands_in_a_sheet_nothing_that_is_said_is_lost(grid: list[list[str]]) -> None:
    kinds = [(columns.field_of, columns.needed) for columns in COLUMNS.values()]
    table = as_table(RawSheet("表", "", tuple(map(tuple, grid))), kinds)
    told = "；".join(str(cell or "") for row in table.grid for cell in row)
    assert all(cell in told for row in grid for cell in row if cell not in WORDS)


def test_a_roster_with_months_of_birth_is_no_form_of_dues(office: Office) -> None:
    rows = [
        ["姓名", "性别", "出生年月", "入党时间", "转正时间", "备注"],
        ["甲乙丁", "男", "1951年2月", "1980-09-09", "1981年9月", ""],
        ["甲乙甲", "男", "1969年7月", "19960104", "19970104", "失联"],
        ["甲壬癸", "男", "1990年8月", "2014.07", "2015年7月", "受警告处分"],
        ["甲己", "男", "1954年4月", "1977.02", "1978年2月", "原支部书记"],
        ["甲丁丙", "女", "1998年11月", "2022年10月", "2023-10-09", "借调市局"],
    ]
    office.takes("members", rows)
    assert len(office.names) == 5 and office.left == []


def test_pages_and_who_signs_are_nobody(office: Office) -> None:
    heads = ["职务", "姓名", "入党时间"]
    rows = [
        ["科员", "甲乙", "2001.7"],
        ["第1页"],
        heads,
        ["科长", "甲丙", "2001.7"],
        ["填表人：张三", "审核：李四", ""],
    ]
    office.takes("members", [heads, *rows, ["合计", "2名"]])
    assert office.names == ["甲乙", "甲丙"] and office.outcome.refused == []
