"""Counts that make up a whole: their sum beside it, and what is left of it for the next empty one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.kit.grid_model import GridColumn, Texts


class Counting:
    """Some columns of counts, by name and title, against a whole that may not be known."""

    def __init__(self, titles: Mapping[str, str], whole: Callable[[], int | None]) -> None:
        self._titles, self._whole = titles, whole

    def columns(self, width: int) -> list[GridColumn]:
        """The columns that are typed; the next empty one offers what is left."""
        return [
            GridColumn(name, title, width, offer=lambda texts, name=name: self._rest(texts, name))
            for name, title in self._titles.items()
        ]

    def sum_column(self) -> GridColumn:
        """The column of the sum."""
        return GridColumn("sum", "合计", 110, typed=False, said=self._said, tone=self._tone)

    def texts(self, record: object) -> dict[str, str]:
        """The counts of a record as they are typed; none where nothing was counted."""
        counts = {name: getattr(record, name) for name in self._titles}
        return {name: str(count) for name, count in counts.items()} if any(counts.values()) else {}

    def counted(self, texts: Texts) -> int | None:
        """The sum of a row; None where nothing, or nothing readable, was typed."""
        told = [texts.get(name, "").strip() for name in self._titles]
        if not any(told) or not all(text.isascii() and text.isdigit() for text in told if text):
            return None
        return sum(int(text) for text in told if text)

    def _rest(self, texts: Texts, name: str) -> str:
        counted, whole = self.counted(texts), self._whole()
        first_empty = next((other for other in self._titles if not texts.get(other)), "")
        if counted is None or whole is None or name != first_empty:
            return ""
        return str(whole - counted) if whole > counted else ""

    def _said(self, texts: Texts) -> str:
        counted, whole = self.counted(texts), self._whole()
        if counted is None:
            return ""
        off = counted - whole if whole else 0
        return f"{counted}" + (f"（多 {off}）" if off > 0 else f"（差 {-off}）" if off < 0 else "")

    def _tone(self, texts: Texts) -> str:
        counted, whole = self.counted(texts), self._whole()
        return "" if counted is None or not whole else "ok" if counted == whole else "due"
