from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from app.branch.groups import Group
from app.dues.bases import DuesBasis, DuesCategory
from app.dues.payments import Payment
from app.errors import Refused
from app.exchange.export import EXPORTS, export_table
from app.exchange.meeting_types import read_types
from app.exchange.reading import Sure, read_amount
from app.exchange.tables import import_table
from app.life.attendance import AttendanceState
from app.life.meetings import load_minutes
from app.life.talks import Talk
from app.people.circumstances import Circumstance, CircumstanceKind
from app.people.members import Member, MemberStatus, enrol
from app.people.posts import Post
from app.people.roster import load_roster
from app.rules.meeting_types import MeetingType
from app.year.ledger import load_year

TABLES = Path(__file__).parents[2] / "tables"
TODAY = date(2026, 11, 22)
ROSTER, EXPORT, CONTACTS = "党员花名册.xlsx", "党员信息导出.xls", "通讯录.csv"


def bring(ledger, kind: str, name: str, **options):
    return import_table(ledger, kind, TABLES / name, TODAY, **options)


def counts(outcome) -> tuple[int, int, int, int]:
    return outcome.added, outcome.updated, outcome.unchanged, len({f.row for f in outcome.refused})


def test_roster_with_title_rows_and_mixed_dates_comes_in_whole(ledger) -> None:
    outcome = bring(ledger, "members", ROSTER)
    assert counts(outcome) == (24, 0, 0, 0)
    people = {member.name: member for member in ledger[Member].all()}
    assert str(people["高航敏"].joined) == "1980-10"
    assert str(people["许志"].birth) == "1959-10-02"
    assert {"王伟", "张䶮", "阿依古丽·买买提"} <= set(people)
    assert people["曹英平"].id_number == "430199199904038705"
    who = load_roster(ledger)
    assert who.status(people["梁宇"].id, TODAY) is MemberStatus.PROBATIONARY
    assert len(ledger[Post].all()) == 5 and len(ledger[Group].all()) == 3
    bases = {basis.member: basis for basis in ledger[DuesBasis].all()}
    assert bases[people["许志"].id].category is DuesCategory.RETIRED
    assert bases[people["曹英平"].id].base_fen == 362050


def test_the_national_export_completes_the_same_people(ledger) -> None:
    bring(ledger, "members", ROSTER)
    outcome = bring(ledger, "members", EXPORT)
    assert counts(outcome) == (0, 24, 0, 0)
    assert all(fault.column == "民族" for fault in outcome.notices)
    people = {member.name: member for member in ledger[Member].all()}
    assert str(people["高航敏"].joined) == "1980-10-04"
    floating = {fact.member for fact in ledger[Circumstance].all(kind=CircumstanceKind.FLOATING)}
    assert people["朱平明"].id in floating


def test_contact_list_in_gbk_finds_people_by_number(ledger) -> None:
    bring(ledger, "members", ROSTER)
    outcome = bring(ledger, "members", CONTACTS)
    assert counts(outcome) == (0, 0, 24, 0)
    assert [(f.row, f.column) for f in outcome.notices] == [(11, "姓名")]


def test_contact_list_alone_refuses_the_lost_character_and_invents_no_status(ledger) -> None:
    outcome = bring(ledger, "members", CONTACTS)
    assert counts(outcome) == (23, 0, 0, 1)
    assert [(f.row, f.column) for f in outcome.refused] == [(11, "姓名")]
    assert load_roster(ledger).present(TODAY) == []


def test_activities_come_in_with_their_roll(ledger) -> None:
    bring(ledger, "members", ROSTER)
    assert counts(bring(ledger, "meetings", "组织生活台账.xlsx")) == (36, 0, 0, 0)
    first = load_minutes(ledger)[0]
    names = {member.id: member.name for member in ledger[Member].all()}
    absent = {names[r.member]: r.reason for r in first.with_state(AttendanceState.ABSENT)}
    assert absent == {"高强杰": "因病", "朱平明": "因事", "邓思强": "因公"}
    assert (first.expected, len(first.attended), first.minutes_of_study) == (24, 21, 120)
    joint = next(m for m in load_minutes(ledger) if m.meeting.held_on == date(2026, 6, 5))
    assert set(joint.types) == {MeetingType.THEME_DAY, MeetingType.LECTURE}
    assert counts(bring(ledger, "meetings", "组织生活台账.xlsx")) == (0, 0, 36, 0)


