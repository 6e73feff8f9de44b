"""The program with a window: Qt in Chinese, the look, and a start that shows its window before it reads anything."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

import resources
from app import COLLECTION_SUFFIX, PROGRAM, VERSION
from app.errors import AppError
from ui.house import input_method, screen
from ui.house.preferences import Preferences
from ui.house.recent import reachable
from ui.house.window import Window
from ui.house.windows import name_program
from ui.kit import theme as look
from ui.kit.collecting import Collector
from ui.kit.columns import MEMORY

if TYPE_CHECKING:
    from app.collection.collection import Collections
    from app.store import Vault
    from ui.house.desk import Desk

SWITCH = 0.00005
"""Seconds after which a task in the background lets the window go on: each of the hundreds of calls to Qt that make a
page waits that long while a book is printed, and with the usual 5 ms the page would take a second."""
SPEAKS_CHINESE = "speaks_chinese"


def make_application(preferences: Preferences) -> QApplication:
    """The Qt application in Chinese and in the chosen look."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    application = QApplication.instance()
    if application is None:
        sys.setswitchinterval(SWITCH)
        application = QApplication([*sys.argv[:1], *look.STYLE])
        Collector(application)
    assert isinstance(application, QApplication)
    if not application.property(SPEAKS_CHINESE):
        _speak_chinese(application)
    application.setApplicationName(PROGRAM)
    application.setApplicationVersion(VERSION)
    application.setDesktopFileName("branch-ledger")
    _remember_columns(preferences)
    chosen = look.Theme(preferences.dark, preferences.percent)
    look.use(chosen)
    chosen.apply(application)
    return application


def _remember_columns(preferences: Preferences) -> None:
    """Have lists laid out as they were left, and what is changed kept."""

    def keep() -> None:
        preferences.columns = MEMORY.stored()
        preferences.save()

    MEMORY.load(preferences.columns)
    MEMORY.keep = keep


def _speak_chinese(application: QApplication) -> None:
    """Let Qt's own words, as of its file dialogue, be Chinese."""
    application.setProperty(SPEAKS_CHINESE, True)
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


def start(
    make_vault: Callable[[], Vault],
    make_collections: Callable[[], Collections],
    path: Path | None,
    today: Callable[[], date],
) -> int:
    """Show the window, then open the named ledger, else the last one, else the welcome."""
    preferences = Preferences.load()
    name_program()
    screen.prepare()
    input_method.prepare()
    application = make_application(preferences)
    window = Window()
    window.show()
    kept: list[Desk] = []

    def fill() -> None:
        opened = open_first(make_vault(), path, today, preferences, window, make_collections())
        if opened is None:
            application.quit()
        else:
            kept.append(opened)

    # After the window has been painted: the storage, the records and the pages are imported only then.
    QTimer.singleShot(0, fill)
    QTimer.singleShot(0, input_method.join)
    return application.exec()


def open_first(
    vault: Vault,
    path: Path | None,
    today: Callable[[], date],
    preferences: Preferences,
    window: Window,
    collections: Collections | None = None,
) -> Desk | None:
    """Fill the window with the named or the last ledger, else the welcome; None when another program has it."""
    from PySide6.QtGui import QIcon

    from ui.house.desk import Desk

    QApplication.setWindowIcon(QIcon(str(resources.path("icons/program.svg"))))
    desk = Desk(vault, today, preferences, window, collections)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        # The system is being shut down or the user logged out: nobody may be left to answer a question.
        application.commitDataRequest.connect(lambda _: desk.session and desk.session.keep_draft())
    sys.excepthook = lambda kind, error, trace: desk.tell_bug(error)
    recent = reachable(preferences.recent)
    wanted = path or (recent[0] if recent else None)
    if wanted is None:
        desk.show_welcome()
    elif wanted.suffix.casefold() == COLLECTION_SUFFIX:
        try:
            desk.open_collection(wanted)
        except AppError as error:
            desk.show_welcome(error)
    elif not desk.try_open(wanted):
        return None
    if preferences.put_aside is not None:
        desk.tell_put_aside(preferences.put_aside)
    return desk
