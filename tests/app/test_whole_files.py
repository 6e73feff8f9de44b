"""Files that come in are plain ones of a bounded size; a pipe, a device, a folder is refused and never waited for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.documents.text import document_text
from app.errors import AppError, Refused
from app.exchange.raw import read_book
from app.rules.packs import pack_file
from app.whole_files import whole
from app.work.checklist_packs import checklist_file
from app.work.register_packs import register_file
from db.connection import form_of
from db.vault import FileVault

READERS: dict[str, Callable[[Path], object]] = {
    "whole": lambda path: whole(path, 1000),
    "table": read_book,
    "document": document_text,
    "rules": pack_file,
    "register": register_file,
    "checklist": checklist_file,
    "form": form_of,
}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize("name", list(READERS))
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, name: str) -> None:
    path = tmp_path / "来件.xlsx"
    os.mkfifo(path)
    with pytest.raises(Refused, match="不是普通文件"):
        READERS[name](path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_device_is_no_ledger(vault: FileVault) -> None:
    with pytest.raises(AppError):
        vault.open(Path("/dev/zero"))


@pytest.mark.parametrize("name", list(READERS))
def test_a_folder_and_a_file_that_is_gone_are_refused_in_words(tmp_path: Path, name: str) -> None:
    for path in (tmp_path, tmp_path / "没有.xlsx"):
        with pytest.raises(Refused) as caught:
            READERS[name](path)
        assert path.name in str(caught.value)


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.bin"
    with path.open("wb") as file:
        file.truncate(3 * 1024 * 1024)
    with pytest.raises(Refused, match="超过 2 MB"):
        whole(path, 2 * 1024 * 1024)
    assert len(whole(path, 3 * 1024 * 1024)) == 3 * 1024 * 1024


def test_odd_names_are_refused_in_words() -> None:
    for name in ("a" * 300, "坏\0名"):
        with pytest.raises(Refused):
            whole(Path(name), 100)
