"""The program looks at itself: it opens a ledger, makes a PDF, draws a chart, loads every font and icon."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import resources
from app.backups import BackupReason
from app.chart_data import ChartData
from app.errors import Refused
from app.pinyin import matches
from app.sample.year import Plan, fill_sample
from app.spool import MemorySpool
from app.store import Vault
from app.year.figures import activities
from app.year.ledger import YearLedger, load_year


def self_check(vault: Vault, today: date) -> list[str]:
    """Do each once; returns what was checked. Raises Refused at the first that fails."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    done: list[str] = []
    with tempfile.TemporaryDirectory(prefix="支部台账 自检 ") as folder:
        path = Path(folder) / "自检 台账.zbtz"
        with closing(vault.create(path)) as ledger:
            fill_sample(ledger, Plan(1, 12, 1, today))
        with closing(vault.open(path)) as ledger:
            if ledger.check():
                raise Refused("台账文件自检不通过。")
            year = load_year(ledger, today.year)
        done.append("打开台账")
        vault.backup(path, BackupReason.MANUAL)
        vault.change_password(path, "", "自检用的密码")
        with closing(vault.open(path, "自检用的密码")) as ledger:
            if ledger.check() or not vault.locked_by_password(path):
                raise Refused("加密自检不通过。")
        done.append("备份和加密")
    from app.reports.book import print_book

    spool = vault.spool()
    spool.put(bytes(4 << 20))  # so much does not stay in memory
    printed = print_book(year, today, spool=spool)
    if not printed.data.startswith(b"%PDF") or printed.unprintable:
        raise Refused("台账打印自检不通过。")
    done.append(f"生成 PDF {printed.pages} 页")
    done += _screen_parts(printed.data, activities(year))
    import python_calamine  # noqa: F401  # pyright: ignore[reportUnusedImport]

    from app.exchange.export import export_table

    if not matches("党建", "dj") or not export_table(year, "members", today):
        raise Refused("表格和拼音自检不通过。")
    return [*done, "表格和拼音", *_office_parts(year, today)]


def _office_parts(year: YearLedger, today: date) -> list[str]:
    from docx import Document

    from app.exchange.calendar_file import calendar_file
    from app.exchange.document import document
    from app.exchange.document_templates import DocumentTemplate
    from app.exchange.filling import fields_of, fill
    from app.reports.appendix import keep_photos
    from app.reports.forms import form_story
    from app.year.standing import standing

    written = document(form_story(year, "plan", 0, today)[0], "计划")
    form = Document()
    form.add_paragraph("{{支部名称}}")
    sheet = BytesIO()
    form.save(sheet)
    template = DocumentTemplate(name="自检", subject="支部年度", file_name="自检.docx", digest="—", added_on=today)
    filled = Document(BytesIO(fill(template, sheet.getvalue(), fields_of(year, "支部年度", 0))))
    calendar = calendar_file(year, standing(year, today), today)
    picture = keep_photos((resources.ROOT / "icons" / "program.png").read_bytes(), "", MemorySpool())
    if not (written and calendar and picture) or filled.paragraphs[0].text != year.branch.name:
        raise Refused("办公文件自检不通过。")
    return ["Word、模板、日历和照片"]


def _screen_parts(pdf: bytes, chart: ChartData) -> list[str]:
    import pypdfium2
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtPrintSupport import QPrinter

    from ui.house.application import make_application
    from ui.house.preferences import Preferences
    from ui.kit.chart import Chart
    from ui.kit.icons import pixmap

    make_application(Preferences())
    drawn = Chart(chart)
    drawn.resize(400, 260)
    if drawn.grab().toImage().isNull():
        raise Refused("统计图自检不通过。")
    icons = sorted((resources.ROOT / "icons").glob("*.svg"))
    for file in icons:
        if pixmap(file.stem).isNull():
            raise Refused(f"图标 {file.stem} 自检不通过。")
    fonts = sorted((resources.ROOT / "fonts").glob("*.ttf"))
    for file in fonts:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise Refused(f"字体 {file.stem} 自检不通过。")
    if not icons or not fonts:
        raise Refused("图标和字体没有随程序发布。")
    document = pypdfium2.PdfDocument(pdf)
    if not document[0].render(scale=1).width:
        raise Refused("打印预览自检不通过。")
    document.close()
    QPrinter()
    return ["统计图", f"图标 {len(icons)} 个", f"字体 {len(fonts)} 个", "预览和打印"]
