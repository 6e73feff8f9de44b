"""The hand-over package: the whole ledger as one proved file, and the list that is signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.errors import Refused
from app.store import Vault
from app.year.ledger import YearLedger
from ui.kit.files import write_bytes


def hand_over(vault: Vault, ledger: YearLedger, path: Path, folder: Path, today: date) -> tuple[Path, Path]:
    """Write the package of a ledger into a folder; returns the file and the list. Raises AppError.

    The file has the ledger's own password, where it has one, and opens on any machine with an identical content.
    """
    from app.reports.forms import print_form

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"建不了文件夹“{folder.name}”。", "请检查U盘是否插好、能不能写。") from error
    package = folder / f"{path.stem}-移交-{today:%Y%m%d}{path.suffix}"
    listed = package.with_suffix(".清单.pdf")
    printed = print_form(ledger, "handover", 0, today)
    vault.package(path, package)
    write_bytes(listed, printed.data)
    return package, listed
