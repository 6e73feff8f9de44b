"""Chinese is typed through an input method: where the one that is asked for has no plug-in here, one that is served."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from shutil import which

from ui.house.plugins import names_of

ASKED = "QT_IM_MODULE"
PORTAL = "IBUS_USE_PORTAL"
"""Qt's plug-in for ibus looks for the program ibus-daemon and gives up without it; with this it asks the session's bus,
where fcitx 5 serves ibus too."""


def modules_asked(environment: Mapping[str, str]) -> list[str]:
    """The input methods that the desktop asks for, the first choice first."""
    return [part for part in environment.get(ASKED, "").replace(":", ";").split(";") if part]


def choose(environment: Mapping[str, str], plugins: Callable[[], set[str]], served: Callable[[str], bool]) -> str:
    """The input method to be used; empty where what is asked for is right, or nothing better is there.

    Desktops of UOS and Kylin ask for fcitx, for which Qt brings no plug-in; fcitx 5 also serves ibus, which has one.
    """
    asked = modules_asked(environment)
    if not asked or any(part in plugins() for part in asked):
        return ""
    return "ibus" if "ibus" in plugins() and served("ibus") else ""


def needs_portal(environment: Mapping[str, str], used: str, *, served: bool, installed: bool) -> bool:
    """Whether ibus is used, is served by another daemon, and Qt would not look for it: ibus itself is not installed."""
    return used == "ibus" and served and not installed and PORTAL not in environment


def ibus_is_served(environment: Mapping[str, str]) -> bool:
    """Whether a daemon that speaks ibus runs for this user: it writes its address where Qt's plug-in looks for it."""
    home = environment.get("XDG_CONFIG_HOME") or str(Path(environment.get("HOME", "~")).expanduser() / ".config")
    if environment.get("IBUS_ADDRESS"):
        return True
    try:
        notes = list(Path(home, "ibus", "bus").iterdir())
        return any(_alive(note) for note in notes)
    except OSError:
        return False


def _alive(note: Path) -> bool:
    """Whether the daemon that wrote an address still runs."""
    for line in note.read_text("utf-8", "replace").splitlines():
        name, _, value = line.partition("=")
        if name == "IBUS_DAEMON_PID" and value.isdigit():
            return Path("/proc", value).exists()
    return False


def plugins() -> set[str]:
    """The input methods for which Qt has a plug-in here."""
    names = names_of("platforminputcontexts")
    return {known for known in ("ibus", "fcitx", "fcitx5", "compose") if any(known in name for name in names)}


def speaks_fcitx(environment: Mapping[str, str], known: Collection[str]) -> bool:
    """Whether keys are to be handed to fcitx by ourselves: it is asked for, and no plug-in of Qt serves that."""
    asked = modules_asked(environment)
    return any(part.startswith("fcitx") for part in asked) and not any(part in known for part in asked)


def join() -> None:
    """Once the window is there: link it to fcitx 4, where that is what the desktop has."""
    if os.name != "nt" and speaks_fcitx(os.environ, plugins()):
        from ui.house import fcitx4

        fcitx4.connect(os.environ)


def prepare() -> None:
    """Before Qt starts: ask for an input method that works. The user's own choice stays where it works."""
    if os.name == "nt" or ASKED not in os.environ:
        return

    served = ibus_is_served(os.environ)
    known = plugins()
    chosen = choose(os.environ, lambda: known, lambda _: served)
    if chosen:
        os.environ[ASKED] = chosen
    used = next((part for part in modules_asked(os.environ) if part in known), "")
    if needs_portal(os.environ, used, served=served, installed=which("ibus-daemon") is not None):
        os.environ[PORTAL] = "1"
