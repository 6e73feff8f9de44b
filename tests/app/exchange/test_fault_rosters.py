"""Rosters that went wrong in offices, with the right result of each, and their kind tried with others beside."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from app.dues.bases import DuesBasis, DuesCategory
from app.exchange.export import export_table
from app.exchange.mending import Mending
from app.people.members import MemberStatus, Placement, Sex
from app.people.posts import Post, in_force
from app.year.ledger import load_year
from tests.app.exchange.bringing import TODAY, Office, dues, file

FULL, PROBATIONARY = MemberStatus.FULL, MemberStatus.PROBATIONARY


# --- 02, 15 days ----------------------------------------------------------------------------------------


def test_02_six_digits_are_a_day_only_where_there_is_one_reading(office: Office) -> None:
    file(office, "members", "02-名册-六位日期.xlsx")
    told = {name: (str(who.joined), str(who.confirmed)) for name, who in office.members.items()}
    assert told == {
        "甲一": ("2021-07-01", "2022-07-01"),
        "甲二": ("2019-05-12", "2020-05-12"),
        "甲三": ("2019-10-01", "2020-10-01"),
    }
    assert {row for row, _ in office.wrong} == {5} and {row for row, *_ in office.asked} == {6}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (["甲一", "1920-05-01", "", ""], "joined"),
        (["甲一", "2030-05-01", "", ""], "joined"),
        (["甲一", "2004-05-01", "2004-08-01", ""], "confirmed"),
        (["甲一", "2004-05-01", "2009-05-01", ""], "confirmed"),
        (["甲一", "2004-05-01", "2005-05-01", "1990-01-01"], "joined"),
        (["甲一", "2004-05-01", "2003-05-01", ""], "confirmed"),
    ],
)
def test_02_a_day_that_can_hardly_be_waits_for_an_answer(office: Office, row: list[str], field: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间", "出生日期"], row])
    assert office.names == []
    assert (2, field) in [(fault.number, fault.field) for fault in office.outcome.refused]


def test_02_an_answer_lets_the_row_in(office: Office) -> None:
    rows = [["姓名", "入党时间", "转正时间"], ["甲一", "2004-05-01", "2009-05-01"]]
    office.takes("members", rows, mending=Mending(accepted=frozenset({(2, "confirmed")})))
    assert str(office.members["甲一"].confirmed) == "2009-05-01"


def test_15_a_time_is_no_fault_and_a_lost_zero_is_asked(office: Office) -> None:
    file(office, "members", "15-名册-带时刻.csv")
    assert str(office.members["甲三"].joined) == "2010-07-01"
    assert str(office.members["甲二"].joined) == "2001-12"
    assert "甲一" not in office.names
    assert office.asked == [(2, "joined", "1998-01"), (2, "confirmed", "1999-01")]
    chosen = {(2, "joined"): "1998-10", (2, "confirmed"): "1999-10"}
    file(office, "members", "15-名册-带时刻.csv", Mending(edits=chosen))
    assert str(office.members["甲一"].joined) == "1998-10"


# --- 03, 04, 05 where things are ------------------------------------------------------------------------


def test_03_a_merged_value_is_that_of_every_row(office: Office) -> None:
    file(office, "members", "03-名册-合并单元格.xlsx")
    groups = {item.member: item.group for item in office.ledger[Placement].all()}
    assert len({groups[office.members[name].id] for name in ("甲一", "甲二", "甲三")}) == 1
    assert groups[office.members["乙二"].id] == groups[office.members["乙一"].id] != groups[office.members["甲一"].id]


def test_03_an_amount_shared_by_rows_is_asked(office: Office) -> None:
    office.has("甲一", "甲二")
    rows = [["姓名", "1月"], ["甲一", 100], ["甲二", ""]]
    dues(office, rows, tweak=lambda _, sheet: sheet.merge_range(1, 1, 2, 1, 100))
    assert "甲二 2026-01" not in office.paid
    assert (3, "m1", "100.00") in office.asked


def test_03_a_banner_over_the_rows_is_their_group(office: Office) -> None:
    rows = [
        ["姓名", "性别", "入党时间"],
        ["第一党小组"],
        ["甲一", "男", "2001-07-01"],
        ["第二党小组"],
        ["乙一", "女", "2001-07-01"],
    ]
    office.takes(
        "members",
        rows,
        tweak=lambda _, s: (s.merge_range(1, 0, 1, 2, "第一党小组"), s.merge_range(3, 0, 3, 2, "第二党小组")),
    )
    assert office.names == ["甲一", "乙一"]
    assert len({item.group for item in office.ledger[Placement].all()}) == 2


def test_04_all_sheets_with_the_same_heading_are_read(office: Office) -> None:
    file(office, "members", "04-名册-多张表.xlsx")
    assert office.names == ["甲一", "乙一", "丙一"]


def test_04_other_sheets_are_told_with_their_rows_and_can_be_taken(office: Office) -> None:
    head = ["姓名", "性别", "入党时间", "转正时间"]
    sheets = {
        "现员": [head, ["甲一", "男", "2001-07-01", "2002-07-01"]],
        "旧表": [head, ["乙一", "男", "2001-07-01", "2002-07-01"]],
        "说明": [["本表由组织科填写"]],
    }
    office.takes("members", sheets)
    assert office.names == ["甲一"]
    assert office.left == ["工作表“旧表”的 2 行 名称像是旧表、备份或模板", "工作表“说明”的 1 行 没有认得的表头"]
    assert [item.sheet for item in office.outcome.left_out] == [1, None]
    office.takes("members", sheets, mending=Mending(sheets=frozenset({0, 1})))
    assert office.names == ["甲一", "乙一"]


def test_04_a_hidden_sheet_is_told(office: Office) -> None:
    head = ["姓名", "性别", "入党时间"]
    sheets = {"现员": [head, ["甲一", "男", "2001-07-01"]], "暂存": [head, ["乙一", "男", "2001-07-01"]]}

    def hide(book, sheet) -> None:
        if sheet.get_name() == "暂存":
            sheet.hide()

    office.takes("members", sheets, tweak=hide)
    assert office.names == ["甲一"] and office.says("隐藏")


def test_05_tables_side_by_side_are_both_read(office: Office) -> None:
    file(office, "members", "05-名册-左右两栏.xlsx")
    assert sorted(office.names) == sorted(["甲一", "甲三", "甲二", "甲四"])


def test_05_three_columns_of_dues_side_by_side(office: Office) -> None:
    office.has("甲一", "甲二", "甲三")
    rows = [["姓名", "1月", "姓名", "1月", "姓名", "1月"], ["甲一", 10, "甲二", 20, "甲三", 30]]
    dues(office, rows)
    assert office.paid == {"甲一 2026-01": 1000, "甲二 2026-01": 2000, "甲三 2026-01": 3000}


# --- 06, 07, 22 what somebody is ------------------------------------------------------------------------


def test_06_columns_win_over_remarks(office: Office) -> None:
    file(office, "members", "06-名册-备注用语.xlsx")
    assert {name: office.status(name) for name in ("甲一", "甲二", "乙一", "乙三")} == {
        "甲一": FULL,
        "甲二": FULL,
        "乙一": FULL,
        "乙三": PROBATIONARY,
    }
    assert {name: office.posts(name) for name in office.names if office.posts(name)} == {
        "甲一": ["书记"],
        "乙二": ["组织委员"],
        "乙五": ["书记", "组织委员"],
    }
    assert all(office.base(name).category is DuesCategory.EMPLOYED for name in ("甲三", "甲四", "甲五"))
    assert not {"甲七", "甲八", "甲九", "甲十"} & set(office.names)
    asked = {(row, proposed) for row, _, proposed in office.asked}
    assert {(6, "自 2025-03 起去世"), (7, "自 2025-05 起已转出"), (16, "")} <= asked


def test_06_a_leaving_in_a_remark_is_taken_when_somebody_says_so(office: Office) -> None:
    file(office, "members", "06-名册-备注用语.xlsx", Mending(accepted=frozenset({(6, "note")})))
    assert office.status("甲五") is MemberStatus.DECEASED
    assert office.status("甲五", date(2025, 2, 1)) is FULL
    assert office.status("甲六") is FULL


def test_07_without_a_day_of_confirmation_two_years_make_a_full_member_and_it_is_told(office: Office) -> None:
    file(office, "members", "07-名册-没有转正列.xlsx")
    assert [office.status(name) for name in ("甲一", "甲二", "甲三")] == [FULL, FULL, PROBATIONARY]
    assert [fault.number for fault in office.outcome.notices] == [2, 3, 4]
    assert office.members["甲一"].confirmed is None


def test_07_between_one_and_two_years_it_is_asked(office: Office) -> None:
    office.takes("members", [["姓名", "入党时间"], ["甲一", "2025-07-01"]])
    assert office.names == [] and office.asked == [(2, "status", "预备党员")]
    office.takes("members", [["姓名", "入党时间"], ["甲一", "2025-07-01"]], mending=Mending(accept_all=True))
    assert office.status("甲一") is PROBATIONARY


def test_07_the_short_column_is_understood(office: Office) -> None:
    file(office, "members", "07-名册-预正.xlsx")
    assert [office.status(name) for name in ("甲一", "甲二")] == [FULL, PROBATIONARY]
    assert office.says("历史党费缴至")


@pytest.mark.parametrize(
    ("heading", "words"),
    [("政治面貌", ("中共党员", "中共预备党员")), ("是否预备党员", ("否", "是")), ("党籍状态", ("正式", "预备"))],
)
def test_07_every_column_for_it_is_understood(office: Office, heading: str, words: tuple[str, str]) -> None:
    rows = [["姓名", heading, "入党时间"], ["甲一", words[0], "2001-07-01"], ["甲二", words[1], "2026-05-01"]]
    office.takes("members", rows)
    assert [office.status(name) for name in ("甲一", "甲二")] == [FULL, PROBATIONARY]


@pytest.mark.parametrize(
    "row",
    [
        ["甲一", "预备党员", "2001-07-01", "2002-07-01"],
        ["甲一", "预备党员", "2001-07-01", ""],
        ["甲一", "正式党员", "2026-07-01", ""],
        ["甲一", "已转出", "2001-07-01", "2002-07-01"],
    ],
)
def test_07_a_column_against_the_days_is_asked(office: Office, row: list[str]) -> None:
    office.takes("members", [["姓名", "人员类别", "入党时间", "转正时间"], row])
    assert office.names == [] and [(number, field) for number, field, _ in office.asked] == [(2, "status")]


def test_22_only_members_come_in_and_the_others_are_told(office: Office) -> None:
    file(office, "members", "22-全员花名册.xlsx")
    assert {name: office.status(name) for name in office.names} == {"甲一": FULL, "甲五": PROBATIONARY}
    assert office.says("不是党员")


def test_22_who_is_on_the_way_can_be_entered_there(office: Office) -> None:
    from app.development.steps import Applicant

    rows = [
        ["姓名", "政治面貌", "入党时间"],
        ["甲一", "中共党员", "2001-07-01"],
        ["甲二", "入党积极分子", ""],
        ["甲三", "发展对象", ""],
    ]
    office.takes("members", rows)
    assert office.names == ["甲一"]
    assert [item.offer for item in office.outcome.left_out] == ["记入发展党员", "记入发展党员"]
    office.takes("members", rows, mending=Mending(taken_rows=frozenset({3})))
    assert [item.name for item in office.ledger[Applicant].all()] == ["甲二"] and office.names == ["甲一"]


# --- 12, 13, 14, 19 who is who --------------------------------------------------------------------------


def test_12_names_are_one_however_they_are_written(office: Office) -> None:
    file(office, "members", "12-名册-间隔号.xlsx")
    assert office.names == ["努尔·甲提", "王䶮", "李𤇾", "张三", "青山", "赵㹀", "Anna Lee", "钱", "孙二", "周五"]
    assert office.wrong == [(12, "name")]
    for writing in ("努尔．甲提", "努尔‧甲提", "王䶮", "青山", "张　三", "孙二"):
        dues(office, [["姓名", "1月"], [writing, 50]])
        assert office.wrong == [], writing


def test_13_people_of_other_branches_are_told_and_left_out(office: Office) -> None:
    file(office, "members", "13-名册-几个支部.xlsx")
    assert office.names == ["甲一"]
    assert office.left == ["第 3 行（1 人） 所在党支部是“乙支部”", "第 4 行（1 人） 所在党支部是“丙支部”"]
    file(office, "members", "13-名册-几个支部.xlsx", Mending(taken_rows=frozenset({4})))
    assert office.names == ["甲一", "丙一"]


@pytest.mark.parametrize("writing", ["甲支部", "中共甲支部委员会", "甲党支部", "机关甲支部"])
def test_13_the_own_branch_in_other_writings(office: Office, writing: str) -> None:
    rows = [["姓名", "所在党支部", "入党时间"], ["甲一", writing, "2001-07-01"], ["乙一", "乙支部", "2001-07-01"]]
    office.takes("members", rows)
    assert office.names == ["甲一"]


def test_14_the_identity_number_tells_birth_and_sex(office: Office) -> None:
    file(office, "members", "14-名册-只有身份证号.xlsx")
    assert (str(office.members["甲一"].birth), office.members["甲一"].sex) == ("1980-03-07", Sex.MALE)
    assert office.members["甲二"].birth is None  # the number is not sound, and that is told
    assert office.says("校验位")


def test_19_namesakes_are_told_apart_by_number_and_department(office: Office) -> None:
    file(office, "members", "19-名册-重名.xlsx")
    assert office.names == ["张伟", "张伟", "甲三"]
    file(office, "dues", "19-党费-重名.xlsx", year="2026")
    bases = sorted(item.base_fen or 0 for item in office.ledger[DuesBasis].all())
    assert (office.outcome.added, bases) == (3, [500000, 500000, 600000])


@pytest.mark.parametrize(
    ("head", "cell", "added"),
    [("部门", "财务科", 1), ("身份证号", "110101197504102318", 1), ("部门", "人事科", 0), ("联系电话", "", 0)],
)
def test_19_namesakes_by_another_column_else_asked(office: Office, head: str, cell: str, added: int) -> None:
    file(office, "members", "19-名册-重名.xlsx")
    dues(office, [["姓名", head, "1月"], ["张伟", cell, 90]])
    assert office.outcome.added == added
    if not added:
        (fault,) = office.outcome.asked
        assert fault.others == ("张伟（办公室）", "张伟（财务科）")
        dues(office, [["姓名", "1月"], [fault.others[1], 90]])
        assert office.outcome.added == 1


def test_19_two_rows_of_one_name_in_a_roster(office: Office) -> None:
    head = ["姓名", "入党时间", "部门"]
    office.takes("members", [head, ["张伟", "2001-07-01", "办公室"], ["张伟", "2005-07-01", "财务科"]])
    assert office.names == ["张伟", "张伟"] and office.says("入党日期不同")
    office.takes("members", [["姓名", "性别"], ["甲一", "男"], ["甲一", "男"]])
    assert office.names.count("甲一") == 1 and [row for row, *_ in office.asked] == [3]


# --- 18 a newer roster ----------------------------------------------------------------------------------


def test_18_a_newer_roster_is_a_set_of_differences(office: Office) -> None:
    file(office, "members", "18-名册-2025.xlsx")
    outcome = file(office, "members", "18-名册-2026.xlsx")
    assert office.status("甲一") is FULL and office.status("甲一", date(2025, 6, 30)) is PROBATIONARY
    differing = {(item.row, item.label): (item.was, item.new, item.taken, item.since) for item in outcome.differences}
    assert differing[2, "人员类别"] == ("预备党员", "正式党员", True, "2025-07-01")
    assert differing[2, "联系电话"] == ("13800000001", "13900000001", False, "")
    assert differing[3, "党内职务"] == ("组织委员", "书记", False, "2026-11-26")
    assert {(2, "党小组"), (2, "党费基数"), (3, "党小组"), (3, "党费基数")} <= differing.keys()
    assert office.base("甲一").base_fen == 500000


def test_18_what_is_ticked_holds_from_the_day_that_is_said(office: Office) -> None:
    file(office, "members", "18-名册-2025.xlsx")
    taken = frozenset({(2, "group"), (3, "base"), (3, "post"), (2, "phone")})
    file(
        office,
        "members",
        "18-名册-2026.xlsx",
        Mending(taken=taken, since={(3, "base"): "2026-07", (3, "post"): "2026-03-01"}),
    )
    second = office.members["甲二"]
    assert (office.base("甲二").base_fen, str(office.base("甲二").since)) == (650000, "2026-07")
    posts = office.ledger[Post].all(member=second.id)
    assert [post.title.value for post in in_force(posts, date(2026, 2, 28))] == ["组织委员"]
    assert [post.title.value for post in in_force(posts, TODAY)] == ["书记"]
    assert office.members["甲一"].phone == "13900000001"
    assert len(office.ledger[Placement].all(member=office.members["甲一"].id)) == 2


def test_18_a_day_that_is_none_is_said_and_changes_nothing(office: Office) -> None:
    file(office, "members", "18-名册-2025.xlsx")
    mending = Mending(taken=frozenset({(3, "base")}), since={(3, "base"): "去年"})
    file(office, "members", "18-名册-2026.xlsx", mending)
    assert office.base("甲二").base_fen == 500000 and office.says("从哪一天起")


def test_the_usual_category_is_told_once(office: Office) -> None:
    office.takes(
        "members", [["姓名", "入党时间", "党费基数"], ["甲一", "2001-07-01", 5000], ["甲二", "2001-07-01", 6000]]
    )
    assert office.outcome.told == ["表里没有写明党费类别的 2 人按在职计，离退休的请在党费基数里改"]


def test_nothing_is_lost_silently(office: Office) -> None:
    """Every row and column of a table is either taken, wrong, asked or counted as left out."""
    rows = [
        ["姓名", "性别", "入党时间", "爱好"],
        ["甲一", "男", "2001-07-01", "书法"],
        ["3", "", "", ""],
        ["合计", "1 人", "", ""],
    ]
    office.takes("members", rows)
    assert office.names == ["甲一"] and office.wrong == [(3, "name")]
    assert office.left == ["第 4 行（共 1 行） 合计行", "“爱好”一列（1 格） 程序里没有这一项"]


@pytest.mark.parametrize("above", ["入党日期", "入党时间", "党籍时间", "时间"])
def test_both_days_below_one_heading_are_read(office: Office, above: str) -> None:
    rows = [
        ["姓名", "性别", above, "", "党内职务"],
        ["", "", "入党", "转正", ""],
        ["甲一", "女", "1998.7.1", "1999.7.1", "支部书记"],
        ["甲二", "男", "2004年12月", "2005年12月", ""],
    ]
    office.takes("members", rows)
    found = office.members
    assert (str(found["甲一"].joined), str(found["甲一"].confirmed)) == ("1998-07-01", "1999-07-01")
    assert (str(found["甲二"].joined), str(found["甲二"].confirmed)) == ("2004-12", "2005-12")


def test_somebody_of_whom_nothing_is_told_is_brought_in_told_and_in_the_list(office: Office) -> None:
    office.takes("members", [["姓名", "联系电话"], ["甲一", "1380000000２"]])
    assert office.says("记入名册后类别不明") and office.status("甲一") is None
    assert office.members["甲一"].phone == "13800000002"
    listed = export_table(load_year(office.ledger, 2026), "members", TODAY)
    assert "甲一" in {row[1].value for row in openpyxl.load_workbook(BytesIO(listed)).active.iter_rows()}


@pytest.mark.parametrize("said", ["李四/李思", "李四、王五", "李四，王五"])
def test_two_names_in_a_cell_are_asked(office: Office, said: str) -> None:
    office.takes("members", [["姓名", "入党时间", "转正时间"], [said, "2001.7.1", "2002.7.1"]])
    assert office.names == [] and office.asked[0][:2] == (2, "name")


@pytest.mark.parametrize("heading", ["加入中共组织时间", "参加党组织时间", "接收为预备党员时间"])
def test_the_day_of_joining_under_its_other_names(office: Office, heading: str) -> None:
    office.takes("members", [["姓名", heading, "成为正式党员时间"], ["甲一", "2001.7.1", "2002.7.1"]])
    assert f"{office.members['甲一'].joined} {office.members['甲一'].confirmed}" == "2001-07-01 2002-07-01"
