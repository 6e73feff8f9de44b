"""fcitx 4, as UOS 20 and Kylin V10 have it: it speaks no ibus, so keys go to it over the session's bus by ourselves.

Only where a desktop asks for fcitx, Qt has no plug-in for it, and the daemon of this screen is on the bus. What is
composed is shown in the field, candidates in the window of fcitx at the cursor.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSocketNotifier, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QTextCharFormat,
    QWindow,
)
from shiboken6 import isValid

from ui.kit.editors import composers

OWN = "branch-ledger"
BUS = "org.fcitx.Fcitx"
CLIENT_PREEDIT, FORMATTED_PREEDIT, CLIENT_UNFOCUS_COMMIT = 1 << 1, 1 << 4, 1 << 5
"""What an application can do itself (fcitx/frontend.h)."""
UNSIGNED = 0xFFFFFFFF
PATIENCE = 1.0
"""Seconds that a key waits for the daemon at most; after a wait that was too long it is not asked any more."""


def service_of(environment: Mapping[str, str]) -> str:
    """The name on the bus of the daemon of this screen: org.fcitx.Fcitx-0 for :0."""
    number = environment.get("DISPLAY", ":0").rpartition(":")[2].partition(".")[0]
    return f"{BUS}-{number or 0}"


def connect(environment: Mapping[str, str]) -> Fcitx4 | None:
    """The link to the daemon; None where it is not on the session's bus."""
    try:
        bus = open_dbus_connection("SESSION")
        service = service_of(environment)
        (there,) = bus.send_and_get_reply(message_bus.NameHasOwner(service), timeout=PATIENCE).body
        if there:
            return Fcitx4(bus, service)
        bus.close()
    except (OSError, KeyError, ValueError, TimeoutError):
        pass  # no bus: nothing is composed, as before
    return None


class Fcitx4(QObject):
    """Hands the keys of the window with the focus to fcitx, and what it says to the field with the focus."""

    def __init__(self, bus: DBusConnection, service: str) -> None:
        super().__init__(QCoreApplication.instance())
        self._bus: DBusConnection | None = bus
        self._notifier = QSocketNotifier(bus.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._listen)
        made = self._call(
            DBusAddress("/inputmethod", service, f"{BUS}.InputMethod"), "CreateICv3", "si", OWN, os.getpid()
        )
        self._context = DBusAddress(f"/inputcontext_{made[0]}", service, f"{BUS}.InputContext")
        rule = MatchRule(type="signal", path=self._context.object_path)
        bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE)
        self._told = bus.filter(rule, bufsize=500).__enter__()
        self._say("SetCapacity", "u", CLIENT_PREEDIT | FORMATTED_PREEDIT | CLIENT_UNFOCUS_COMMIT)
        self._composed = ""
        self._field: QObject | None = None
        self._window: QWindow | None = None
        self._active = False
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)
        application.focusObjectChanged.connect(self._move)
        application.inputMethod().cursorRectangleChanged.connect(self._show_place)
        composers.append(self.commit)
        self._watch(application.focusWindow())
        self._move(application.focusObject())

    # --- what is said to it ---------------------------------------------------------------------------------

    def _call(self, where: DBusAddress, method: str, signature: str = "", *values: Any) -> tuple[Any, ...]:
        """Ask and wait for the answer; a daemon that has gone is not asked again."""
        if self._bus is None:
            return (0,)
        try:
            reply = self._bus.send_and_get_reply(new_method_call(where, method, signature, values), timeout=PATIENCE)
        except (OSError, TimeoutError, EOFError):
            self._part()
            return (0,)
        return tuple(reply.body) if reply.header.message_type is MessageType.method_return else (0,)

    def _say(self, method: str, signature: str = "", *values: Any) -> None:
        if self._bus is not None:
            try:
                self._bus.send(new_method_call(self._context, method, signature, values))
            except OSError:
                self._part()

    def _part(self) -> None:
        """The daemon has gone, or let a key wait too long: neither asked nor listened to any more."""
        self._bus = None
        self._notifier.setEnabled(False)

    def _watch(self, window: QWindow | None) -> None:
        # The window of a dialog may be gone by the time that another one is told of.
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _move(self, _: QObject | None) -> None:
        """The focus is somewhere else: what was being composed stays where it was typed."""
        active = self._wanted()
        self.commit()
        if self._active:
            self._say("FocusOut")
        self._active = active
        if active:
            self._say("FocusIn")
            self._show_place()

    def _wanted(self) -> bool:
        """Whether the field with the focus takes composed text: one of words, and no password."""
        field = QGuiApplication.focusObject()
        if field is None:
            return False
        query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled | Qt.InputMethodQuery.ImHints)
        QCoreApplication.sendEvent(field, query)
        hints = Qt.InputMethodHint(query.value(Qt.InputMethodQuery.ImHints) or 0)
        return bool(query.value(Qt.InputMethodQuery.ImEnabled)) and not hints & Qt.InputMethodHint.ImhHiddenText

    def _show_place(self) -> None:
        """Where the cursor is on the screen, for the candidates."""
        if self._window is None or not isValid(self._window) or not self._active:
            return
        place = QGuiApplication.inputMethod().cursorRectangle().toRect()
        ratio = self._window.devicePixelRatio()
        corner = self._window.mapToGlobal(QPoint(place.x(), place.y()))
        told = (corner.x(), corner.y(), place.width(), place.height())
        self._say("SetCursorRect", "iiii", *(round(value * ratio) for value in told))

    # --- keys -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) or not self._active:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        key, state = (event.nativeVirtualKey(), event.nativeScanCode()), event.nativeModifiers() & UNSIGNED
        released = int(event.type() == QEvent.Type.KeyRelease)
        told = (*key, state, released, event.timestamp() & UNSIGNED)
        taken = self._call(self._context, "ProcessKeyEvent", "uuuiu", *told)[0]
        self._listen()
        return taken > 0

    # --- what it says ---------------------------------------------------------------------------------------

    def _listen(self) -> None:
        if self._bus is None:
            return
        try:
            self._bus.recv_messages(timeout=0)
        except TimeoutError:
            pass
        except (OSError, EOFError):
            self._part()
        while self._told:
            message = self._told.popleft()
            name = message.header.fields.get(HeaderFields.member)
            if name == "CommitString":
                self._show("", 0, message.body[0])
            elif name == "UpdateFormattedPreedit":
                self._show("".join(text for text, _ in message.body[0]), message.body[1])
            elif name == "UpdatePreedit":
                self._show(message.body[0], message.body[1])

    def _show(self, composed: str, cursor: int, committed: str = "") -> None:
        """Show what is being composed, or what is to be put in its place; fcitx counts bytes.

        What was begun in a field ends there, wherever the focus is.
        """
        field = self._field if self._composed else QGuiApplication.focusObject()
        if field is None or not isValid(field) or not (composed or committed or self._composed):
            return
        place = len(composed.encode()[: max(cursor, 0)].decode("utf-8", "ignore"))
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        kinds = QInputMethodEvent.AttributeType
        attributes = [
            QInputMethodEvent.Attribute(kinds.TextFormat, 0, len(composed), look),
            QInputMethodEvent.Attribute(kinds.Cursor, place, 1, QColor()),
        ]
        event = QInputMethodEvent(composed, attributes if composed else [])
        if committed:
            event.setCommitString(committed)
        self._composed, self._field = composed, field
        QCoreApplication.sendEvent(field, event)

    def commit(self) -> None:
        """Put what is being composed into its field as it is, before a save or a close."""
        if self._composed:
            self._say("Reset")
            self._show("", 0, self._composed)
