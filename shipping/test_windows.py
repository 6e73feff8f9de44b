"""The tests on a Windows ground (see build_windows.py), of what is committed: `python3 dev.py test-windows [PATH …]`.

Without a path those of the kernel, of the storage and of printing, then the self-check. Without a ground nothing is
run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from shipping.build_windows import GROUND, ready, run  # noqa: E402  run as a program
from tests.ui.kit.print_server import PrintServer  # noqa: E402

SOURCE = GROUND / "测试 目录"
OTHERS = ROOT.parent / "shared" / "samples"
"""Files that lie beside the project; some tests read them."""
QUEUED = "tests/ui/kit/test_real_queue.py"


@contextmanager
def print_queue() -> Iterator[None]:
    """A printer that the programs of the ground can use, where a print server is installed in it."""
    folder, inside = GROUND / "print", ["chroot", GROUND / "root"]
    programs = ("/usr/sbin/cupsd", "/usr/sbin/lpadmin", "/usr/bin/gs")
    server = PrintServer(folder, inside)
    shutil.rmtree(folder, ignore_errors=True)
    there = all((GROUND / "root" / name[1:]).exists() for name in programs)
    if there and server.start(*programs[:2]):
        os.environ |= {"CUPS_SERVER": f"{folder}/cups.sock", "PRINT_QUEUE": str(folder)}
    try:
        yield
    finally:
        server.stop()


def main(paths: list[str]) -> int:
    if not ready():
        print(f"no Windows ground that runs in {GROUND}: nothing was tested there")
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    shutil.rmtree(SOURCE, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", ROOT, SOURCE], check=True)
    if OTHERS.is_dir():
        shutil.copytree(OTHERS, GROUND / "shared" / "samples", dirs_exist_ok=True)
    python = GROUND / "py" / "python.exe"
    words = [python, "-m", "pytest", "-n0", "--no-cov", "-rs", *(paths or ["tests/db", "tests/app", QUEUED])]
    with print_queue():
        code, said = run(words, SOURCE, 3600)
    print(re.sub(r"^[.sF\s\[\]%\d]+$\n", "", said, flags=re.MULTILINE)[-6000:])
    if code == 0 and not paths:
        code, said = run([python, "main.py", "self-check"], SOURCE, 300)
        print(said[-1000:])
    print(f"on the Windows ground: {'passed' if code == 0 else 'failed'}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
