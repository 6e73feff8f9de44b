"""Every form and the year as .docx, opened by LibreOffice, beside the PDF: the same texts, about the same pages. Every
list as .xlsx: one page wide, its head on each page, nothing cut.

`python3 dev.py office` needs `soffice` (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui) and faces for Chinese
(fonts-noto-cjk): where the faces are others than those of the PDF, lines break elsewhere, so that a page more or less
in ten is no fault.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from app.exchange.document import document
from app.exchange.lists import export_list, list_titles
from app.reports.book import BookOptions, print_book, printed_chapters, written_book
from app.reports.catalogue import FORMS
from app.reports.forms import form_story, print_form
from app.sample.year import Plan, fill_sample
from app.year.ledger import YearLedger, load_year
from db.vault import FileVault
from tests.app.printing.test_print_layout import about
from tests.make import with_every_matter

TODAY = date(2026, 7, 16)
UNCOUNTED = re.compile(r"第\d*页(共\d*页)?|—\d+—|[┈“”‘’—…·□○×√→■△☆]|\s")
"""What stands in the margins, the line where a form is cut, and signs of both scripts, which stand apart in a PDF."""


def plain(text: str, margin: str = "") -> str:
    """A text without what stands in the margins and without its breaks."""
    bare = re.sub(r"\s", "", text)
    return UNCOUNTED.sub("", bare.replace(re.sub(r"\s", "", margin), "") if margin else bare)


def pages_of(data: bytes, margin: str) -> list[str]:
    """The text of each page of a PDF."""
    import pypdfium2

    return [plain(page.get_textpage().get_text_range(), margin) for page in pypdfium2.PdfDocument(data)]


def parts_of(path: Path) -> tuple[list[str], set[str]]:
    """The paragraphs and cells of a .docx, and the characters of heads of tables, which pages may repeat."""
    import docx

    made = docx.Document(str(path))
    rows = [row for table in made.tables for row in table.rows]
    cells = [plain(cell.text) for row in rows for cell in row.cells]
    heads = {sign for row in rows if "tblHeader" in row._tr.xml for cell in row.cells for sign in cell.text}
    return [*filter(None, (plain(part.text) for part in made.paragraphs)), *filter(None, cells)], heads


def unlike(ours: list[str], theirs: list[str], path: Path) -> str:
    """What an office program shows otherwise than the PDF, in a few words; empty where nothing is."""
    parts, heads = parts_of(path)
    whole = "".join(theirs)
    lost = [part for part in parts if part not in whole and len(part) < 200]
    missing = {sign: n for sign, n in (Counter("".join(ours)) - Counter(whole)).items() if sign not in heads}
    if lost:
        return f"not shown: {lost[:3]}"
    if missing and path.stem != "year":  # charts of the year are drawn for paper alone
        return f"only in the PDF: {''.join(missing)[:40]}"
    if abs(len(ours) - len(theirs)) > 1 + len(ours) // 10:
        return "other pages"
    return ""


def written(ledger: YearLedger, folder: Path) -> dict[str, tuple[bytes, str]]:
    """The PDF of each form and of the year, with its running head; the .docx of each lies in the folder."""
    found: dict[str, tuple[bytes, str]] = {}
    for code, form in FORMS.items():
        record = about(ledger).get(code, 0)
        story, paper = form_story(ledger, code, record, TODAY)
        (folder / f"{code}.docx").write_bytes(document(story, form.title, paper, ledger.branch.name))
        found[code] = print_form(ledger, code, record, TODAY).data, f"{ledger.branch.name}　{form.title}"
    story, paper, title = written_book(ledger, TODAY, None)
    (folder / "year.docx").write_bytes(document(story, title, paper, ledger.branch.name))
    codes = [chapter.code for chapter in printed_chapters(ledger)]
    found["year"] = print_book(ledger, TODAY, codes, BookOptions()).data, f"{ledger.branch.name}　{title}"
    return found


def badly_printed(ledger: YearLedger, code: str, pdf: bytes) -> str:
    """What an office program prints otherwise than it should of a list, in a few words; empty where nothing is."""
    rows = list(load_workbook(BytesIO(export_list(ledger, code, TODAY))).active.iter_rows(values_only=True))
    pages = pages_of(pdf, "")
    heads = [plain(str(word)) for word in rows[0]]
    cells = [plain(str(cell)) for row in rows[1:] for cell in row if isinstance(cell, str) and len(cell) < 200]
    if not all(all(head in page for head in heads) for page in pages):
        return "a page without the head, or wider than a page"
    lost = [cell for cell in cells if cell and cell not in "".join(pages)]
    return f"not shown: {lost[:3]}" if lost else ""


def main() -> int:
    faults = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = FileVault(datetime.now, folder / "state").create(folder / "示例.zbtz")
        fill_sample(ledger, Plan(2, 24, 1, TODAY))
        year = with_every_matter(load_year(ledger, TODAY.year))
        own = written(year, folder)
        lists = list(list_titles())
        for code in lists:
            (folder / f"{code}.list.xlsx").write_bytes(export_list(year, code, TODAY))
        files = [str(file) for kind in ("docx", "xlsx") for file in sorted(folder.glob(f"*.{kind}"))]
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True)
        for code, (data, margin) in own.items():
            path = folder / f"{code}.docx"
            ours, theirs = pages_of(data, margin), pages_of(path.with_suffix(".pdf").read_bytes(), margin)
            wrong = unlike(ours, theirs, path)
            faults += bool(wrong)
            print(f"{code:22} {len(ours):3} pages, in the office {len(theirs):3}  {wrong}")
        for code in lists:
            wrong = badly_printed(year, code, (folder / f"{code}.list.pdf").read_bytes())
            faults += bool(wrong)
            print(f"{code:22} as a list  {wrong}")
        ledger.close()
    print(f"{len(own)} documents and {len(lists)} lists looked at, {faults} unlike what is printed")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