def test_activities_without_a_roster_name_the_unknown_absentee(ledger) -> None:
    outcome = bring(ledger, "meetings", "组织生活台账.xlsx")
    assert outcome.added + len({f.row for f in outcome.refused}) == 36
    assert all("不在名册里" in f.reason and f.column == "缺席人员及原因" for f in outcome.refused)


def test_talks_come_in_but_for_the_one_with_oneself(ledger) -> None:
    bring(ledger, "members", ROSTER)
    outcome = bring(ledger, "talks", "谈心谈话记录.xlsx")
    assert counts(outcome) == (19, 0, 0, 1)
    fault = outcome.refused[0]
    assert (fault.row, fault.column) == (11, "谈话对象") and "同一个人" in fault.reason
    assert len(ledger[Talk].all()) == 19


def test_dues_register_gives_the_same_amounts_as_the_rules(ledger) -> None:
    bring(ledger, "members", ROSTER)
    outcome = bring(ledger, "dues", "党费收缴登记表（2026年）.xlsx")
    assert counts(outcome) == (24, 0, 0, 0)
    assert outcome.notices == []
    dues = load_year(ledger, 2026).dues
    assert all(cell.settled for row in dues.rows.values() for cell in row[:4])
    assert sum(payment.amount_fen for payment in ledger[Payment].all()) == 1663684
    assert all(payment.paid_on is None for payment in ledger[Payment].all())


def test_dry_run_changes_nothing(ledger) -> None:
    assert counts(bring(ledger, "members", ROSTER, dry_run=True)) == (24, 0, 0, 0)
    assert ledger[Member].all() == []


