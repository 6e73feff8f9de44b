"""Which screen Qt is asked for on desktops that name one it has no plug-in for."""

from __future__ import annotations

import pytest

from ui.house.screen import choose

OURS = {"xcb", "offscreen"}


@pytest.mark.parametrize(
    ("asked", "plugins", "chosen"),
    [
        ("dxcb;xcb", OURS, ""),
        ("dxcb", OURS, "xcb"),
        ("wayland", OURS, "xcb"),
        ("wayland;xcb", OURS, ""),
        ("wayland", {"xcb", "wayland"}, ""),
        ("offscreen", OURS, ""),
        ("offscreen:size=1366x768", OURS, ""),
        ("", OURS, ""),
        ("wayland", {"cocoa"}, ""),
    ],
)
def test_a_screen_without_a_plug_in_gives_way_to_the_usual_one(asked: str, plugins: set[str], chosen: str) -> None:
    assert choose({"QT_QPA_PLATFORM": asked}, plugins) == chosen
