"""Run the project's tasks in an environment made from the lock file: `python3 dev.py run | test | check | …`.

Standard library only. The tasks themselves are listed in pyproject.toml under [tool.dev.tasks].
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
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
LINUX = sys.platform.startswith("linux")

# Plug-ins of Qt that the program uses on Linux; what they and Qt itself need is found by the linker.
PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqoffscreen.so",
    "platforminputcontexts/*.so",
    "xcbglintegrations/*.so",
    "imageformats/*.so",
    "iconengines/*.so",
    "printsupport/*.so",
)
MODULES = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtPrintSupport", "QtSvg", "QtDBus")
# Shared libraries whose Debian package is not called as the rule of its names says.
OTHERWISE_CALLED = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libcups.so.2": "libcups2",
}
# Programs that the journeys through a real window need, and those of the build.
PROGRAMS = {"test": {"Xvfb": "xvfb", "xdotool": "xdotool", "objdump": "binutils"}, "build": {"objdump": "binutils"}}
# What an installer says, and what is to be done about it.
TROUBLES = (
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "the registry's certificate is not trusted: set PIP_CERT, or mend the clock",
    ),
    (r"No space left", "the disk is full: make room and run this again"),
    (r"Permission denied|EACCES", "no right to write there: use a folder of your own"),
    (
        r"resolve|ConnectionError|NewConnectionError|timed out|Max retries|No matching distribution",
        "the registry cannot be reached: check the network or the index in pip.conf",
    ),
    (r"DO NOT MATCH THE HASHES", "a package is not what requirements.lock names: try another mirror"),
)


class Trouble(Exception):
    """What keeps a task from running, and what to do, in one sentence."""


def package_of(library: str) -> str:
    """The Debian package of a shared library, by the rule of its names: libfoo.so.1 is in libfoo1."""
    name, _, number = library.partition(".so.")
    name = name.lower().replace("_", "-")
    return OTHERWISE_CALLED.get(library, f"{name}-{number}" if name[-1:].isdigit() else name + number)


def missing_libraries() -> list[str]:
    """Shared libraries that the linker does not find for Qt and its used plug-ins."""
    qt = next(ENVIRONMENT.glob("lib/python3*/site-packages/PySide6"), None)
    if qt is None or not shutil.which("ldd"):
        return []
    files = [file for pattern in PLUGINS for file in (qt / "Qt/plugins").glob(pattern)]
    files += [file for module in MODULES for file in qt.glob(f"{module}.abi3.so")]
    told = subprocess.run(["ldd", *map(str, files)], check=False, capture_output=True, text=True).stdout
    # Plug-ins for parts of Qt that are not installed are not used.
    return sorted(set(re.findall(r"^\s*((?!libQt6)\S+) => not found", told, re.MULTILINE)))


def install(packages: list[str]) -> bool:
    """Install Debian packages; False where that is not possible, and then what to run was said."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not prefix or shutil.which("sudo")):
        print("Installing from the system's packages:", " ".join(packages), flush=True)
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for words in (["apt-get", "update", "-qq"], [*command, "-qq"]):
            done = subprocess.run([*prefix, *words], check=False, env=quiet, capture_output=True).returncode
        if done == 0:
            return True
    print("The system lacks something. Please run:\n  sudo " + " ".join(command), file=sys.stderr)
    return False


def provide_system(task: str) -> None:
    """Install what Qt and the task need from the system, or say exactly what is missing."""
    if not LINUX:
        return
    absent = {package_of(library) for library in missing_libraries()}
    absent |= {package for program, package in PROGRAMS.get(task, {}).items() if not shutil.which(program)}
    if absent:
        install(sorted(absent))


def provide_environment() -> None:
    """Make .venv from the lock file, and make it anew whenever the lock file has changed; raises Trouble."""
    stamp = ENVIRONMENT / "lock.sha256"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    if not importlib.util.find_spec("ensurepip"):
        # Debian parts it from its python3.
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not (LINUX and install([package])):
            raise Trouble(f"This Python cannot make an environment: install {package}, then run this again.")
    print("Making the environment in .venv …", flush=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(
            f"The environment in {ENVIRONMENT} could not be made ({error}); nothing else was changed."
        ) from error
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        # The lock names every package: pip is not to look for others, of which a newer one might have come out.
        [*pip, "--require-hashes", "--no-deps", "-r", str(LOCK)],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = done.stdout + done.stderr
        (ENVIRONMENT / "install.log").write_text(said, "utf-8")
        why = next((advice for pattern, advice in TROUBLES if re.search(pattern, said)), "see .venv/install.log")
        raise Trouble(f"The packages of requirements.lock could not be installed: {why}. Then run this again.")
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
    try:
        provide_environment()
        provide_system(task)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
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
