"""The packaged programs as what is handed to people: for Windows a portable zip and an installer, for Debian a .deb.

`python3 shipping/deliver.py windows|debian [DIST]` takes the folders in DIST (dist) and puts the files beside them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from app import VERSION  # noqa: E402  run as a program, from anywhere
from shipping.bundles import COLLECTING, NAME, newest_glibc, size_of  # noqa: E402

HERE = Path(__file__).parent
RED = (0xB9, 0x24, 0x2A)
# Each folder of a packaged program, with the key that Windows knows it by and the name of its Debian package.
PROGRAMS = {NAME: ("BranchLedger", "branch-ledger"), COLLECTING: ("BranchLedgerCollecting", "branch-ledger-collecting")}


def side_picture(target: Path) -> None:
    """The picture beside the installer's first page: the program's icon on its own red."""
    from PIL import Image

    picture = Image.new("RGB", (164, 314), RED)
    icon = Image.open(ROOT / "resources" / "icons" / "program.png").convert("RGBA").resize((72, 72))
    picture.paste(icon, (46, 84), icon)
    picture.save(target, "BMP")


def installer_of(dist: Path, name: str) -> Path:
    """The installer of a program."""
    return dist / f"{name}-{VERSION}-安装程序.exe"


def windows(dist: Path) -> list[Path]:
    """A zip that runs from any folder, and an installer where NSIS is on this machine."""
    made = [_zip(dist, name) for name in PROGRAMS]
    if not shutil.which("makensis"):
        print("makensis is not here (Debian: nsis): no installer was made")
        return made
    picture = dist / "side.bmp"
    side_picture(picture)
    for name, (key, _) in PROGRAMS.items():
        made.append(installer_of(dist, name))
        told = {
            "SIDE": picture,
            "NAME": name,
            "KEY": key,
            "VERSION": VERSION,
            "BUNDLE": dist / name,
            "TARGET": made[-1],
            "ROOT": ROOT,
            "KILOBYTES": size_of(dist / name) // 1024,
        }
        defined = [f"-D{word}={value}" for word, value in told.items()]
        words = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, HERE / "windows" / "installer.nsi"]
        subprocess.run(words, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    picture.unlink()
    return made


def _zip(dist: Path, name: str) -> Path:
    made = dist / f"{name}-{VERSION}-便携版.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for one in sorted((dist / name).rglob("*")):
            file.write(one, Path(name) / one.relative_to(dist / name))
        file.write(ROOT / "LICENSE", f"{name}/许可.txt")
        file.write(ROOT / "resources" / "LICENSES.md", f"{name}/第三方许可.md")
    return made


def debian(dist: Path) -> list[Path]:
    """A package for Debian, UOS and Kylin; nothing of it runs as root when it is installed."""
    made: list[Path] = []
    for name, (_, package) in PROGRAMS.items():
        with tempfile.TemporaryDirectory() as folder:
            tree = Path(folder)
            _lay_out(tree, dist / name, name, package)
            made.append(dist / f"{package}_{VERSION}_amd64.deb")
            words = ["dpkg-deb", "--build", "--root-owner-group", "-Zgzip", "-z6", tree, made[-1]]
            subprocess.run(list(map(str, words)), check=True, stdout=subprocess.DEVNULL)
    return made


def _lay_out(tree: Path, bundle: Path, name: str, package: str) -> None:
    """The files of a Debian package, at the places where they are installed."""
    tree.chmod(0o755)
    home = tree / "opt" / package
    shutil.copytree(bundle, home, symlinks=True)
    share = tree / "usr" / "share"
    words = {
        "@NAME@": name,
        "@PACKAGE@": package,
        "@VERSION@": VERSION,
        "@KILOBYTES@": str(size_of(bundle) // 1024),
        "@GLIBC@": ".".join(map(str, newest_glibc(bundle))),
    }
    for source, target in (
        ("control", tree / "DEBIAN" / "control"),
        ("program.desktop", share / "applications" / f"{package}.desktop"),
        ("ledger.xml", share / "mime" / "packages" / f"{package}.xml"),
        ("metainfo.xml", share / "metainfo" / f"io.github.branch_ledger.{package}.metainfo.xml"),
    ):
        text = (HERE / "debian" / source).read_text("utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    command = tree / "usr" / "bin" / package
    command.parent.mkdir(parents=True)
    command.symlink_to(f"/opt/{package}/{NAME}")
    icons = ROOT / "resources" / "icons"
    for source, target in (
        (icons / "program.svg", share / "icons/hicolor/scalable/apps" / f"{package}.svg"),
        (icons / "program.png", share / "icons/hicolor/256x256/apps" / f"{package}.png"),
        (ROOT / "LICENSE", share / "doc" / package / "copyright"),
        (ROOT / "resources" / "LICENSES.md", share / "doc" / package / "LICENSES.md"),
    ):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    for one in tree.rglob("*"):
        if not one.is_symlink():
            one.chmod(0o755 if one.is_dir() or one.stat().st_mode & 0o100 else 0o644)


def main() -> int:
    kind = sys.argv[1] if len(sys.argv) > 1 else "windows" if sys.platform == "win32" else "debian"
    dist = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else ROOT / "dist"
    for made in {"windows": windows, "debian": debian}[kind](dist):
        print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
