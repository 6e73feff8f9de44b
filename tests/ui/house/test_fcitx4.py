"""fcitx 4 over the bus: what it says is shown in the field with the focus, and kept before a save."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from shiboken6 import delete

from ui.house.input_method import speaks_fcitx
from ui.kit.editors import commit_composition, composers

jeepney = pytest.importorskip("jeepney", reason="fcitx is an input method of Linux")
HeaderFields, MessageType = jeepney.HeaderFields, jeepney.MessageType
fcitx4 = pytest.importorskip("ui.house.fcitx4")
Fcitx4, connect, service_of = fcitx4.Fcitx4, fcitx4.connect, fcitx4.service_of


class Daemon:
    """In the place of the bus: notes what is called, answers, and says what it is told to say."""

    def __init__(self) -> None:
        self.called: list[tuple[str, tuple]] = []
        self.told: deque = deque()
        self.takes = 1
        self.sock = SimpleNamespace(fileno=lambda: 0)

    def send(self, message) -> None:
        self.called.append((message.header.fields[HeaderFields.member], message.body))

    def send_and_get_reply(self, message, **_: object):
        self.send(message)
        name = message.header.fields[HeaderFields.member]
        body = {"CreateICv3": (7, 1, 0, 0, 0, 0), "ProcessKeyEvent": (self.takes,)}.get(name, ())
        return SimpleNamespace(body=body, header=SimpleNamespace(message_type=MessageType.method_return))

    def filter(self, *_: object, **__: object):
        return SimpleNamespace(__enter__=lambda: self.told)

    def recv_messages(self, **_: object) -> None:
        raise TimeoutError

    def says(self, name: str, *body: object) -> None:
        self.told.append(SimpleNamespace(header=SimpleNamespace(fields={HeaderFields.member: name}), body=body))


@pytest.fixture
def daemon(monkeypatch) -> Daemon:
    monkeypatch.setattr("ui.house.fcitx4.QSocketNotifier", _NoNotifier)
    return Daemon()


class _NoNotifier:
    Type = SimpleNamespace(Read=0)

    def __init__(self, *_: object) -> None:
        self.activated = SimpleNamespace(connect=lambda _: None)

    def setEnabled(self, on: bool) -> None:
        self.on = on


@pytest.fixture
def field(qtbot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def link(daemon: Daemon, field: QLineEdit):
    before = list(composers)
    made = Fcitx4(daemon, "org.fcitx.Fcitx-0")  # type: ignore[arg-type]
    yield made
    composers[:] = before
    made._watch(None)
    delete(made)  # at once: it listens to the whole application


def test_keys_go_to_the_daemon_and_what_it_takes_is_not_typed(link, daemon: Daemon, field: QLineEdit, qtbot) -> None:
    QTest.keyClick(field.windowHandle(), "j")
    assert [name for name, _ in daemon.called].count("ProcessKeyEvent") == 2 and field.text() == ""
    daemon.takes = 0
    QTest.keyClick(field.windowHandle(), "j")
    assert field.text() == "j"


def test_what_is_composed_is_shown_and_what_is_chosen_is_typed(link, daemon: Daemon, field: QLineEdit) -> None:
    daemon.says("UpdateFormattedPreedit", [("jiguan", 0)], 6)
    link._listen()
    assert field.text() == "" and link._composed == "jiguan"
    daemon.says("CommitString", "机关")
    daemon.says("UpdateFormattedPreedit", [], 0)
    link._listen()
    assert field.text() == "机关" and link._composed == ""


def test_what_is_being_composed_is_kept_before_a_save(link, daemon: Daemon, field: QLineEdit) -> None:
    daemon.says("UpdatePreedit", "机关", 6)
    link._listen()
    commit_composition()
    assert field.text() == "机关" and ("Reset", ()) in daemon.called


def test_what_is_being_composed_stays_in_its_field_when_the_focus_goes(link, daemon: Daemon, field: QLineEdit) -> None:
    other = QLineEdit(field)
    other.show()
    daemon.says("UpdatePreedit", "机关", 6)
    link._listen()
    other.setFocus()
    assert (field.text(), other.text(), link._composed) == ("机关", "", "")


def test_a_password_is_not_composed(link, field: QLineEdit) -> None:
    field.setEchoMode(QLineEdit.EchoMode.Password)
    assert not link._wanted()


def test_a_daemon_that_has_gone_leaves_the_keys_as_they_are(link, daemon: Daemon, field: QLineEdit, qtbot) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError

    daemon.send_and_get_reply = gone  # type: ignore[method-assign]
    QTest.keyClick(field.windowHandle(), "j")
    assert field.text() == "j" and link._notifier.on is False


@pytest.mark.parametrize(("display", "service"), [(":0", "Fcitx-0"), ("localhost:10.0", "Fcitx-10"), ("", "Fcitx-0")])
def test_the_daemon_is_that_of_the_screen(display: str, service: str) -> None:
    assert service_of({"DISPLAY": display}) == f"org.fcitx.{service}"


def test_without_a_bus_nothing_is_linked(monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr("ui.house.fcitx4.open_dbus_connection", refused)
    assert connect({}) is None


@pytest.mark.parametrize(
    ("asked", "known", "wanted"),
    [("fcitx", {"ibus"}, True), ("fcitx5", {"ibus"}, True), ("ibus", {"ibus"}, False), ("fcitx", {"fcitx"}, False)],
)
def test_keys_are_handed_over_only_where_qt_has_no_plug_in(asked: str, known: set[str], wanted: bool) -> None:
    assert speaks_fcitx({"QT_IM_MODULE": asked}, known) is wanted


def test_a_window_that_is_gone_is_watched_no_more(link, daemon: Daemon) -> None:
    window = QWindow()
    link._watch(window)
    delete(window)
    link._active = True
    link._show_place()
    link._watch(None)
    assert link._window is None
