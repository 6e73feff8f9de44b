from __future__ import annotations

import shutil
import sys

import pytest

from tests.journeys.keys import Keys
from tests.journeys.screens import screen
from tests.ui.conftest import desk, workspace

__all__ = ["desk", "screen", "workspace"]

# A real window needs a virtual screen and a hand on its keys; dev.py installs both on Debian and Ubuntu.
real = sys.platform.startswith("linux") and shutil.which("Xvfb") and shutil.which("xdotool")
collect_ignore = [] if real else ["test_real_window.py", "test_input_methods.py"]


@pytest.fixture
def keys(desk, qtbot) -> Keys:
    desk.window.activateWindow()
    qtbot.waitActive(desk.window)
    return Keys(desk.window)
