"""The packaged program proves itself: its size, and its self-check from a folder with Chinese and a space."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from shipping.bundles import COLLECTING, NAME, size_of  # noqa: E402  run as a program

LARGEST_MB = 180


def main() -> int:
    built = ROOT / "dist" / NAME
    size = size_of(built) / 1e6
    print(f"packaged program: {size:.1f} MB of at most {LARGEST_MB}")
    if size > LARGEST_MB:
        return 1
    with tempfile.TemporaryDirectory() as folder:
        moved = Path(folder) / "支部 台账"
        shutil.copytree(built, moved, symlinks=True)
        program = moved / (NAME + (".exe" if sys.platform == "win32" else ""))
        bare = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        if sys.platform == "win32":
            bare |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
        done = subprocess.run([program, "self-check"], env=bare, timeout=180, check=False, cwd=folder)
        if done.returncode:
            return done.returncode
        return collects(Path(folder), bare)


def collects(folder: Path, bare: dict[str, str]) -> int:
    """The committee's program collects; that of a branch says that it does not."""
    ending = ".exe" if sys.platform == "win32" else ""
    (folder / "报送").mkdir()
    codes: list[int] = []
    for name in (COLLECTING, NAME):
        words = [ROOT / "dist" / name / (NAME + ending), "collect", folder / "报送", "-o", folder / f"{name}.zbhz"]
        codes.append(subprocess.run(words, env=bare, timeout=180, check=False, cwd=folder).returncode)
    print(f"collecting: {COLLECTING} {codes[0]}, {NAME} {codes[1]}")
    return int(codes != [0, 1])


if __name__ == "__main__":
    sys.exit(main())
