"""The preview of a print: a page that is asked for is the one that is seen."""

from __future__ import annotations

import io

import pytest
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from app.spool import MemorySpool, SpooledFile
from ui.kit.preview import Preview

PAGES = 30


def pages(number: int) -> SpooledFile:
    drawn = io.BytesIO()
    canvas = Canvas(drawn)
    for _ in range(number):
        canvas.showPage()
    canvas.save()
    file = SpooledFile(MemorySpool())
    file.write(drawn.getvalue())
    file.done()
    return file


@pytest.mark.parametrize("page", [1, 10, PAGES - 1])
def test_a_page_can_be_gone_to_before_anything_was_laid_out(qtbot, page: int) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(500, 400)
    preview.show()
    preview.show_pdf(pages(2))
    preview.show_pdf(pages(PAGES))
    preview.go_to(page)
    assert preview.current == page
    for _ in range(5):
        QApplication.processEvents()
    assert preview.current == page
