"""Printing into a real queue; on Windows into the one that `dev.py test-windows` starts beside it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from PySide6.QtPrintSupport import QPrinter

from tests.ui.kit.print_server import PrintServer, found
from ui.kit.preview import paint_pages

ROOT = Path(__file__).parents[3]
WINDOWS = os.name == "nt"
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
class Printed:
    """What came out: the pages of all jobs one after the other, and what the printer was told about each."""

    pages: list[Image.Image]
    told: list[bytes]

    @property
    def copies(self) -> set[int]:
        found = [re.search(rb"copies\x00\x04(....)", told, re.DOTALL) for told in self.told]
        return {int.from_bytes(copies[1], "big") if copies else 1 for copies in found}


@dataclass(frozen=True)
class Queue:
    folder: Path
    environment: dict[str, str]

    def printed(
        self, source: bytes, first: int = 0, last: int = 0, copies: int = 1, *, grey: bool = False, duplex: bool = False
    ) -> Printed:
        file = self.folder / "source.pdf"
        file.write_bytes(source)
        words = [str(file), str(first), str(last), str(copies), str(int(grey)), str(int(duplex))]
        environment = self.environment | {"QT_QPA_PLATFORM": "offscreen"}
        before = self._jobs()
        done = subprocess.run(
            [sys.executable, "-c", PRINTING, *words], cwd=ROOT, env=environment, check=False, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            # The server writes down what it was told a moment later.
            new = sorted(self._jobs() - before)
            pages = [self._pages_of(number) for number in new]
            if new and all(pages):
                break
        assert new and all(pages), "nothing came out of the queue"
        told = [(self.folder / "spool" / f"c{number:05}").read_bytes() + self._title_of(number) for number in new]
        return Printed([image for one in pages for image in images(one)], told)

    def _jobs(self) -> set[int]:
        return {int(path.name[1:]) for path in (self.folder / "spool").glob("c?????")}

    def _title_of(self, number: int) -> bytes:
        """The name of a job by its PostScript: Wine cuts the one that it tells the server."""
        begins = (self.folder / "spool" / f"d{number:05}-001").read_bytes()[:400]
        title = re.search(rb"^%%Title: \((.*)\)", begins, re.MULTILINE)
        told = re.sub(rb"\\(\d{3})", lambda found: bytes([int(found[1], 8)]), title[1]) if title else b""
        return told.decode("gbk", "replace").encode()

    def _waits(self) -> bytes:
        return subprocess.run(["lpstat", "-o"], env=self.environment, capture_output=True, check=False).stdout

    def _pages_of(self, number: int) -> bytes:
        """The pages of a job as PDF; empty as long as it is not done."""
        path = self.folder / "out" / f"{number}.pdf" if WINDOWS else self.folder / "spool" / f"d{number:05}-001"
        if not WINDOWS and self._waits():
            return b""
        return path.read_bytes() if path.exists() else b""


@pytest.fixture(scope="module")
def queue(tmp_path_factory) -> Iterator[Queue]:
    if WINDOWS:
        if "PRINT_QUEUE" not in os.environ:
            pytest.skip("no print server beside this Windows (its ground: cups-daemon, cups-client, ghostscript)")
        yield Queue(Path(os.environ["PRINT_QUEUE"]), dict(os.environ))
        return
    programs = found("cupsd"), found("lpadmin")
    if programs[0] is None or programs[1] is None:
        pytest.skip("there is no print server on this machine (Debian: cups-daemon, cups-client)")
    server = PrintServer(tmp_path_factory.mktemp("q"))
    try:
        if not server.start(*programs):
            pytest.skip("the print server does not run for this user")
        yield Queue(server.folder, server.environment)
    finally:
        server.stop()


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
    shown = images(book)
    assert len(job.pages) == 4
    assert all(alike(one, other) for one, other in zip(shown, job.pages, strict=True))
    assert all("2026年度台账".encode() in told for told in job.told) and job.copies == {1}
    assert not any(b"two-sided" in told for told in job.told)


@pytest.mark.slow
def test_a_range_copies_both_sides_and_grey(queue: Queue, book: bytes) -> None:
    job = queue.printed(book, 2, 3, copies=2, grey=True, duplex=True)
    shown = images(book)[1:3]
    assert len(job.pages) == 2 and job.copies == {2}
    assert all(alike(one.convert("L").convert("RGB"), other) for one, other in zip(shown, job.pages, strict=True))
    assert all(b"two-sided-long-edge" in told for told in job.told)
    for page in job.pages:
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
