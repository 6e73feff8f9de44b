"""Undo, trash, backups, restore and rescue as the clerk meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import ui.house.desk as desk_module
from app.backups import BackupReason
from app.errors import AppError, StorageTrouble
from app.life.meetings import remove_meeting
from app.life.talks import remove_talk
from ui.house.rescue import Rescue
from ui.house.ways import ToHistory, ToView


def first_meeting(workspace) -> int:
    return workspace.session.ledger_of_year().minutes[0].meeting.id


def backed_up(workspace, qtbot) -> None:
    qtbot.waitUntil(lambda: workspace.session.safekeeping.last is not None)


def test_ctrl_z_and_ctrl_y_go_back_and_forth(workspace, desk, qtbot) -> None:
    desk.window.activateWindow()
    count = len(workspace.session.ledger_of_year().minutes)
    remove_meeting(workspace.session.ledger, first_meeting(workspace))
    QTest.keyClick(workspace, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(workspace.session.ledger_of_year().minutes) == count
    assert "已撤销：删除会议" in workspace.session.toast._text.text()
    QTest.keyClick(workspace, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(workspace.session.ledger_of_year().minutes) == count - 1
    QTest.keyClick(workspace, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert "没有可以重做的操作" in workspace.session.toast._text.text()


def test_the_toast_takes_back_its_own_deletion_even_after_another_change(workspace) -> None:
    ledger = workspace.session.ledger
    meeting = first_meeting(workspace)
    remove_meeting(ledger, meeting)
    workspace.session.say("已删除", undo=True)
    remove_talk(ledger, workspace.session.ledger_of_year().talks[0].id)
    talks = len(workspace.session.ledger_of_year().talks)
    workspace.session.toast._take_back()
    year = workspace.session.ledger_of_year()
    assert meeting in {minutes.meeting.id for minutes in year.minutes}
    assert len(year.talks) == talks


def test_the_trash_restores(workspace, qtbot) -> None:
    meeting = first_meeting(workspace)
    remove_meeting(workspace.session.ledger, meeting)
    workspace.go(ToView("history", "trash"))
    page = workspace.page
    action = page.tables["trash"].current()
    assert action.name == "删除会议"
    assert page._about(action).startswith("2026-01")
    page.take_back(action)
    assert meeting in {minutes.meeting.id for minutes in workspace.session.ledger_of_year().minutes}
    assert page.tables["trash"].rows_model.rows == []


def test_the_first_change_of_a_day_makes_a_backup(workspace, qtbot) -> None:
    assert workspace.session.safekeeping.last is None
    assert "还没有备份" in workspace.rail._kept.text()
    remove_meeting(workspace.session.ledger, first_meeting(workspace))
    backed_up(workspace, qtbot)
    assert workspace.session.safekeeping.last.reason is BackupReason.DAILY
    assert "已备份 今天" in workspace.rail._kept.text()
    remove_talk(workspace.session.ledger, workspace.session.ledger_of_year().talks[0].id)
    QTest.qWait(50)
    assert len(workspace.session.vault.backups(workspace.session.path)) == 1


def test_closing_after_a_change_makes_a_backup(workspace, desk, qtbot) -> None:
    remove_meeting(workspace.session.ledger, first_meeting(workspace))
    backed_up(workspace, qtbot)
    remove_talk(workspace.session.ledger, workspace.session.ledger_of_year().talks[0].id)
    path = workspace.session.path
    desk.window.close()
    assert BackupReason.CLOSING in {backup.reason for backup in desk.vault.backups(path)}


def test_a_backup_that_fails_at_closing_lets_the_user_decide(workspace, desk, monkeypatch) -> None:
    session = workspace.session
    session.safekeeping.changed = True

    def fail(_: object) -> None:
        raise StorageTrouble("备份没有做成。", "请检查磁盘。")

    asked: list[str] = []
    monkeypatch.setattr(session.safekeeping, "now", fail)
    monkeypatch.setattr(desk_module, "ask", lambda *words: asked.append(words[1]) or False)
    assert not desk.window.close()
    assert desk.session is session and "没有做成" in asked[0]
    session.safekeeping.changed = False


def test_an_import_is_preceded_by_a_backup(workspace, qtbot) -> None:
    workspace.show_page("settings")
    panel = workspace.page.importing
    panel.choose_kind("members")
    panel.load(Path(__file__).parents[2] / "tables" / "党员花名册.xlsx")
    panel.bring()
    reasons = {backup.reason for backup in workspace.session.vault.backups(workspace.session.path)}
    assert BackupReason.IMPORT in reasons
    assert workspace.session.ledger.history.actions()[-1].name == "导入党员名册"


def test_restoring_asks_then_shows_the_ledger_as_it_was(workspace, desk, monkeypatch, qtbot) -> None:
    session = workspace.session
    backup = session.safekeeping.now(BackupReason.MANUAL)
    count = len(session.ledger_of_year().minutes)
    remove_meeting(session.ledger, first_meeting(workspace))
    asked: list[str] = []
    monkeypatch.setattr(desk_module, "ask", lambda *words: asked.append(words[2]) or True)
    desk.restore(backup)
    assert "党员" in asked[0] and "1 步会退回去" in asked[0]
    assert len(desk.session.ledger_of_year().minutes) == count
    assert desk.session.safekeeping.restored
    (kept,) = session.path.parent.glob("*-恢复前-*.zbtz")
    assert kept.stat().st_size


def test_after_a_restore_no_backup_is_thinned_out(workspace, desk, monkeypatch) -> None:
    backup = workspace.session.safekeeping.now(BackupReason.MANUAL)
    monkeypatch.setattr(desk_module, "ask", lambda *_: True)
    desk.restore(backup)

    def never(_: Path) -> None:
        raise AssertionError("a backup was pushed out")

    monkeypatch.setattr(desk.vault, "thin_out", never)
    desk.session.safekeeping.now(BackupReason.DAILY)


def test_a_damaged_ledger_is_rescued_by_the_newest_good_backup(workspace, desk, qtbot) -> None:
    session = workspace.session
    path = session.path
    older = session.safekeeping.now(BackupReason.MANUAL)
    remove_meeting(session.ledger, first_meeting(workspace))
    newer = session.safekeeping.now(BackupReason.MANUAL)
    desk.put_away()
    data = bytearray(path.read_bytes())
    data[5000:9000] = bytes(4000)
    path.write_bytes(data)
    before = path.read_bytes()
    broken = bytearray(newer.path.read_bytes())
    broken[-100] ^= 255
    newer.path.write_bytes(broken)
    desk.try_open(path)
    rescue = desk.window.centralWidget()
    assert isinstance(rescue, Rescue)
    assert path.read_bytes() == before
    assert rescue.choices[0] == newer
    rescue.take(newer)
    assert rescue.choices[0] == older and "已损坏" in rescue.bar.text
    rescue.take(older)
    assert desk.workspace is not None
    assert any(kept.read_bytes() == before for kept in path.parent.glob("*-恢复前-*"))


def test_a_missing_file_with_backups_is_rescued_too(workspace, desk) -> None:
    backup = workspace.session.safekeeping.now(BackupReason.MANUAL)
    path = workspace.session.path
    desk.put_away()
    path.unlink()
    desk.try_open(path)
    rescue = desk.window.centralWidget()
    assert isinstance(rescue, Rescue)
    rescue.take(backup)
    assert desk.workspace is not None and path.exists()


def test_a_file_that_changed_by_itself_is_told(workspace, desk, qtbot) -> None:
    workspace.session.safekeeping._inspected(["文件内部有损坏：甲"])
    assert "台账文件有问题" in workspace.page.bar.text


def test_the_second_place_gets_each_backup_and_is_reminded_of(workspace, tmp_path) -> None:
    kept = workspace.session.safekeeping
    workspace.session.preferences.second_place = str(tmp_path / "U盘")
    kept.now(BackupReason.MANUAL)
    assert kept.in_words(workspace.session.today()) == ("请插U盘备份", "due")
    (tmp_path / "U盘").mkdir()
    kept.now(BackupReason.MANUAL)
    assert list((tmp_path / "U盘").rglob("*.zbtz"))
    assert kept.in_words(workspace.session.today())[1] == "ok"


@pytest.mark.parametrize("view", ["actions", "trash", "backups"])
def test_the_history_page_shows_each_view(workspace, qtbot, view: str) -> None:
    remove_meeting(workspace.session.ledger, first_meeting(workspace))
    backed_up(workspace, qtbot)
    workspace.go(ToView("history", view))
    assert workspace.page.tables[view].rows_model.rows
    assert workspace.page.tables[view].isVisible()


def test_the_audit_list_is_exported(workspace, tmp_path) -> None:
    import python_calamine

    remove_meeting(workspace.session.ledger, first_meeting(workspace))
    workspace.show_page("history")
    workspace.page._write(tmp_path / "历史.xlsx", lambda: None)
    rows = python_calamine.load_workbook(str(tmp_path / "历史.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0] == ["序号", "时间", "操作", "变更", "字段", "原值", "新值"]
    assert any(row[2] == "删除会议" and row[3].startswith("删除会议活动") for row in rows)


def test_restoring_a_bad_file_opens_the_present_ledger_again(workspace, desk, monkeypatch) -> None:
    backup = workspace.session.safekeeping.now(BackupReason.MANUAL)
    backup.path.write_bytes(b"x" * 5000)
    monkeypatch.setattr(desk_module, "ask", lambda *_: True)
    desk.restore(backup)
    assert desk.workspace is not None
    assert "备份" in desk.workspace.page.bar.text
    with pytest.raises(AppError):
        desk.vault.contents(backup.path)


def test_a_record_tells_its_own_story(workspace) -> None:
    from app.people.members import Member, update_member

    ledger = workspace.session.ledger
    person = ledger[Member].get(5)
    old = person.name
    update_member(ledger, Member(**{**person.__dict__, "name": "改名后"}), workspace.session.today())
    workspace.go(ToHistory(Member, 5))
    page = workspace.page
    assert [action.name for action in page.tables["actions"].rows_model.rows] == ["修改党员信息", "生成示例支部"]
    assert "改名后" in page._only.text()
    (change,) = page._actions[0].changes
    assert (change.before["name"], change.after["name"]) == (old, "改名后")
    page._show_all()
    assert len(page.tables["actions"].rows_model.rows) == 2


def test_a_network_folder_is_warned_about(workspace, desk, monkeypatch) -> None:
    path = workspace.session.path
    monkeypatch.setattr(desk.vault, "place_advice", lambda _: "台账放在网络文件夹里")
    desk.put_away()
    desk.open(path)
    assert "网络文件夹" in desk.workspace.page.bar.text


def test_a_sealed_year_asks_for_the_reason_in_the_window(workspace, desk, monkeypatch) -> None:
    from PySide6.QtWidgets import QInputDialog

    from app.year.seal import seal_year

    session = workspace.session
    seal_year(session.ledger, 2025, session.today())
    session.show_year(2025)
    workspace.show_page("meetings")
    count = len(session.ledger_of_year().minutes)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", False))
    workspace.page._remove(session.ledger_of_year().minutes[0])
    assert len(session.ledger_of_year().minutes) == count
    assert "2025 年已经归档" in workspace.page.bar.text
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("重复录入", True))
    workspace.page._remove(session.ledger_of_year().minutes[0])
    assert len(session.ledger_of_year().minutes) == count - 1
    assert session.ledger_of_year().corrections[0].reason == "重复录入"


def test_sealing_from_the_print_page(workspace, monkeypatch) -> None:
    import ui.pages.reports.page as reports_module

    workspace.show_page("reports")
    assert workspace.page._seal.isHidden()
    workspace.session.show_year(2025)
    assert not workspace.page._seal.isHidden()
    monkeypatch.setattr(reports_module, "ask", lambda *_: True)
    workspace.page.seal()
    assert workspace.session.ledger_of_year().seal is not None
    assert workspace.page._seal.isHidden()
