"""The house itself: sizes, depth, names, and that what is shipped is listed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [
    *ROOT.glob("*.py"),
    *(f for d in ("app", "db", "ui", "resources", "bench", "tests") for f in (ROOT / d).rglob("*.py")),
]
FORBIDDEN = {"util", "utils", "misc", "common", "helper", "helpers", "manager", "base", "core"}


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(ROOT)))
def test_files_are_short_shallow_and_well_named(file: Path) -> None:
    inside = file.relative_to(ROOT)
    assert len(file.read_text("utf-8").splitlines()) <= 400
    assert len(inside.parts) <= 4
    assert not FORBIDDEN & {*inside.parts, file.stem}


@pytest.mark.parametrize("folder", ["app", "db", "ui"])
def test_functions_fit_on_a_screen(folder: str) -> None:
    long = []
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno > 70:
                long.append(f"{file.relative_to(ROOT)}:{node.name} {node.end_lineno - node.lineno}")
    assert long == []


def test_every_shipped_font_and_icon_is_listed() -> None:
    listed = (ROOT / "resources" / "LICENSES.md").read_text("utf-8")
    for font in (ROOT / "resources" / "fonts").glob("*.ttf"):
        assert font.name in listed
    assert "icons/*.svg" in listed


def test_every_icon_that_is_named_is_there() -> None:
    named = set()
    for file in (ROOT / "ui").rglob("*.py"):
        named |= set(re.findall(r'icon="([a-z_]+)"|pixmap\("([a-z_]+)"', file.read_text("utf-8")))
    for name in {part for pair in named for part in pair if part}:
        assert (ROOT / "resources" / "icons" / f"{name}.svg").exists(), name


def test_every_name_of_the_glossary_is_used() -> None:
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "app").rglob("*.py"))
    for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines():
        if line.startswith("| ") and "`" in line:
            for name in re.findall(r"`(\w+)`", line):
                assert re.search(rf"\b{name}\b", source), name


def test_the_clock_is_asked_in_one_place() -> None:
    asking = [
        f
        for d in ("app", "db", "ui")
        for f in (ROOT / d).rglob("*.py")
        if re.search(r"\.today\(\)|\.now\(", f.read_text("utf-8"))
    ]
    allowed = [f for f in asking if re.search(r"date\.today\(\)|datetime\.now\(", f.read_text("utf-8"))]
    assert allowed == []
