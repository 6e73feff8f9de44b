"""Printing into a real queue: a print server of the test's own, without a network, a printer or root."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtPrintSupport import QPrinter

from ui.kit.preview import paint_pages

ROOT = Path(__file__).parents[3]
CONFIGURED = """
Listen {folder}/cups.sock
DefaultAuthType None
WebInterface No
Browsing Off
DirtyCleanInterval 0
PreserveJobHistory Yes
PreserveJobFiles Yes
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""
FILES = """
FileDevice Yes
ServerRoot {folder}
RequestRoot {folder}/spool
TempDir {folder}/tmp
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
"""
# A printer that takes PDF as it is, A4 and A3, both sides, in grey.
DRIVER = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "OFFICE.PPD"
*Manufacturer: "Office"
*Product: "(Office)"
*ModelName: "Office"
*ShortNickName: "Office"
*NickName: "Office"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*cupsFilter: "application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*PageSize A3/A3: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*PageRegion A3/A3: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4: "0 0 595 842"
*ImageableArea A3: "0 0 842 1191"
*DefaultPaperDimension: A4
*PaperDimension A4: "595 842"
*PaperDimension A3: "842 1191"
*OpenUI *Duplex/Duplex: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long Edge: ""
*CloseUI: *Duplex
*DefaultFont: Courier
"""
PRINTING = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from app.spool import MemorySpool, SpooledFile
from ui.kit.preview import print_pdf

program = QApplication([])
source, first, last, copies, grey, duplex = sys.argv[1:]

def accepted(dialog):
    printer = dialog.printer()
    printer.setPrinterName("office")
    printer.setFromTo(int(first), int(last))
    printer.setCopyCount(int(copies))
    if grey == "1":
        printer.setColorMode(QPrinter.ColorMode.GrayScale)
    return QPrintDialog.DialogCode.Accepted

QPrintDialog.exec = accepted
file = SpooledFile(MemorySpool())
file.write(Path(source).read_bytes())
file.done()
assert print_pdf(None, file, "2026年度台账", duplex=duplex == "1")
"""


@dataclass(frozen=True)
class Job:
    """What lies in the queue: the pages, and what the printer is told about them."""

    pages: bytes
    told: bytes

    @property
    def copies(self) -> int:
        found = re.search(rb"copies\x00\x04(....)", self.told, re.DOTALL)
        return int.from_bytes(found[1], "big") if found else 1


@dataclass(frozen=True)
class Queue:
    folder: Path

    def printed(
        self, source: bytes, first: int = 0, last: int = 0, copies: int = 1, *, grey: bool = False, duplex: bool = False
    ) -> Job:
        file = self.folder / "source.pdf"
        file.write_bytes(source)
        words = [str(file), str(first), str(last), str(copies), str(int(grey)), str(int(duplex))]
        environment = {**os.environ, "CUPS_SERVER": f"{self.folder}/cups.sock", "QT_QPA_PLATFORM": "offscreen"}
        spool = self.folder / "spool"
        number = len(list(spool.glob("c*"))) + 1
        done = subprocess.run(
            [sys.executable, "-c", PRINTING, *words], cwd=ROOT, env=environment, check=False, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        pages, told = spool / f"d{number:05}-001", spool / f"c{number:05}"
        for _ in range(500):
            # The server writes down what it was told a moment later.
            waiting = subprocess.run(["lpstat", "-o"], env=environment, capture_output=True, check=False).stdout
            if not waiting and pages.exists() and told.exists():
                break
        return Job(pages.read_bytes(), told.read_bytes())


@pytest.fixture(scope="module")
def queue(tmp_path_factory) -> Iterator[Queue]:
    server = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin")
    admin = shutil.which("lpadmin") or shutil.which("lpadmin", path="/usr/sbin")
    if os.name == "nt" or server is None or admin is None:
        pytest.skip("there is no print server on this machine (Debian: cups-daemon, cups-client)")
    folder = tmp_path_factory.mktemp("q")
    for part in ("spool", "tmp", "cache", "state", "ppd", "ssl"):
        (folder / part).mkdir()
    (folder / "cupsd.conf").write_text(CONFIGURED.format(folder=folder))
    (folder / "cups-files.conf").write_text(FILES.format(folder=folder))
    (folder / "office.ppd").write_text(DRIVER)
    configured = ["-c", folder / "cupsd.conf", "-s", folder / "cups-files.conf"]
    running = subprocess.Popen(
        [server, "-f", *configured], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    )
    environment = {**os.environ, "CUPS_SERVER": f"{folder}/cups.sock"}
    add = [admin, "-p", "office", "-E", "-v", "file:/dev/null", "-P", folder / "office.ppd"]
    try:
        for _ in range(200):
            if running.poll() is not None:
                pytest.skip("the print server does not run for this user")
            if subprocess.run(add, env=environment, capture_output=True, check=False, timeout=20).returncode == 0:
                break
        yield Queue(folder)
    finally:
        running.terminate()
        running.wait(20)


@pytest.fixture(scope="module")
def book() -> bytes:
    """Pages upright, across, and one of A3 among them, each with its number."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer)
    for number, size in enumerate([(595, 842), (842, 595), (1191, 842), (595, 842)], 1):
        canvas.setPageSize(size)
        canvas.setFillColorRGB(0.72, 0.14, 0.16)
        canvas.rect(60, 60, 200, 120, fill=1)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(80, 300, f"page {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def images(data: bytes) -> list[Image.Image]:
    return [page.render(scale=0.5).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(data)]


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pages look the same, but for how edges are smoothed."""
    if abs(one.width - other.width) > 2 or abs(one.height - other.height) > 2:
        return False
    different = ImageChops.difference(one, other.resize(one.size)).convert("L")
    return sum(different.histogram()[64:]) < one.width * one.height / 100


@pytest.mark.slow
def test_what_comes_out_is_what_was_shown_with_its_name_and_its_papers(queue: Queue, book: bytes) -> None:
    job = queue.printed(book)
    shown, printed = images(book), images(job.pages)
    assert len(printed) == 4
    assert all(alike(one, other) for one, other in zip(shown, printed, strict=True))
    assert "2026年度台账".encode() in job.told and job.copies == 1
    assert b"two-sided" not in job.told


@pytest.mark.slow
def test_a_range_copies_both_sides_and_grey(queue: Queue, book: bytes) -> None:
    job = queue.printed(book, 2, 3, copies=2, grey=True, duplex=True)
    shown, printed = images(book)[1:3], images(job.pages)
    assert len(printed) == 2 and job.copies == 2
    assert all(alike(one.convert("L").convert("RGB"), other) for one, other in zip(shown, printed, strict=True))
    assert b"two-sided-long-edge" in job.told
    for page in printed:
        red, green, blue = page.split()
        assert max(ImageChops.difference(red, blue).getextrema()) < 3, "nothing is in colour"
        assert max(ImageChops.difference(red, green).getextrema()) < 3


def test_pages_of_every_kind_one_after_the_other_are_painted_as_they_are(qapp, book: bytes, tmp_path: Path) -> None:
    """Also where there is no print server: what follows a page upright lies across, and is neither cut nor narrowed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "made.pdf"))
    printer.setFullPage(True)
    assert paint_pages(pypdfium2.PdfDocument(book), printer, range(4))
    shown, printed = images(book), images((tmp_path / "made.pdf").read_bytes())
    assert len(printed) == 4
    assert all(alike(one, other) for one, other in zip(shown, printed, strict=True))
