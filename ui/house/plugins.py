"""The plug-ins that this Qt has, before Qt is started: what a desktop asks for may not be among them."""

from __future__ import annotations

from pathlib import Path


def names_of(kind: str) -> set[str]:
    """The files of one kind of plug-in, by name without `lib` and ending; none where they cannot be listed."""
    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), kind)
    try:
        return {path.stem.removeprefix("lib") for path in folder.iterdir()}
    except OSError:
        return set()
