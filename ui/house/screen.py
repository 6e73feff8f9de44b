"""The screen that Qt is asked for: a desktop may name one that Qt here has no plug-in for, and would not start with."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ui.house.plugins import names_of

ASKED = "QT_QPA_PLATFORM"
USUAL = "xcb"


def choose(environment: Mapping[str, str], plugins: set[str]) -> str:
    """The screen to be used; empty where one that is asked for is there, or the usual one is not.

    UOS asks for `dxcb`, Wayland's desktops for `wayland`: through X everything works on both.
    """
    asked = [part.partition(":")[0] for part in environment.get(ASKED, "").split(";") if part]
    if not asked or USUAL not in plugins or any(part in plugins for part in asked):
        return ""
    return USUAL


def prepare() -> None:
    """Before Qt starts: ask for a screen that is there. What works stays as it was asked for."""
    if os.name == "nt" or ASKED not in os.environ:
        return
    # A plug-in of Wayland has two forms, and is called by what they have in common.
    plugins = {name.removeprefix("q").partition("-")[0] for name in names_of("platforms")}
    chosen = choose(os.environ, plugins)
    if chosen:
        os.environ[ASKED] = chosen
