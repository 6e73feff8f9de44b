"""Attachments of a record: chosen, dragged, pasted; captions; what was used before."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit

from app.attachments import Attachment
from app.reports.book import print_book
from tests.app.reports.test_reports import text_of
from tests.ui.acting import ledger_of


def test_a_photo_is_attached_to_a_person_and_its_second_use_is_told(workspace, page, tmp_path, monkeypatch) -> None:
    from ui.record.attachments import Attachments

    photo = tmp_path / "照片.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    page("members")
    files = workspace.page.person.findChildren(Attachments)[-1]
    files.add(photo)
    ledger = ledger_of(workspace)
    assert [item.name for item in ledger[Attachment].all()] == ["照片.png"]
    files = workspace.page.person.findChildren(Attachments)[-1]
    files.add(photo)
    assert "已经用在别处" in files.bar.text
    files.remove(ledger[Attachment].all()[0])
    assert len(ledger[Attachment].all()) == 1


def test_the_words_of_a_photo_are_typed_beside_it_and_printed_in_the_list_of_files(workspace, page, tmp_path) -> None:
    from ui.record.attachments import Attachments

    scan = tmp_path / "签到表.bin"
    scan.write_bytes(b"scan")
    page("members")
    files = workspace.page.person.findChildren(Attachments)[-1]
    files.add(scan)
    edit = workspace.page.person.findChildren(Attachments)[-1].findChildren(QLineEdit)[0]
    edit.setText("换届大会签到")
    edit.editingFinished.emit()
    assert [item.caption for item in ledger_of(workspace)[Attachment].all()] == ["换届大会签到"]
    steps = workspace.session.ledger.history.head()[0]
    edit.editingFinished.emit()
    assert workspace.session.ledger.history.head()[0] == steps
    printed = print_book(workspace.session.ledger_of_year(), workspace.session.today(), ["chronicle"])
    assert "换届大会签到" in "".join(text_of(printed.data).split())


# --- 导入向导 -------------------------------------------------------------------------------------------


def files_of(workspace):
    from ui.record.attachments import Attachments

    return workspace.page.person.findChildren(Attachments)[-1]


def picture(tmp_path, name: str, color: str) -> Path:
    path = tmp_path / name
    Image.new("RGB", (60, 40), color).save(path)
    return path


def test_several_files_dragged_here_are_one_action(workspace, page, tmp_path) -> None:
    page("members")
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(picture(tmp_path, f"{c}.png", c))) for c in ("red", "blue")])
    where, keys = QPointF(5, 5), Qt.KeyboardModifier.NoModifier
    files_of(workspace).dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, told, Qt.MouseButton.LeftButton, keys))
    assert [item.name for item in ledger_of(workspace)[Attachment].all()] == ["red.png", "blue.png"]
    workspace.session.step(back=True)
    assert ledger_of(workspace)[Attachment].all() == []


def test_a_picture_and_a_file_are_pasted_and_nothing_is_said_so(workspace, page, tmp_path) -> None:
    page("members")
    clipboard = QApplication.clipboard()
    clipboard.setText("不是图片")
    files_of(workspace).paste()
    assert "没有图片或文件" in files_of(workspace).bar.text
    image = QImage(3000, 1000, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    clipboard.setImage(image)
    files_of(workspace).paste()
    (kept,) = ledger_of(workspace)[Attachment].all()
    assert kept.name == "粘贴的图片.jpg"
    with Image.open(BytesIO(ledger_of(workspace).blobs.get(kept.digest))) as made:
        assert (made.format == "JPEG" and made.size == (2000, 666)) or made.size == (2000, 667)
        assert made.convert("RGB").getpixel((5, 5)) == (255, 255, 255), "clear becomes white, not black"
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(picture(tmp_path, "签到.png", "green")))])
    clipboard.setMimeData(told)
    files_of(workspace).paste()
    assert [item.name for item in ledger_of(workspace)[Attachment].all()] == ["粘贴的图片.jpg", "签到.png"]


def test_a_clipboard_that_another_program_holds_has_nothing_to_paste(workspace, page, monkeypatch) -> None:
    page("members")

    class Held:
        def mimeData(self) -> None:
            return None

    monkeypatch.setattr("ui.record.attachments.QGuiApplication.clipboard", Held)
    files_of(workspace).paste()
    assert "没有图片或文件" in files_of(workspace).bar.text


def test_of_large_photos_is_asked_once_and_one_that_cannot_be_taken_leaves_all(
    workspace, page, tmp_path, monkeypatch
) -> None:
    import ui.record.attachments as module

    asked: list[str] = []
    monkeypatch.setattr(module, "LARGE", 100)
    monkeypatch.setattr(module, "ask", lambda *words: asked.append(words[1]) or True)
    page("members")
    large = []
    for name in ("甲.png", "乙.png"):
        path = tmp_path / name
        Image.effect_noise((2600, 1200), 90).save(path)
        large.append(path)
    (tmp_path / "空.txt").write_bytes(b"")
    files_of(workspace).add(large[0], tmp_path / "空.txt")
    assert ledger_of(workspace)[Attachment].all() == [] and "空文件" in files_of(workspace).bar.text
    asked.clear()
    files_of(workspace).add(*large)
    assert len(asked) == 1
    kept = ledger_of(workspace)[Attachment].all()
    assert [item.name for item in kept] == ["甲.jpg", "乙.jpg"]
    assert all(item.size < path.stat().st_size for item, path in zip(kept, large, strict=True))
