"""What somebody at the screen waits for: a page after its click, a key while something large is done beside."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from bench.ledgers import UNTIL, made, vault
from bench.measures import Figure

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PAGE, KEY = 0.1, 0.016
"""Seconds after which a page is late, and a key."""
BETWEEN_KEYS = 0.005
WARM = 5
"""Seconds from the start to the first click."""


@contextmanager
def _desk() -> Generator[Any]:
    """The window on the ledger of ten years, with pages that were all shown once."""
    from PySide6.QtWidgets import QApplication

    from ui.house.application import make_application, open_first
    from ui.house.preferences import Preferences
    from ui.house.window import Window

    class NoTrace(Preferences):
        def save(self) -> None:
            return

    preferences = NoTrace()
    application: QApplication = make_application(preferences)
    window = Window()
    window.resize(1366, 728)
    window.show()
    vault().open(made(10).path).close()
    desk: Any = open_first(vault(), made(10).path, lambda: UNTIL, preferences, window)
    for _ in range(10):
        application.processEvents()
    yield desk, application
    desk.put_away()
    window.close()


def page_shown() -> Figure:
    """The slowest page of all, clicked for the first time or again, beside the tenth of a second that nobody notices.

    The first click comes some seconds after the start, and what was made in the background is waited for.
    """
    from ui.house.entries import PAGES, SETTINGS

    taken: dict[str, float] = {}
    with _desk() as (desk, application):
        warm = time.perf_counter() + WARM
        while time.perf_counter() < warm or desk.tasks.busy:
            application.processEvents()
        for click in ("first", "again"):
            for entry in (*PAGES, SETTINGS):
                desk.workspace.show_page("branch")
                application.processEvents()
                begin = time.perf_counter()
                desk.workspace.show_page(entry.code)
                application.processEvents()
                taken[f"{entry.code} {click}"] = time.perf_counter() - begin
                while desk.tasks.busy:
                    application.processEvents()
    slowest = max(taken, key=lambda code: taken[code])
    late = sum(seconds > PAGE for seconds in taken.values())
    what = f"the slowest of {len(taken)} clicks on pages, {slowest}; {late} take longer than 0.1 s"
    return Figure("pages", what, taken[slowest], PAGE, 1)


def typing() -> Figure:
    """A key in the form of a talk while a backup, a check and a print run, at the 95th percentile."""
    from PySide6.QtTest import QTest

    from app.backups import BackupReason
    from app.checks.health import Copied, health_of_year
    from app.life.talks import Talk
    from app.reports.book import print_book
    from app.ways import ToNew

    taken: list[float] = []
    with _desk() as (desk, application):
        desk.workspace.go(ToNew(Talk))
        content = desk.workspace.page.form.content
        content.setFocus()
        application.processEvents()
        year = desk.session.ledger_of_year()
        jobs: tuple[Callable[[], object], ...] = (
            lambda: vault().backup(made(10).path, BackupReason.DAILY),
            lambda: [health_of_year(year, {}, Copied(), UNTIL) for _ in range(20)],
            lambda: print_book(year, UNTIL),
        )
        for job in jobs:
            desk.tasks.start(job, lambda _: None)
            while desk.tasks.busy:
                begin = time.perf_counter()
                QTest.keyClicks(content, "a")
                application.processEvents()
                taken.append(time.perf_counter() - begin)
                time.sleep(BETWEEN_KEYS)
        desk.workspace.page.form.forget()
    at95 = sorted(taken)[int(len(taken) * 0.95)]
    return Figure(
        "typing",
        f"one of {len(taken)} keys at the 95th percentile while a backup, a check and a print run",
        at95,
        KEY,
        1,
    )


SHOWN = {"pages": page_shown, "typing": typing}
