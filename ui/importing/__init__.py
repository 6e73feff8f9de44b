"""Bring a spreadsheet in: choose, point at columns, look, mend in place, take it. Used by 设置 and the first run."""

from ui.importing.panel import ImportPanel

__all__ = ["ImportPanel"]
