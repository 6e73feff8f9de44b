"""What the package is made of: the list of its parts, and the versions with known faults."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
told = importlib.util.spec_from_file_location("parts", ROOT / "shipping" / "parts.py")
assert told and told.loader
parts = importlib.util.module_from_spec(told)
told.loader.exec_module(parts)

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
