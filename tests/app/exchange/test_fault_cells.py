"""What a sheet shows of a cell is what it says: days shown in part, errors, lines struck out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from app.exchange.mending import Mending
from app.people.members import MemberStatus
from tests.app.exchange.bringing import Office


def day(row: int, column: int, moment: datetime, form: str) -> Any:
    """A cell that holds a day and shows it in this form."""
    return lambda book, sheet: sheet.write_datetime(row, column, moment, book.add_format({"num_format": form}))


ADMITTED = datetime(2001, 7, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("form", "joined"),
    [
        ('yyyy"年"m"月"', "2001-07"),
        ("yyyy/m", "2001-07"),
        ("mmm-yy", "2001-07"),
        ('[$-804]yyyy"年"m"月";@', "2001-07"),
        ("yyyy-mm-dd", "2001-07-01"),
        ('yyyy"年"m"月"d"日"', "2001-07-01"),
        ("General", "2001-07-01"),
    ],
)
def test_a_day_that_shows_its_month_alone_is_a_month(office: Office, form: str, joined: str) -> None:
    office.takes("members", [["姓名", "入党时间"], ["甲一", "?"]], tweak=day(1, 1, ADMITTED, form))
    assert str(office.members["甲一"].joined) == joined


def test_a_day_that_shows_its_year_alone_is_a_year(office: Office) -> None:
    first = datetime(2001, 1, 1)  # noqa: DTZ001
    office.takes("members", [["姓名", "入党时间"], ["甲一", "?"]], tweak=day(1, 1, first, 'yyyy"年"'))
    assert str(office.members["甲一"].joined) == "2001"


def test_a_day_within_a_month_is_kept_though_it_is_not_shown(office: Office) -> None:
    within = datetime(2001, 7, 15)  # noqa: DTZ001
    office.takes("members", [["姓名", "入党时间"], ["甲一", "?"]], tweak=day(1, 1, within, 'yyyy"年"m"月"'))
    assert str(office.members["甲一"].joined) == "2001-07-15"


@pytest.mark.parametrize("form", ['m"月"d"日"', "m/d", "d-mmm"])
def test_the_year_in_which_a_day_was_typed_is_not_its_year(office: Office, form: str) -> None:
    typed = datetime(2026, 3, 5)  # noqa: DTZ001
    rows = [["2025年三会一课"], ["时间", "类型", "主题"], ["?", "党课", "学习"]]
    office.takes("meetings", rows, tweak=day(2, 0, typed, form))
    assert [str(minutes.meeting.held_on) for minutes in office.meetings] == ["2025-03-05"]


def test_a_day_without_a_shown_year_is_asked_where_nothing_tells_it(office: Office) -> None:
    typed = datetime(2026, 3, 5, 14, 30)  # noqa: DTZ001
    office.takes("meetings", [["时间", "类型", "主题"], ["?", "党课", "学习"]], tweak=day(1, 0, typed, "m/d h:mm"))
    assert office.meetings == [] and office.asked == [(2, "held_on", "2026-03-05")]


def test_an_error_is_no_empty_cell(office: Office) -> None:
    rows = [["姓名", "入党时间", "转正时间"], ["甲一", "", "2002.7.1"]]
    office.takes("members", rows, tweak=lambda _, sheet: sheet.write_formula(1, 1, "=NA()", None, "#N/A"))
    assert office.names == [] and office.wrong == [(2, "joined")]


def test_what_is_struck_out_waits_for_an_answer(office: Office) -> None:
    def strike(book: Any, sheet: Any) -> None:
        sheet.write_string(2, 0, "乙二", book.add_format({"font_strikeout": True}))

    rows = [["姓名", "入党时间", "转正时间"], *([name, "2001.7.1", "2002.7.1"] for name in ("甲一", "乙二"))]
    office.takes("members", rows, tweak=strike)
    assert office.names == ["甲一"] and office.asked == [(3, "name", "乙二")]
    office.takes("members", rows, tweak=strike, mending=Mending(accepted=frozenset({(3, "name")})))
    assert office.names == ["甲一", "乙二"]


@pytest.mark.parametrize("note", ['"他说好', '他说"好', '"他"说"好'])
def test_a_quotation_mark_that_is_never_closed_swallows_no_row(office: Office, note: str) -> None:
    office.takes("members", f"姓名,性别,备注\n甲一,男,{note}\n甲二,女,好\n甲三,女,好\n")
    assert office.names == ["甲一", "甲二", "甲三"]


def test_the_mark_of_a_number_written_as_text_is_no_part_of_it(office: Office) -> None:
    office.takes("members", "姓名,身份证号,手机\n甲一,'11010119800307001X,'13800000000\n")
    assert (office.members["甲一"].id_number, office.members["甲一"].phone) == ("11010119800307001X", "13800000000")


def test_a_heading_that_says_it_all_is_not_read_with_what_stands_over_it(office: Office) -> None:
    office.takes("members", [["姓名", "入党", ""], ["", "时间", "转正时间"], ["甲一", "2001.7.1", "2002.7.1"]])
    assert str(office.members["甲一"].confirmed) == "2002-07-01"


def test_traditional_characters_of_headings_and_words_are_read_and_names_kept(office: Office) -> None:
    heads, row = "姓名,入黨時間,人員類別,黨內職務", "陳一,2026年3月1日,預備黨員,組織委員"
    office.takes("members", f"{heads}\n{row}\n".encode("big5"), "a.csv")
    assert office.names == ["陳一"] and office.posts("陳一") == ["组织委员"]
    assert office.status("陳一") is MemberStatus.PROBATIONARY
    held = "時間,會議類型,主題,缺席人員\n2026.3.5,支部黨員大會,學習,無\n2026.3.6,黨課,作風,無\n"
    office.takes("meetings", held.encode("big5"), "b.csv")
    assert [kind.value for held in office.meetings for kind in held.types] == ["支部党员大会", "党课"]
    office.takes("dues", "姓名,月應交,1月,2月\n陳一,20,已繳,未繳\n".encode("big5"), "2026.csv")
    assert office.paid == {"陳一 2026-01": 2000}
