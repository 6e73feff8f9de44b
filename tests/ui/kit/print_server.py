"""A print server of the tests' own, with one printer: without a network or a real printer.

On a Windows ground it runs beside Wine, which prints PostScript: that is made into PDF for each job.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

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
*cupsFilter: "application/postscript 0 {folder}/to-pdf"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A3/A3: "<</PageSize[842 1191]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A3/A3: "<</PageSize[842 1191]>>setpagedevice"
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
TO_PDF = """#!/bin/sh
gs -q -dBATCH -dNOPAUSE -dSAFER -sDEVICE=pdfwrite -sOutputFile={folder}/out/$1.part "${{6:--}}" &&
mv {folder}/out/$1.part {folder}/out/$1.pdf
"""
NAME = "office"


class PrintServer:
    """The server with its printer, its files in a folder; `inside` are the words that run a program in a ground."""

    def __init__(self, folder: Path, inside: Sequence[str | Path] = ()) -> None:
        self.folder, self._inside = folder, list(inside)
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a program must be told that prints here."""
        return {**os.environ, "CUPS_SERVER": f"{self.folder}/cups.sock"}

    def start(self, server: str, admin: str) -> bool:
        """Whether it runs for this user and has its printer."""
        for part in ("spool", "tmp", "cache", "state", "ppd", "ssl", "out"):
            (self.folder / part).mkdir(parents=True)
        for part in ("out", "tmp"):
            (self.folder / part).chmod(0o1777)  # filters run as another user
        for name, text in (("cupsd.conf", CONFIGURED), ("cups-files.conf", FILES), ("office.ppd", DRIVER)):
            (self.folder / name).write_text(text.replace("{folder}", str(self.folder)))
        (self.folder / "to-pdf").write_text(TO_PDF.format(folder=self.folder))
        (self.folder / "to-pdf").chmod(0o755)
        configured = ["-c", self.folder / "cupsd.conf", "-s", self.folder / "cups-files.conf"]
        self._running = subprocess.Popen(
            [*self._inside, server, "-f", *configured],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
        add = [*self._inside, admin, "-p", NAME, "-E", "-v", "file:/dev/null", "-P", self.folder / "office.ppd"]
        for _ in range(200):
            if self._running.poll() is not None:
                return False
            done = subprocess.run(add, env=self.environment, capture_output=True, check=False, timeout=20)
            if done.returncode == 0:
                return True
        return False

    def stop(self) -> None:
        """End it; its files stay."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait(20)


def found(name: str) -> str | None:
    """A program of the print server, which lies where not every user looks."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")
