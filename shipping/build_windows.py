"""The packages for Windows, made on Debian: built by Windows' own Python under Wine, installed there, and tried.

The ground is a folder with `wine.sh`, which runs a Windows program in the folder named by CD, and with `py/python.exe`,
a Python for Windows that has the packages of the lock file. WINDOWS_GROUND names it.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from shipping.bundles import NAME, size_of  # noqa: E402  run as a program
from shipping.deliver import PROGRAMS, installer_of, windows  # noqa: E402

GROUND = Path(os.environ.get("WINDOWS_GROUND", Path(tempfile.gettempdir()) / "windows-ground"))
LARGEST_MB = 150
PROGRAM = f"{NAME}.exe"
REMOVAL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall"
COMMAND = r"HKCU\Software\Classes\BranchLedger.Ledger\shell\open\command"


class Failed(Exception):
    """What did not work, in one sentence."""


def ready() -> bool:
    """Whether a Windows program of the ground runs.

    A ground whose Wine lives in a root of its own (`root/`) shares some places with this machine; a restart takes that
    away. The superuser gets them back for this process and those it starts, and for no others.
    """
    if _runs():
        return True
    shared = [place for place in ("/proc", "/dev", str(GROUND)) if (GROUND / "root").is_dir()]
    if not shared or os.geteuid() or not _in_a_space_of_its_own():
        return False
    for place in shared:
        inside = Path(f"{GROUND}/root{place}")
        inside.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "--bind", place, inside], check=False)
    return _runs()


def _runs() -> bool:
    return (GROUND / "wine.sh").exists() and run([GROUND / "py" / "python.exe", "-c", ""], GROUND)[0] == 0


def _in_a_space_of_its_own() -> bool:
    """Take this process away from the mounts of all others, with nothing that goes back to them."""
    library = ctypes.CDLL(None, use_errno=True)
    apart, private = 0x00020000, 0x00040000 | 0x4000
    return library.unshare(apart) == 0 and library.mount(None, b"/", None, private, None) == 0


def run(words: Sequence[str | Path], folder: Path, seconds: int = 120) -> tuple[int, str]:
    """Run a Windows program in a folder of the ground; its exit code and what it said.

    What it says goes into a file: Wine's own servers keep a pipe open for as long as they live.
    """
    told = {**os.environ, "CD": str(folder)}
    words = [str(word) for word in (GROUND / "wine.sh", *words)]
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(words, env=told, timeout=seconds, check=False, stdout=said, stderr=said)
        said.seek(0)
        return done.returncode, said.read().decode("gbk", "replace")


def must(words: Sequence[str | Path], folder: Path, what: str, seconds: int = 120) -> None:
    """As `run`, where anything but success is a failure."""
    code, said = run(words, folder, seconds)
    if code:
        raise Failed(f"{what} (exit {code}):\n{said[-3000:]}")


def build() -> Path:
    """The folders of the packaged programs, from what is committed; their place in the ground."""
    source = GROUND / "程序 目录"
    shutil.rmtree(source, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", ROOT, source], check=True)
    python = GROUND / "py" / "python.exe"
    must([python, "shipping/parts.py"], source, "the list of parts")
    must([python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "build.spec"], source, "the build", 1500)
    return source / "dist"


def prove_installer(installer: Path) -> None:
    """Install without a question, try the program, install over it, refuse while it runs, remove it."""
    home = GROUND / "安装 试验"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    shutil.copy(installer, home / "setup.exe")
    must(["setup.exe", "/S"], home, "the silent installation")
    where = re.search(r"[A-Z]:\\.*", _registered(home, rf"{REMOVAL}\BranchLedger", "InstallLocation"))
    if not where:
        raise Failed("Windows does not list the program among those that can be removed")
    place = GROUND / "prefix" / "drive_c" / where[0].strip()[3:].replace("\\", "/")
    program = place / PROGRAM
    must([program, "self-check"], home, "the self-check of the installed program", 300)
    ledger = place / "放在这里的台账.zbtz"
    ledger.unlink(missing_ok=True)
    must([program, "sample", ledger], home, "a ledger in the program's own folder")
    before = ledger.read_bytes()
    opened = _registered(home, COMMAND)
    if f'{where[0].strip()}\\{PROGRAM}" "%1"' not in opened:
        raise Failed(f".zbtz opens with something else: {opened}")
    links = [GROUND.joinpath("prefix").rglob(f"{folder}/**/{NAME}.lnk") for folder in ("Desktop", "Start Menu")]
    if not all(list(found) for found in links):
        raise Failed("a link on the desktop or in the start menu is missing")
    _refused_while_it_runs(home, program, ledger)
    (place / "_internal" / "resources" / "strokes.txt").unlink()
    must(["setup.exe", "/S"], home, "the installation over it")
    if not (place / "_internal" / "resources" / "strokes.txt").exists():
        raise Failed("installing again does not repair")
    must([place / "卸载.exe", "/S", "_?=" + where[0].strip()], home, "the removal")
    left = {one.name for one in place.iterdir()} - {"卸载.exe"}
    if left != {ledger.name} or ledger.read_bytes() != before:
        raise Failed(f"the removal left {left}, or touched the ledger")
    if "%1" in _registered(home, COMMAND):
        raise Failed(".zbtz is still registered")
    shutil.rmtree(place)
    print(
        "installed, self-check passed, refused while it runs, repaired, removed: the ledger in its folder is as it was"
    )


def _refused_while_it_runs(home: Path, program: Path, ledger: Path) -> None:
    """A program that runs is not replaced under somebody's hands."""
    command = [str(GROUND / "wine.sh"), str(program), str(ledger)]
    running = subprocess.Popen(
        command, env={**os.environ, "CD": str(home)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        # Until it runs, the installation succeeds.
        codes = [run(["setup.exe", "/S"], home)[0] for _ in range(5) if running.poll() is None]
        if 2 not in codes:
            raise Failed(f"the running program was replaced (exits {codes})")
    finally:
        subprocess.run(["pkill", "-f", PROGRAM], check=False)
        running.wait(60)


def _registered(home: Path, key: str, value: str = "") -> str:
    return run(["reg", "query", key, *(["/v", value] if value else ["/ve"])], home)[1]


def main() -> int:
    if not ready() or not shutil.which("makensis"):
        print(
            f"A Windows ground is needed in {GROUND} (or WINDOWS_GROUND), and NSIS: docs/windows.md says what they are."
        )
        return 1
    try:
        built = build()
        for name in PROGRAMS:
            size = size_of(built / name) / 1e6
            print(f"{name}: {size:.1f} MB" + (f" of at most {LARGEST_MB}" if name == NAME else ""))
            if name == NAME and size > LARGEST_MB:
                raise Failed("the program is too large")
        dist = ROOT / "dist" / "windows"
        shutil.rmtree(dist, ignore_errors=True)
        shutil.copytree(built, dist)
        for made in windows(dist):
            print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")
        prove_installer(installer_of(dist, NAME))
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
