"""Chinese typed through a real input method into the real window, as on a domestic Linux desktop."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.screens import keys

ROOT = Path(__file__).parent.parent.parent
PROGRAMS = ("fcitx5", "dbus-run-session")
PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""
RUN = "fcitx5 --disable=wayland,waylandim >/dev/null 2>&1 & sleep 2; exec {python} main.py"
missing = [name for name in PROGRAMS if not shutil.which(name)]
pytestmark = [
    pytest.mark.window,
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing), reason=f"not installed here: {', '.join(missing)}"),
]


def candidates(screen: dict[str, str]) -> bool:
    """Whether the input method shows what may be chosen."""
    words = ["xdotool", "search", "--onlyvisible", "--class", "fcitx"]
    return subprocess.run(words, env=screen, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("module", ["fcitx", "ibus"])
def test_a_name_is_typed_in_pinyin_whatever_the_desktop_asks_for(screen, tmp_path: Path, qtbot, module: str) -> None:
    """Composed, chosen with the space bar, and saved: the ledger is called by what was typed, by keyboard alone."""
    home = tmp_path / "home"
    (home / ".config" / "fcitx5").mkdir(parents=True)
    (home / ".config" / "fcitx5" / "profile").write_text(PROFILE, "utf-8")
    asked = screen | {"HOME": str(home), "QT_IM_MODULE": module, "XMODIFIERS": "@im=fcitx"}
    words = ["dbus-run-session", "--", "bash", "-c", RUN.format(python=sys.executable)]
    program = subprocess.Popen(words, cwd=ROOT, env=asked, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        window = keys(screen, "search", "--sync", "--onlyvisible", "--name", "支部台账").splitlines()[-1]

        def composing_begins() -> bool:
            """The field of the name has the focus and the daemon composes in it; until then keys go astray."""
            keys(screen, "windowfocus", window, "key", "--delay", "100", "Return", "j", "sleep", "1")
            if not candidates(screen):
                keys(screen, "key", "BackSpace")
                return False
            return True

        qtbot.waitUntil(composing_begins, timeout=60_000)
        for rest in ("iguan", "dangzhibu"):
            keys(screen, "type", "--delay", "50", rest)
            qtbot.waitUntil(lambda: candidates(screen), timeout=20_000)
            keys(screen, "key", "space")
            qtbot.waitUntil(lambda: not candidates(screen), timeout=20_000)
        keys(screen, "key", "x")
        qtbot.waitUntil(lambda: candidates(screen), timeout=20_000)
        keys(screen, "key", "Return")  # ends what is composed, and does not go on: the letter can be taken back
        qtbot.waitUntil(lambda: not candidates(screen), timeout=20_000)
        keys(screen, "key", "--delay", "300", "BackSpace", "Return", "Return")
        qtbot.waitUntil(lambda: bool(list(home.rglob("机关党支部.zbtz"))), timeout=20_000)
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait(10)
