"""The packages for Linux that also run where the C library is old: UOS 20, Kylin V10 and others with glibc 2.28.

What is packed runs where everything in it does, Python itself included, and a Python of this machine asks for this
machine's glibc. So one is compiled from Debian's source (with its security patches) against an older glibc, by the
compiler of `ziglang`, which brings the symbols of every version. The packages come as wheels for that glibc. Needs
Debian, its `deb-src`, root for three packages of headers, and about ten minutes once.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from shipping import deliver  # noqa: E402  run as a program
from shipping.bundles import newest_glibc  # noqa: E402

GLIBC = (2, 28)
WORK = ROOT / "build" / "linux"
PREFIX = WORK / "python"
COMPILER = "ziglang==0.13.0.post1"
HEADERS = ("zlib1g-dev", "libffi-dev", "libbz2-dev", "dpkg-dev", "patch", "make")
LIBRARIES = {"z": ("zlib.h", "zconf.h"), "bz2": ("bzlib.h",), "ffi": ("ffi.h", "ffitarget.h")}
# The wheels that run on that glibc: each name stands for all older ones too.
PLATFORMS = [f"manylinux_2_{minor}_x86_64" for minor in range(GLIBC[1], 4, -1)] + [
    "manylinux2014_x86_64",
    "manylinux2010_x86_64",
    "manylinux1_x86_64",
]


def run(words: list[object], folder: Path = ROOT, **environment: str) -> None:
    """Run a command; its failure ends everything with what it said."""
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        sys.exit(f"{words[0]} failed:\n{(done.stdout + done.stderr)[-4000:]}")


def source() -> Path:
    """Debian's source of Python, patched."""
    lists, archives = WORK / "apt", WORK / "source"
    shutil.rmtree(archives, ignore_errors=True)
    (lists / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    archives.mkdir(parents=True)
    known = Path("/etc/apt/sources.list.d/debian.sources").read_text("utf-8")
    (lists / "src.sources").write_text(re.sub(r"^Types: .*$", "Types: deb-src", known, flags=re.MULTILINE), "utf-8")
    apt = ["-o", f"Dir::State::lists={lists / 'lists'}", "-o", f"Dir::Etc::sourcelist={lists / 'src.sources'}"]
    apt += ["-o", "Dir::Etc::sourceparts=-", "-o", "APT::Sandbox::User=root"]
    run(["apt-get", *apt, "update", "-qq"])
    told = subprocess.run(
        ["apt-cache", *apt, "showsrc", "python3.11"], check=True, capture_output=True, text=True
    ).stdout
    # The newest may have left the mirror already while the lists still name it.
    for version in sorted(set(re.findall(r"^Version: (\S+)", told, re.MULTILINE)), reverse=True):
        words = ["apt-get", *apt, "source", "-qq", f"python3.11={version}"]
        if subprocess.run(words, cwd=archives, check=False, capture_output=True).returncode == 0:
            return next(path for path in archives.iterdir() if path.is_dir())
    sys.exit("the source of python3.11 cannot be fetched from Debian")


def compile_python() -> None:
    """A Python that asks for no newer glibc than `GLIBC`."""
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *HEADERS], DEBIAN_FRONTEND="noninteractive")
    shutil.rmtree(WORK, ignore_errors=True)
    tree = source()
    run([sys.executable, "-m", "venv", WORK / "compiler"])
    run([WORK / "compiler/bin/python", "-m", "pip", "install", "-q", COMPILER])
    tools = {"cc": f"cc -target x86_64-linux-gnu.{GLIBC[0]}.{GLIBC[1]}", "ar": "ar"}
    for name, words in tools.items():
        tool = WORK / name
        tool.write_text(f'#!/bin/sh\nexec "{WORK}/compiler/bin/python" -m ziglang {words} "$@"\n', "utf-8")
        tool.chmod(0o755)
    # Headers of these libraries alone: those of this machine's C library must not be found.
    system = Path("/usr/include"), Path("/usr/include/x86_64-linux-gnu")
    for folder in ("include", "lib"):
        (WORK / folder).mkdir()
    for name, headers in LIBRARIES.items():
        shutil.copy(Path("/usr/lib/x86_64-linux-gnu") / f"lib{name}.so", WORK / "lib")
        for header in headers:
            shutil.copy(next(place / header for place in system if (place / header).exists()), WORK / "include")
    setup = tree / "setup.py"
    text = setup.read_text("utf-8").replace(
        "def add_multiarch_paths(self):\n", "def add_multiarch_paths(self):\n        return\n"
    )
    setup.write_text(re.sub(r"(system_(?:lib|include)_dirs) = \[[^\]]*\]", r"\1 = []", text), "utf-8")
    expat = tree / "Modules" / "pyexpat.c"
    expat.write_text("#define Py_BUILD_CORE_MODULE 1\n" + expat.read_text("utf-8"), "utf-8")
    run(
        [
            "./configure",
            "-q",
            f"--prefix={PREFIX}",
            "--enable-shared",
            "--without-ensurepip",
            "--build=x86_64-linux-gnu",
        ],
        tree,
        CC=str(WORK / "cc"),
        AR=str(WORK / "ar"),
        CPPFLAGS=f"-I{WORK / 'include'}",
        LDFLAGS=f"-L{WORK / 'lib'}",
    )
    makefile = tree / "Makefile"
    makefile.write_text(makefile.read_text("utf-8").replace("-Wl,-h", "-Wl,-soname="), "utf-8")
    run(["make", "-s", f"-j{os.cpu_count()}"], tree)
    run(["make", "-s", "install"], tree)


def install_packages() -> Path:
    """What the lock file names, as wheels for the old glibc; the Python that has them."""
    there, wheels = WORK / "environment", WORK / "wheels"
    for folder in (there, wheels):
        shutil.rmtree(folder, ignore_errors=True)
    run([PREFIX / "bin/python3.11", "-m", "venv", "--without-pip", there], LD_LIBRARY_PATH=f"{PREFIX}/lib")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    only = ["--only-binary=:all:", "--python-version", "3.11", "--implementation", "cp"]
    only += [f"--platform={platform}" for platform in PLATFORMS]
    lock = ROOT / "requirements.lock"
    run([*pip, "download", "--no-deps", "--require-hashes", *only, "-d", wheels, "-r", lock])
    target = there / "lib/python3.11/site-packages"
    run([*pip, "install", "--no-deps", "--no-index", "--target", target, *wheels.iterdir()])
    return there / "bin/python"


def main() -> int:
    if not (PREFIX / "bin/python3.11").exists():
        compile_python()
    python = install_packages()
    for words in (["shipping/parts.py"], ["-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "build.spec"]):
        run([python, *words], LD_LIBRARY_PATH=f"{PREFIX}/lib")
    for name in deliver.PROGRAMS:
        newest = newest_glibc(ROOT / "dist" / name)
        print(f"{name}: glibc {'.'.join(map(str, newest))} of at most {'.'.join(map(str, GLIBC))}")
        if newest > GLIBC:
            return 1
    done = subprocess.run([sys.executable, "shipping/prove.py"], cwd=ROOT, check=False).returncode
    if done == 0:
        for made in deliver.debian(ROOT / "dist"):
            print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")
    return done


if __name__ == "__main__":
    sys.exit(main())
