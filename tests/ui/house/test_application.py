from __future__ import annotations

import json
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialogButtonBox

import ui.house.neighbours as neighbours_module
from app.backups import BackupReason
from app.errors import AppError, Refused
from ui.house.application import open_first
from ui.house.neighbours import listen
from ui.house.preferences import Preferences
from ui.kit.collecting import Collector

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
import ui.house.neighbours as neighbours
neighbours.ANSWER = 1500
program = QCoreApplication([])
sys.exit(0 if neighbours.bring_to_front(Path(sys.argv[1])) else 3)
"""


def asked(path: Path, qtbot) -> bool:
    """Whether a second program was answered; it asks while this one goes on."""
    root = Path(__file__).parents[3]
    second = subprocess.Popen([sys.executable, "-c", SECOND, str(path)], cwd=root)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode in (0, 3)
    return second.returncode == 0


@pytest.mark.slow
def test_the_second_start_brings_the_first_to_the_front(qapp, qtbot, tmp_path: Path) -> None:
    path = tmp_path / "甲.zbtz"
    called: list[bool] = []
    assert not asked(path, qtbot)
    server = listen(path, lambda: called.append(True))
    assert asked(path, qtbot)
    assert called == [True]
    server.close()
    assert not asked(path, qtbot)


def test_a_first_program_that_is_frozen_is_told_and_not_taken_for_an_answer(
    desk, tmp_path: Path, empty_file: Path, monkeypatch
) -> None:
    monkeypatch.setattr(neighbours_module, "ANSWER", 300)
    path = tmp_path / "甲.zbtz"
    path.write_bytes(empty_file.read_bytes())
    claim = desk.vault.claim(path)
    # It takes connections as a system does for it, and answers nothing.
    server = listen(path, lambda: None)
    server.newConnection.disconnect()
    with pytest.raises(Refused, match="没有回应"):
        desk.open(path)
    assert desk.session is None
    server.close()
    claim.release()
    assert desk.open(path)


def test_two_starts_at_once_open_one_window(desk, tmp_path: Path, empty_file: Path, monkeypatch) -> None:
    monkeypatch.setattr(neighbours_module, "ANSWER", 300)
    path = tmp_path / "甲.zbtz"
    path.write_bytes(empty_file.read_bytes())
    assert desk.open(path)
    # The other has not begun to listen yet, and has the ledger all the same.
    assert desk.vault.claim(path) is None
    assert not desk.open(path), "the same window comes to the front"
    desk.put_away()
    claim = desk.vault.claim(path)
    assert claim is not None
    claim.release()


def test_qt_speaks_chinese(desk) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    assert [button.text().replace("&", "") for button in box.buttons()] == ["确定", "取消"]
    assert QApplication.translate("QLineEdit", "&Copy") != "&Copy"


@pytest.mark.parametrize("stored", ["", "[]", "{", '{"percent": 7, "recent": [1], "dark": "x"}', "\udcff"])
def test_odd_preferences_are_as_good_as_none(tmp_path: Path, monkeypatch, stored: str) -> None:
    file = tmp_path / "preferences.json"
    file.write_text(stored, "utf-8", errors="surrogateescape")
    monkeypatch.setattr(Preferences, "file", staticmethod(lambda: file))
    assert Preferences.load() == Preferences()


@pytest.mark.parametrize("stored", ["", "[]", "{", '{"recent": [' + "[" * 20_000])
def test_preferences_that_cannot_be_read_are_put_aside_and_told(desk, tmp_path: Path, monkeypatch, stored: str) -> None:
    file = tmp_path / "preferences.json"
    file.write_text(stored, "utf-8")
    monkeypatch.setattr(Preferences, "file", staticmethod(lambda: file))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    found = Preferences.load()
    found.save()
    assert found.put_aside is not None and found.put_aside.read_text("utf-8") == stored
    assert open_first(desk.vault, None, desk.today, found, desk.window) is not None
    assert found.put_aside.name in desk.window.centralWidget().bar.text
    assert Preferences.load().put_aside is None, "what was written anew can be read"


@pytest.mark.parametrize("name", ["名" * 300, "a\0b", "/" + "x" * 256 + "/甲.zbtz"])
def test_names_that_no_file_can_have_keep_nobody_from_a_ledger(
    desk, tmp_path: Path, empty_file: Path, monkeypatch, name: str
) -> None:
    file = tmp_path / "preferences.json"
    stored = {"recent": [name, str(tmp_path / "甲.zbtz")], "folder": name, "second_place": name, "dark": True}
    file.write_text(json.dumps(stored), "utf-8")
    monkeypatch.setattr(Preferences, "file", staticmethod(lambda: file))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    found = Preferences.load()
    assert (found.recent, found.second_place, found.dark) == ([str(tmp_path / "甲.zbtz")], "", True)
    path = tmp_path / "甲.zbtz"
    path.write_bytes(empty_file.read_bytes())
    opened = open_first(desk.vault, None, desk.today, found, desk.window)
    assert opened is not None and opened.session is not None and opened.session.path == path
    assert opened.session.safekeeping.now(BackupReason.MANUAL).verified
    opened.put_away()


def test_preferences_keep_the_look_and_the_recent_files(tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "new" / "preferences.json"
    monkeypatch.setattr(Preferences, "file", staticmethod(lambda: file))
    kept = Preferences(dark=True, percent=125)
    for number in range(12):
        kept.remember(tmp_path / f"{number}.zbtz")
    again = Preferences.load()
    assert again == kept and len(again.recent) == 8
    assert json.loads(file.read_text("utf-8"))["recent"][0].endswith("11.zbtz")


def test_a_damaged_ledger_is_told_and_the_welcome_stays(desk, tmp_path: Path) -> None:
    path = tmp_path / "坏.zbtz"
    path.write_bytes(b"not a ledger")
    desk.window.centralWidget().open_path(path)
    assert "不是支部台账" in desk.window.centralWidget().bar.text
    assert path.read_bytes() == b"not a ledger"


def test_a_bug_report_holds_no_personal_data(desk, capsys) -> None:
    try:
        raise KeyError("张志强 430199199904038705")
    except KeyError as error:
        desk.tell_bug(error)
    report = capsys.readouterr().err
    assert "KeyError" in report and "张志强" not in report and "430199" not in report


def test_sample_opens_as_a_file_of_its_own_marked_as_such(desk, tmp_path: Path) -> None:
    desk.window.centralWidget().open_sample()
    assert desk.window.windowTitle() == "支部台账（示例）"
    assert (tmp_path / "支部台账" / "示例支部.zbtz").exists()


def test_errors_of_the_program_have_text_and_advice() -> None:
    assert str(AppError("没有保存。", "请再试。")) == "没有保存。请再试。"


def test_a_ring_of_widgets_is_never_freed_on_a_worker(qapp) -> None:
    class Ring(QObject):
        pass

    freed: list[str] = []
    Collector(qapp)

    def leave_a_ring() -> None:
        ring = Ring()
        ring.itself = ring
        weakref.finalize(ring, lambda: freed.append(threading.current_thread().name))

    def work() -> None:
        for _ in range(20):
            _ = [[] for _ in range(5000)]

    leave_a_ring()
    worker = threading.Thread(target=work, name="worker")
    worker.start()
    worker.join()
    assert not freed
    while not freed:
        _ = [[] for _ in range(2000)]
        Collector.collect()
    assert freed == [threading.current_thread().name]
