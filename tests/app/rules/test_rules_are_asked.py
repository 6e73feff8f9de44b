"""Every rule is asked by the program, every check goes by rules that exist, and the table of rules is up to date."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.checks.registry import CHECKS
from app.checks.rules_table import rules_table
from app.rules.entries import KINDS
from app.rules.kinds import figures

ROOT = Path(__file__).parents[3]
FIGURES = sorted({f"{kind}.{figure.name}" for kind, of in KINDS.items() for figure in figures(of)})
INSIDE_RULES = {"numerator", "denominator"}


@pytest.fixture(scope="module")
def asked() -> set[str]:
    """The names of all attributes that the program reads outside the rules themselves."""
    files = [path for top in ("app", "ui") for path in (ROOT / top).rglob("*.py")]
    trees = [ast.parse(path.read_text("utf-8")) for path in files if path.parent != ROOT / "app/rules"]
    found = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    # What a value of the rules answers for itself is asked through it.
    own = {"permille": {"steps"}, "round_half_up": {"unit_fen"}, "least_candidates": {"percent"}, "met": INSIDE_RULES}
    return found | {name for method, names in own.items() if method in found for name in names}


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_of_a_rule_is_asked_by_the_program(asked: set[str], figure: str) -> None:
    assert figure.partition(".")[2] in asked


JUDGING = ("checks", "development", "dues", "life", "people", "work", "year")


def _spans(tree: ast.AST) -> set[str]:
    """Every span of time and every part of a day's difference that is compared with a number written out."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("timedelta", "add_months"):
            told = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
            dated = any(isinstance(part, ast.Attribute) and part.attr in ("days", "month", "day") for part in parts)
            told = parts if dated else []
        else:
            continue
        if any(isinstance(value, ast.Constant) and isinstance(value.value, int) and value.value > 2 for value in told):
            found.add(ast.unparse(node))
    return found


@pytest.mark.parametrize("package", JUDGING)
def test_no_span_of_a_regulation_is_written_out_in_the_program(package: str) -> None:
    files = (ROOT / "app" / package).rglob("*.py")
    found = {f"{path.name}: {span}" for path in files for span in _spans(ast.parse(path.read_text("utf-8")))}
    assert found == set()


@pytest.mark.parametrize("check", CHECKS, ids=[check.title for check in CHECKS])
def test_every_check_goes_by_rules_that_exist(check) -> None:
    assert check.rules and set(check.rules) <= set(FIGURES)


def test_the_table_of_rules_is_that_of_the_rule_files() -> None:
    assert (ROOT / "docs/rules.md").read_text("utf-8") == rules_table()
