"""The house itself: sizes, depth, names, and that what is shipped is listed."""

from __future__ import annotations

import ast
import re
from collections import Counter
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
            if isinstance(node, ast.FunctionDef) and node.end_lineno and node.end_lineno - node.lineno > 60:
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


def test_every_constant_is_used() -> None:
    words = Counter(re.findall(r"\b_?[A-Z][A-Z0-9_]*\b", "\n".join(f.read_text("utf-8") for f in SOURCES)))
    for file in SOURCES:
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper():
                name = node.targets[0].id
                assert words[name] > 1, f"{file.relative_to(ROOT)}: {name}"


def test_what_is_to_be_done_names_no_page_icon_or_button() -> None:
    from dataclasses import fields

    from app.checks.matter import Matter
    from app.ways import ToList, ToNew, ToPaper, ToRecord

    named = {field.name for kind in (Matter, ToList, ToNew, ToPaper, ToRecord) for field in fields(kind)}
    assert not named & {"page", "icon", "action", "hint", "button", "colour", "view"}


def test_tests_mirror_the_source() -> None:
    for floor in ("app", "ui"):
        packages = {folder.name for folder in (ROOT / floor).iterdir() if (folder / "__init__.py").exists()}
        tested = {folder.name for folder in (ROOT / "tests" / floor).iterdir() if (folder / "__init__.py").exists()}
        assert tested <= packages, tested - packages


def test_comments_name_the_source_of_a_rule_and_no_paragraph_of_a_private_paper() -> None:
    for file in SOURCES:
        if file.parent.parent.name != "tests" and "tests" not in file.parts:
            assert not re.search(r"规定 ?§|\(§\d", file.read_text("utf-8")), file
