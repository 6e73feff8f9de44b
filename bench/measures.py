"""Each measure: a value and its floor from the same run, median of five."""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bench.ledgers import STATE, UNTIL, YEAR, made, opened, roster_file, vault

ROUNDS = 5
ROOT = Path(__file__).parent.parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@dataclass(frozen=True)
class Figure:
    """One figure: what was measured beside its floor."""

    name: str
    what: str
    value: float
    floor: float
    goal: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.value / self.floor


def median(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of an action, median of the rounds after one that warms up."""
    action()
    taken: list[float] = []
    for _ in range(rounds):
        begin = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


@cache
def starts() -> dict[str, tuple[float, float]]:
    """Median seconds and MB of fresh starts of each kind, taken in turn so that a slow spell hits all alike."""
    taken: dict[str, list[tuple[float, float]]] = {"bare": [], "window": [], "dashboard": []}
    for number in range(ROUNDS + 1):
        for kind, results in taken.items():
            result = _start(kind)
            if number:  # the first warms the disk cache
                results.append(result)
    return {
        kind: (statistics.median(r[0] for r in results), statistics.median(r[1] for r in results))
        for kind, results in taken.items()
    }


def _start(kind: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.start", kind, str(made(10).path), str(STATE)]
    # As the packaged program: compiled modules are at hand.
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env=compiled)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


def first_window() -> Figure:
    return Figure(
        "window", "first painted window beside a bare QMainWindow", starts()["window"][0], starts()["bare"][0], 1.3
    )


def dashboard() -> Figure:
    return Figure("dashboard", "with dashboard and charts", starts()["dashboard"][0], starts()["bare"][0], 4)


def memory() -> Figure:
    value, floor = starts()["dashboard"][1], starts()["bare"][1]
    return Figure("memory", "resident with the dashboard shown", value, floor, 2.2, "MB")


def year_pdf() -> Figure:
    from app.printing.pdf import print_story
    from app.reports.binding import compose
    from app.reports.book import print_book, printed_chapters
    from app.year.ledger import load_year

    ledger = opened(10)
    year = load_year(ledger, YEAR)
    ledger.close()
    pages = print_book(year, UNTIL).pages
    assert pages >= 200, pages

    def plain() -> None:
        print_story(compose(year, UNTIL, printed_chapters(year)), "upright", "", "", "")

    value = median(lambda: print_book(year, UNTIL))
    return Figure(
        "pdf", f"the year's PDF of {pages} pages beside its flowables laid out once", value, median(plain), 1.5
    )


def appendix_pdf() -> Figure:
    from app.printing.pdf import print_story, upright_page
    from app.reports.appendix import appendix
    from app.reports.binding import compose
    from app.reports.book import BookOptions, print_book, printed_chapters
    from app.year.ledger import load_year
    from bench.photos import photos

    ledger = opened(10)
    year = load_year(ledger, YEAR)
    ledger.close()
    spool = vault().spool()
    options = BookOptions(photos=photos(400, spool))
    pages = print_book(year, UNTIL, None, options, spool=spool).pages
    assert pages >= 300, pages

    def plain() -> None:
        story = compose(year, UNTIL, printed_chapters(year))
        print_story([*story, *upright_page(), *appendix(options.photos)], "upright", "", "", "")

    value = median(lambda: print_book(year, UNTIL, None, options, spool=vault().spool()), 3)
    what = f"the year's book of {pages} pages with {len(options.photos)} photos beside one plain pass of its flowables"
    return Figure("appendix", what, value, median(plain, 3), 1.5)


def photos_memory() -> Figure:
    def peak(number: int) -> float:
        command = [sys.executable, "-m", "bench.photos", str(number)]
        return int(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout) / 1024

    what = "the most memory ever used to print a year with 400 photos and show the pages beside that with 100"
    return Figure("photos", what, peak(400), peak(100), 1.05, "MB")


def save_meeting() -> Figure:
    from app.life.attendance import Attendance, AttendanceState
    from app.life.meetings import Meeting, Minutes, record_meeting
    from app.rules.meeting_types import MeetingType
    from app.year.ledger import load_year

    ledger = opened(10)
    year = load_year(ledger, YEAR)
    people = year.roster.present(date(YEAR, 6, 1))
    roll = tuple(Attendance(member=person.id, state=AttendanceState.PRESENT) for person in people)
    minutes = Minutes(
        Meeting(held_on=date(YEAR, 6, 1), subject="学习", content="长" * 3000), (MeetingType.GENERAL,), roll
    )
    value = median(lambda: record_meeting(ledger, minutes, year.roster, UNTIL))
    ledger.close()
    floor_file = sqlite3.connect(made(10).path.with_name("floor.db"), isolation_level=None)
    floor_file.executescript(
        "PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE; CREATE TABLE IF NOT EXISTS m (a, b, c);"
        "CREATE TABLE IF NOT EXISTS r (a, b, c, d, e);"
    )
    rows = [(1, person.id, "", "出席", "") for person in people]

    def plain() -> None:
        floor_file.execute("BEGIN IMMEDIATE")
        floor_file.execute("INSERT INTO m VALUES (?, ?, ?)", ("2025-06-01", "学习", "长" * 3000))
        floor_file.executemany("INSERT INTO r VALUES (?, ?, ?, ?, ?)", rows)
        floor_file.execute("COMMIT")

    floor = median(plain)
    floor_file.close()
    return Figure("save", f"saving a meeting with {len(people)} attendees", value, floor, 4)


def standing_after_save() -> Figure:
    from app.year.ledger import load_year
    from app.year.standing import standing

    ledger = opened(10)
    year = load_year(ledger, YEAR)
    value = median(lambda: standing(year, UNTIL))
    floor = median(lambda: load_year(ledger, YEAR))
    ledger.close()
    return Figure("standing", "standing after a save beside reading that year's rows", value + floor, floor, 2)


def filter_key() -> Figure:
    from PySide6.QtWidgets import QApplication

    from app.people.members import Member
    from ui.house.application import make_application
    from ui.house.preferences import Preferences
    from ui.kit.table import Column, Table

    application: QApplication = make_application(Preferences())
    given = "志强建民秀兰晓明国平丽华海燕超群文博永康红梅"
    surnames = "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗"
    people = [
        Member(id=n, name=surnames[n % 20] + given[n % 22] + given[(n * 7 // 3) % 22], note=f"部门{n % 9}")
        for n in range(5000)
    ]
    columns = (
        Column("姓名", lambda m: m.name, 140, strong=True, avatar=True),
        Column("部门", lambda m: m.note, 120),
        Column("类别", lambda m: "正式", 90, tone=lambda _: "info"),
    )
    table = Table("名册", columns, lambda m: m.name)
    table.resize(900, 640)
    table.set_rows(people)
    table.show()
    application.processEvents()
    queries = iter(["z", "zz", "zzq", "z", "zq", "zqx", "x"] * 20)
    table.filter("z")

    def keystroke() -> None:
        table.filter(next(queries))
        table.viewport().repaint()

    def repaint() -> None:
        table.viewport().repaint()

    value = median(keystroke, 15)
    table.filter("z")
    floor = median(repaint, 15)
    return Figure("filter", "one keystroke in a roster of 5,000 beside repainting the rows", value, floor, 2)


def ten_years() -> Figure:
    from app.year.ledger import load_year
    from app.year.standing import standing

    def show(years: int) -> float:
        ledger = opened(years)
        taken = median(lambda: standing(load_year(ledger, YEAR), UNTIL))
        ledger.close()
        return taken

    return Figure("ten_years", "showing one year of ten beside a ledger of that year alone", show(10), show(1), 1.15)


def new_meeting_form() -> Figure:
    from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

    from app.life.meetings import Meeting
    from app.rules.meeting_types import MeetingType
    from app.ways import ToNew
    from ui.house.application import make_application
    from ui.house.preferences import Preferences
    from ui.house.session import Session
    from ui.kit.tasks import Tasks
    from ui.pages.meetings.form import MeetingForm

    application: QApplication = make_application(Preferences())
    ledger = opened(10)
    session = Session(vault(), ledger, made(10).path, lambda: UNTIL, Preferences(), Tasks(lambda error: None))
    session.ledger_of_year()
    kinds = (QComboBox, QLineEdit, QPlainTextEdit, QPushButton)
    counts: dict[type[QWidget], int] = {}

    def show(page: QWidget) -> None:
        page.resize(1100, 640)
        page.show()
        application.processEvents()
        page.grab()
        page.hide()
        page.deleteLater()
        application.processEvents()

    def real() -> None:
        form = MeetingForm(session)
        form.open_new(ToNew(Meeting, {"types": (MeetingType.GENERAL,)}))
        counts.update({kind: len(form.findChildren(kind)) for kind in kinds})
        show(form)

    def plain() -> None:
        page = QWidget()
        box = QVBoxLayout(page)
        for kind, number in counts.items():
            for _ in range(number):
                box.addWidget(kind())
        show(page)

    value = median(real, 9)
    floor = median(plain, 9)
    session.close()
    what = f"the form of a new meeting beside an empty page of {sum(counts.values())} editors and buttons"
    return Figure("form", what, value, floor, 3)


def health_check() -> Figure:
    from app.checks.health import Copied, health_of_year
    from app.year.ledger import load_year

    def per_year(years: int) -> float:
        ledger = opened(10)

        def check() -> None:
            copied = Copied()
            for year in range(YEAR - years + 1, YEAR + 1):
                health_of_year(load_year(ledger, year), {}, copied, UNTIL)

        taken = median(check, 3)
        ledger.close()
        return taken / years

    return Figure(
        "health", "the health check per year of ten years beside per year of five", per_year(10), per_year(5), 1.2
    )


def import_preview() -> Figure:
    from python_calamine import CalamineWorkbook

    from app.exchange.mending import Mending
    from app.exchange.tables import look_at, read_tables, trial_of

    path, ledger = roster_file(10_000), opened(1)

    def look() -> None:
        look_at(trial_of(ledger, "members"), "members", read_tables(path), UNTIL, Mending())

    def read() -> None:
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()

    value, floor = median(look, 3), median(read, 3)
    ledger.close()
    return Figure(
        "import", "the preview of a roster of 10,000, read and judged, beside calamine reading it", value, floor, 3
    )


MEASURES: dict[str, Callable[[], Figure]] = {
    "window": first_window,
    "dashboard": dashboard,
    "memory": memory,
    "pdf": year_pdf,
    "appendix": appendix_pdf,
    "photos": photos_memory,
    "save": save_meeting,
    "standing": standing_after_save,
    "filter": filter_key,
    "ten_years": ten_years,
    "form": new_meeting_form,
    "health": health_check,
    "import": import_preview,
}