def write(path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path.write_text(text, encoding)
    return path


def test_bad_cells_are_named_and_good_rows_come_in(ledger, tmp_path: Path) -> None:
    text = (
        "姓名,性别,出生日期,入党时间,转正时间\n张一,男,2024-02-30,1990,1991\n"
        "李二,女,1970.5,1990.01,1991.01\n,男,,,\n王三,X,1980,2000,2001\n"
    )
    outcome = import_table(ledger, "members", write(tmp_path / "册.csv", text), TODAY)
    assert counts(outcome) == (1, 0, 0, 3)
    assert [(f.row, f.column) for f in outcome.refused] == [(2, "出生日期"), (4, "姓名"), (5, "性别")]
    assert [member.name for member in ledger[Member].all()] == ["李二"]


def test_a_sheet_with_no_good_row_is_refused_whole(ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有一行能导入"):
        import_table(ledger, "talks", write(tmp_path / "a.csv", "时间,谈话人,谈话对象\n2026-1-1,甲,乙\n"), TODAY)
    assert ledger[Talk].all() == []


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", "没有表头".encode()])
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".csv"])
def test_files_that_are_no_tables_are_refused_in_chinese(ledger, tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"坏{suffix}"
    path.write_bytes(content)
    with pytest.raises(Refused):
        import_table(ledger, "members", path, TODAY)


def test_absentees_that_do_not_add_up_keep_the_row_out(ledger, tmp_path: Path) -> None:
    for name in ("张一", "李二", "王三"):
        enrol(ledger, Member(name=name), TODAY, status=MemberStatus.FULL)
    head = "时间,类型,主题,应到,实到,缺席\n"
    path = write(
        tmp_path / "会.csv",
        head + "2026-1-5,支部党员大会,甲,3,1,张一（病假）\n2026-2-5,支部党员大会,乙,3,2,张一（病假）\n",
    )
    outcome = import_table(ledger, "meetings", path, TODAY)
    assert counts(outcome) == (1, 0, 0, 1)
    assert "缺席应有 2 人" in outcome.refused[0].reason


def test_numbers_that_do_not_fit_the_roster_stay_words(ledger, tmp_path: Path) -> None:
    for name in ("张一", "李二", "王三"):
        enrol(ledger, Member(name=name), TODAY, status=MemberStatus.FULL)
    head = "时间,类型,主题,应到,实到,缺席\n"
    path = write(tmp_path / "会.csv", head + "2026-1-5,支部党员大会,甲,9,8,张一（病假）\n")
    outcome = import_table(ledger, "meetings", path, TODAY)
    assert counts(outcome) == (1, 0, 0, 0) and "没有生成签到名单" in outcome.notices[0].reason
    (only,) = load_minutes(ledger)
    assert (
        only.attendance == ()
        and "应到 9 人，实到 8 人" in only.meeting.remark
        and "张一（病假）" in only.meeting.remark
    )


def test_types_named_together() -> None:
    assert read_types("主题党日暨党课") == (MeetingType.THEME_DAY, MeetingType.LECTURE)
    assert read_types("党员大会、组织生活会") == (MeetingType.GENERAL, MeetingType.LIFE_MEETING)
    assert read_types("团建") == ()


def test_amounts_of_a_spreadsheet_are_exact() -> None:
    assert read_amount(131.48).value == 13148 and read_amount("1,234.5元").value == 123450
    rounded = read_amount(36.205)
    assert (rounded.value, rounded.sure) == (3621, Sure.PROPOSED) and "36.205" in rounded.why


def test_export_writes_no_formula_and_keeps_text(ledger) -> None:
    from python_calamine import CalamineWorkbook

    evil = Member(name="=1+1", id_number="430199199904038705", phone="013900000000", note="@SUM(A1)")
    enrol(ledger, evil, TODAY, status=MemberStatus.FULL)
    data = export_table(load_year(ledger, 2026), "members", TODAY)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert "=1+1" in rows[1] and "430199199904038705" in rows[1] and "013900000000" in rows[1]
    import zipfile

    sheet = zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_what_was_exported_comes_in_again_unchanged(sample, vault, tmp_path: Path) -> None:
    from app.branch.branch import found_branch

    year = load_year(sample, 2026)
    copy = vault.create(tmp_path / "副本.zbtz")
    found_branch(copy, "副本")
    for kind in EXPORTS:
        path = tmp_path / f"2026年{kind}.xlsx"
        path.write_bytes(export_table(year, kind, date(2026, 7, 16)))
        outcome = import_table(copy, kind, path, TODAY)
        refused = [f for f in outcome.refused if "不在名册里" not in f.reason]
        assert refused == [], kind
        assert outcome.added > 0
    assert len(load_year(copy, 2026).minutes) + 8 >= len(year.minutes)
    copy.close()


@pytest.mark.parametrize(
    ("said", "types", "activity"),
    [
        ("读书分享", (MeetingType.OTHER,), "读书分享"),
        ("青年理论学习", (MeetingType.STUDY,), "青年理论学习"),
        ("主题党日暨读书分享", (MeetingType.THEME_DAY,), "读书分享"),
        ("主题党日", (MeetingType.THEME_DAY,), ""),
    ],
)
def test_an_activity_of_the_own_branch_is_read_from_a_table(staffed, tmp_path, said, types, activity) -> None:
    path = tmp_path / "会议.csv"
    path.write_text(f"日期,类型,主题\n2026-03-06,{said},学习\n", "utf-8")
    assert import_table(staffed, "meetings", path, TODAY, dry_run=True).added == 1
    outcome = import_table(staffed, "meetings", path, TODAY)
    assert not outcome.refused
    (minutes,) = load_minutes(staffed, 2026)
    assert (minutes.types, minutes.meeting.activity) == (types, activity)
