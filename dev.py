"""Run the project's tasks in an environment made from the lock file: `python3 dev.py run | test | check | …`.

Standard library only. The tasks themselves are listed in pyproject.toml under [tool.dev.tasks].
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# Shared library that Qt opens -> Debian package that brings it.
SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
# Programs that the journeys through a real window need.
SCREEN_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}


def missing_packages(task: str) -> list[str]:
    """Debian packages whose library or program is absent, for this task."""
    absent: list[str] = []
    for library, package in SYSTEM_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            absent.append(package)
    if task == "test":
        absent += [package for program, package in SCREEN_PROGRAMS.items() if not shutil.which(program)]
    if task == "build" and not shutil.which("objdump"):
        absent.append("binutils")
    return absent


def provide_system_libraries(task: str) -> None:
    """Install what Qt needs from the system on Debian or Ubuntu, or say exactly what is missing."""
    if not sys.platform.startswith("linux"):
        return
    absent = missing_packages(task)
    if not absent:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *absent]
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    able = shutil.which("apt-get") and (not prefix or shutil.which("sudo"))
    if able:
        print("Installing system libraries of Qt:", " ".join(absent), flush=True)
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, env=quiet)
        if subprocess.run([*prefix, *command, "-qq"], check=False, env=quiet).returncode == 0:
            return
    print("Missing system libraries. Please run:\n  sudo " + " ".join(command), file=sys.stderr)


def provide_environment() -> None:
    """Make .venv from the lock file, and make it anew whenever the lock file has changed."""
    stamp = ENVIRONMENT / "lock.sha256"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    print("Making the environment in .venv …", flush=True)
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", str(LOCK)], check=True)
    stamp.write_text(digest)


def main(arguments: list[str]) -> int:
    """Run the named task; the exit code is that of its first failing command."""
    tasks = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["dev"]["tasks"]
    if not arguments or arguments[0] not in tasks:
        print("usage: python3 dev.py " + " | ".join(tasks), file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036  a fresh machine may have an older one
        print("Python 3.11 or newer is needed.", file=sys.stderr)
        return 2
    task, *rest = arguments
    if rest and f"{task} {rest[0]}" in tasks:
        task, rest = f"{task} {rest[0]}", rest[1:]
    provide_system_libraries(task)
    provide_environment()
    commands = tasks[task]
    for number, command in enumerate(commands):
        words = [word.replace("{python}", str(PYTHON)) for word in command]
        words += rest if number == len(commands) - 1 else []
        code = subprocess.run(words, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
