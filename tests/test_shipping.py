"""What the package is made of: the list of its parts, and the versions with known faults."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app import VERSION
from shipping import bundles, deliver, parts

LINUX = sys.platform.startswith("linux")

ROOT = Path(__file__).parents[1]

LOCK = """# made by a tool
pillow==10.1.0 \\
    --hash=sha256:00
numpy==2.4.6 ; python_version < '3.12' \\
    --hash=sha256:00
numpy==2.5.5 ; python_version >= '3.12' \\
    --hash=sha256:00
"""


def test_the_versions_of_a_lock_file_are_read() -> None:
    assert parts.pinned(LOCK) == {"pillow": {"10.1.0"}, "numpy": {"2.4.6", "2.5.5"}}


def test_a_version_before_the_mended_one_is_named_and_a_later_one_is_not() -> None:
    known = [{"name": "pillow", "id": "X", "mended": "10.2.0", "what": "it runs code"}]
    assert parts.faulty({"pillow": {"10.1.0"}}, known) == ["pillow 10.1.0: X, mended in 10.2.0: it runs code"]
    assert parts.faulty({"pillow": {"10.10.0", "10.2.0"}, "lxml": {"1.0"}}, known) == []


def test_the_list_names_every_part_that_the_program_asks_for() -> None:
    found = parts.shipped()
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {parts._name(one) for one in asked}
    assert names <= found.keys()
    listed = parts.sbom(found, "1.2.3")
    assert listed["bomFormat"] == "CycloneDX" and listed["metadata"]["component"]["version"] == "1.2.3"
    assert {component["name"] for component in listed["components"]} == set(found)
    assert not {"pytest", "ruff", "pyright"} & found.keys()


# --- what is handed out ---------------------------------------------------------------------------------


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The text of each file of the Debian package of a bundle that is a program of the system."""
    bundle = tmp_path / "dist" / "支部台账"
    bundle.mkdir(parents=True)
    shutil.copy(Path(sys.executable).resolve(), bundle / "支部台账")
    monkeypatch.setattr(deliver, "PROGRAMS", {"支部台账": ("BranchLedger", "branch-ledger")})
    (made,) = deliver.debian(tmp_path / "dist")
    subprocess.run(["dpkg-deb", "--raw-extract", made, tmp_path / "taken"], check=True)
    taken = tmp_path / "taken"
    files = [
        file
        for file in taken.rglob("*")
        if file.is_file() and not file.is_symlink() and file.suffix in ("", ".desktop", ".xml", ".svg")
    ]
    return {
        str(file.relative_to(taken)): file.read_text("utf-8", "replace") for file in files if "opt" not in file.parts
    }


@pytest.mark.skipif(not LINUX, reason="a package of Debian is made on Debian")
def test_the_debian_package_runs_nothing_as_root_and_brings_menu_type_and_icon(packed: dict[str, str]) -> None:
    assert [name for name in packed if name.startswith("DEBIAN")] == ["DEBIAN/control"]
    menu = packed["usr/share/applications/branch-ledger.desktop"]
    assert "Name=支部台账\n" in menu and "Exec=branch-ledger %f\n" in menu
    kind = ElementTree.fromstring(packed["usr/share/mime/packages/branch-ledger.xml"])
    assert [glob.get("pattern") for glob in kind.iter() if glob.tag.endswith("glob")] == ["*.zbtz"]
    told = ElementTree.fromstring(packed["usr/share/metainfo/io.github.branch_ledger.branch-ledger.metainfo.xml"])
    assert [release.get("version") for release in told.iter("release")] == [VERSION]
    assert "usr/share/icons/hicolor/scalable/apps/branch-ledger.svg" in packed
    assert not [name for name, text in packed.items() if re.search(r"@[A-Z]+@", text)]


@pytest.mark.skipif(not LINUX, reason="objects of Linux alone name versions of glibc")
def test_the_debian_package_asks_for_the_glibc_that_its_objects_name(packed: dict[str, str]) -> None:
    needed = re.search(r"libc6 \(>= ([0-9.]+)\)", packed["DEBIAN/control"])
    assert needed
    named = bundles.glibc_of(Path(sys.executable).resolve())
    assert needed[1] == ".".join(map(str, named)) and named >= (2,)


def test_the_installer_removes_only_what_it_brought() -> None:
    """A ledger somebody keeps in the program's folder outlives the removal: no folder of hers is taken whole."""
    script = (ROOT / "shipping" / "windows" / "installer.nsi").read_text("utf-8")
    whole = set(re.findall(r"RMDir /r (.+)", script))
    assert whole == {'"$INSTDIR\\_internal"', '"$INSTDIR\\_internal.before"'}
    assert not re.search(r"Delete .*(\*\.zbtz|\*\.\*)", script)
    assert "RequestExecutionLevel user" in script and "HKLM" not in script
