"""党员统计 by its bands, and that screen, spreadsheet, chart and print say the same."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from app.dates import PartialDate
from app.dues.arrears import arrears
from app.exchange.export import export_table
from app.life.study import hours
from app.money import yuan
from app.people.circumstances import Circumstance, CircumstanceKind, save_circumstance
from app.people.members import Member, MemberStatus, enrol
from app.reports.book import print_book
from app.reports.forms import print_form
from app.rules.rulebook import FIRST_DAY
from app.year.figures import all_charts, attendance_counts
from app.year.ledger import load_year
from app.year.statistics import party_statistics
from tests.app.reports.test_reports import plain, text_of
from tests.make import partial

TODAY = date(2026, 12, 31)


def counts(ledger, subject: str, day: date = TODAY) -> dict[str, int]:
    year = load_year(ledger, day.year)
    return {row.band: row.count for row in party_statistics(year, day) if row.subject == subject}


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("1991-12-31", "35 岁及以下"),
        ("1990-12-31", "36 至 45 岁"),
        ("1981-01-01", "36 至 45 岁"),
        ("1980-12-31", "46 至 60 岁"),
        ("1966-01-01", "46 至 60 岁"),
        ("1965-12-31", "61 岁及以上"),
    ],
)
def test_ages_fall_into_their_bands_on_the_last_day_of_the_year(ledger, born: str, band: str) -> None:
    enrol(ledger, Member(name="张一", birth=partial(born)), TODAY, status=MemberStatus.FULL)
    assert counts(ledger, "年龄")[band] == 1


@pytest.mark.parametrize(
    ("confirmed", "band"),
    [
        ("2026-01-01", "不满 1 年"),
        ("2025-12-31", "1 至 5 年"),
        ("2021-01-01", "1 至 5 年"),
        ("2020-12-31", "6 至 10 年"),
        ("2015-12-31", "11 至 20 年"),
        ("2005-12-31", "21 年及以上"),
    ],
)
def test_party_standing_falls_into_its_bands(ledger, confirmed: str, band: str) -> None:
    person = Member(name="张一", joined=partial("2004-12-31"), confirmed=partial(confirmed))
    enrol(ledger, person, TODAY, status=MemberStatus.FULL)
    assert counts(ledger, "党龄")[band] == 1


def test_a_probationary_member_has_no_standing_yet_and_the_unknown_is_told(ledger) -> None:
    young = Member(name="张一", joined=partial("2026-05-01"))
    enrol(ledger, young, TODAY, status=MemberStatus.PROBATIONARY)
    enrol(ledger, Member(name="李二"), TODAY, status=MemberStatus.FULL)
    assert counts(ledger, "党龄")["不满 1 年"] == 1
    assert counts(ledger, "年龄")["没有填写"] == 2


@pytest.mark.parametrize(
    ("since", "band"),
    [
        ("2026-06-30", "6 个月至 1 年"),
        ("2026-01-01", "6 个月至 1 年"),
        ("2025-12-31", "1 至 5 年"),
        ("2020-12-31", "6 至 10 年"),
        ("2015-12-31", "11 年及以上"),
    ],
)
def test_lost_contact_falls_into_its_bands(ledger, since: str, band: str) -> None:
    person = enrol(ledger, Member(name="张一"), TODAY, status=MemberStatus.FULL)
    kind = CircumstanceKind.OUT_OF_CONTACT
    save_circumstance(ledger, Circumstance(member=person.id, kind=kind, since=PartialDate.parse(since)))
    assert counts(ledger, "失联")[band] == 1


def test_every_subject_adds_up_to_all_members(sample) -> None:
    year = load_year(sample, 2026)
    rows = party_statistics(year, TODAY)
    total = rows[0].count
    for subject in ("人员类别", "性别", "民族", "年龄", "党龄", "学历", "工作岗位"):
        assert sum(row.count for row in rows if row.subject == subject) == total, subject


# --- the same figure everywhere -------------------------------------------------------------------------


def sheet(ledger, kind: str, day: date) -> list[list]:
    data = export_table(ledger, kind, day)
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


DAY = date(2026, 7, 16)


def test_dues_are_the_same_on_screen_in_the_spreadsheet_and_in_print(sample) -> None:
    from ui.pages.dues.grid import DuesModel, DuesRow

    year = load_year(sample, 2026)
    model = DuesModel()
    rows = [DuesRow(m, year.roster[m].name, year.dues.basis(m, 12), cells) for m, cells in year.dues.rows.items()]
    model.show_rows(rows)
    screen = [model.totals[month - 1] for month in range(1, 13)]
    assert screen == [year.dues.totals(month) for month in range(1, 13)]
    table = sheet(year, "dues", DAY)
    for month in range(1, 13):
        column = table[0].index(f"{month}月")
        assert round(sum(row[column] or 0 for row in table[1:-1] if row[column] != "") * 100) == screen[month - 1][1]
        assert table[-1][1] == "合计" and round(table[-1][column] * 100) == screen[month - 1][1]
    printed = plain(text_of(print_book(year, DAY, ["dues"]).data))
    for _, paid in screen[:7]:
        assert plain(yuan(paid)) in printed
    chart = next(chart for chart in all_charts(year, DAY) if chart.code == "dues")
    for month, bar in enumerate(chart.bars[:6], 1):
        cells = [row[month - 1] for row in year.dues.rows.values() if row[month - 1].owed_fen]
        assert bar.values[0] == round(100 * sum(c.settled for c in cells) / len(cells), 1)


def test_arrears_are_the_same_at_the_person_in_the_list_and_in_print(sample) -> None:
    year = load_year(sample, 2026)
    listed = arrears(year.dues, year.dues_before, DAY)
    assert listed
    handed = plain(text_of(print_form(year, "handover", 0, DAY).data))
    for item in listed:
        assert year.dues.arrears(item.member, DAY) == len([m for m in item.months if m[0] == 2026])
        assert plain(yuan(item.open_fen)) in handed


def test_members_hours_and_attendance_are_the_same_everywhere(sample) -> None:
    year = load_year(sample, 2026)
    table = sheet(year, "members", DAY)
    present = year.roster.present(DAY)
    assert [row[1] for row in table[1:]] == [person.name for person in present]
    studied, seen = year.studied, attendance_counts(year.minutes)
    printed = text_of(print_book(year, DAY, ["attendance"]).data)
    for person in present:
        line = next(line for line in printed.replace("\r", "").split("\n") if person.name in line)
        assert plain(f"{seen[person.id].expected}{seen[person.id].attended}") in plain(printed)
        assert hours(studied[person.id]) in printed and line
    chart = next(chart for chart in all_charts(year, DAY) if chart.code == "study")
    assert sum(int(sum(bar.values)) for bar in chart.bars) == len(present)
    statistics = {(row.subject, row.band): row.count for row in party_statistics(year, DAY)}
    assert statistics["党员总数", "合计"] == len(present)
    roster = plain(text_of(print_book(year, DAY, ["roster"]).data))
    assert f"共{len(present)}人" in roster
    ages = next(chart for chart in all_charts(year, DAY) if chart.code == "ages")
    men = sum(len(bar.rows[0]) for bar in ages.bars)
    assert men == statistics["性别", "男"]
    page = plain(text_of(print_book(year, DAY, ["statistics"]).data))
    for (_, band), count in statistics.items():
        assert plain(f"{band}{count}") in page


@pytest.mark.parametrize("year", range(FIRST_DAY.year, TODAY.year + 1))
def test_every_chart_of_every_year_is_drawn_also_before_hours_were_asked_for(ledger, year: int) -> None:
    enrol(ledger, Member(name="张一", joined=PartialDate(2001, 7, 1)), TODAY, status=MemberStatus.FULL)
    study = next(chart for chart in all_charts(load_year(ledger, year), date(year, 12, 31)) if chart.code == "study")
    assert [bar.label for bar in study.bars][-1].startswith("≥")
