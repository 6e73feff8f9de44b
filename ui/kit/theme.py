"""Colours, sizes and the one style sheet, in light and dark and three text sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources

LIGHT = {
    "rail": "#F2F0ED",
    "background": "#FAF9F7",
    "card": "#FFFFFF",
    "sunken": "#F5F3F0",
    "line": "#E8E5E0",
    "line2": "#D6D2CB",
    "control": "#8C867E",
    "text": "#1F1D1A",
    "text2": "#56524C",
    "text3": "#716C65",
    "disabled": "#A39E97",
    "accent": "#B9242A",
    "accent_hover": "#A31D23",
    "accent_pressed": "#8B171C",
    "accent_text": "#B3202A",
    "accent_tint": "#FBEDEC",
    "ok": "#1B7043",
    "ok_tint": "#E4F2E9",
    "ok_solid": "#2E9E63",
    "due": "#8A5300",
    "due_tint": "#FDF1D9",
    "due_solid": "#D98E04",
    "missing": "#AE3A06",
    "missing_tint": "#FDE9DE",
    "missing_solid": "#E0641B",
    "info": "#1D5C9E",
    "info_tint": "#E8F1FA",
    "info_solid": "#2F6DB5",
    "chart1": "#1F5AA6",
    "chart2": "#E69F00",
    "chart3": "#12876F",
    "chart4": "#CC79A7",
    "chart5": "#8CC4EA",
    "chart6": "#9C968E",
}
DARK = {
    "rail": "#1C1B1A",
    "background": "#222120",
    "card": "#2B2A28",
    "sunken": "#252422",
    "line": "#3B3936",
    "line2": "#4A4844",
    "control": "#8B867F",
    "text": "#F0EEEB",
    "text2": "#C2BDB6",
    "text3": "#A19B94",
    "disabled": "#6F6A64",
    "accent": "#C4373B",
    "accent_hover": "#CB3F43",
    "accent_pressed": "#AE2E32",
    "accent_text": "#FF9B94",
    "accent_tint": "#43292A",
    "ok": "#7FD3A2",
    "ok_tint": "#22392C",
    "ok_solid": "#4FB57F",
    "due": "#F2C261",
    "due_tint": "#40341B",
    "due_solid": "#E0A526",
    "missing": "#FFA376",
    "missing_tint": "#472B1C",
    "missing_solid": "#EE7F3F",
    "info": "#8FC1F2",
    "info_tint": "#20344A",
    "info_solid": "#5A9BDD",
    "chart1": "#4F8EDB",
    "chart2": "#F0B43C",
    "chart3": "#79D6BE",
    "chart4": "#B96A97",
    "chart5": "#A9D0F0",
    "chart6": "#8E8981",
}
FAMILIES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
# The sans covers everyday characters; a rare one in a name comes from the serif.
BUNDLED = ("Noto Sans SC", "Noto Serif SC")


@dataclass(frozen=True)
class Theme:
    """One look: dark or light, text size in percent."""

    dark: bool = False
    percent: int = 100

    @cached_property
    def colors(self) -> dict[str, str]:
        """The colours by token name."""
        return DARK if self.dark else LIGHT

    def color(self, name: str) -> QColor:
        """One colour."""
        return QColor(self.colors[name])

    def px(self, size: float) -> int:
        """A length that grows with the text size."""
        return round(size * self.percent / 100)

    def style_sheet(self) -> str:
        """The style sheet with this look's colours and lengths."""
        text = resources.path("styles/app.qss").read_text("utf-8")
        text = re.sub(r"(\d+)dp", lambda found: f"{self.px(int(found[1]))}px", text)
        pictures = {"chevron": "chevron_down", "check": "checkmark_white"}
        paths = {name: resources.path(f"icons/{file}.svg").as_posix() for name, file in pictures.items()}
        return Template(text).substitute(self.colors, **paths)

    def apply(self, application: QApplication) -> None:
        """Give the whole application this look; its style was named when it was made."""
        application.setPalette(self.palette())
        font = QFont()
        font.setFamilies(ui_families())
        font.setPixelSize(self.px(14))
        application.setFont(font)
        application.setStyleSheet(self.style_sheet())

    def palette(self) -> QPalette:
        """Colours for what the style sheet does not reach."""
        roles = {
            QPalette.ColorRole.Window: "background",
            QPalette.ColorRole.Base: "card",
            QPalette.ColorRole.AlternateBase: "sunken",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.Button: "card",
            QPalette.ColorRole.PlaceholderText: "text3",
            QPalette.ColorRole.Highlight: "info_solid",
            QPalette.ColorRole.ToolTipBase: "card",
            QPalette.ColorRole.ToolTipText: "text",
        }
        palette = QPalette()
        for role, name in roles.items():
            palette.setColor(role, self.color(name))
        return palette


def ui_families() -> list[str]:
    """The families of the interface: what the system has, else the bundled face."""
    known = set(QFontDatabase.families())
    found = [family for family in FAMILIES if family in known]
    if found:
        return found
    if not set(BUNDLED) <= known:
        for name in ("NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSerifSC-Regular"):
            QFontDatabase.addApplicationFont(str(resources.path(f"fonts/{name}.ttf")))
    return list(BUNDLED)


# Given when the application is made: asking it for another style later costs the first window three milliseconds.
STYLE = ("-style", "Fusion")
_current: list[Theme] = [Theme()]


def theme() -> Theme:
    """The look in force."""
    return _current[0]


def use(chosen: Theme) -> None:
    """Take another look; the caller applies it to the application."""
    _current[0] = chosen
