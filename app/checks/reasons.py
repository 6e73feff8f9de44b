"""Why a matter is told: what the rules that its check goes by ask for, in words, and where they stand."""

from __future__ import annotations

from app.checks.matter import Matter
from app.rules.rulebook import Rulebook
from app.rules.shown import ShownFigure, figures_of

MOST = 3
"""Rules that are told one by one; a check that goes by more of them names where they stand."""


def reason_of(matter: Matter, rulebook: Rulebook) -> str:
    """The rules behind a matter, one to a line; empty where the check names none that tells more."""
    if matter.source:
        return f"依据：{matter.source}"
    named = figures_of(rulebook, matter.rules)
    # Of a kind of which several rules hold at once it is not known which one is meant.
    codes = {kind: {figure.code for figure in named if figure.kind == kind} for kind in {f.kind for f in named}}
    single = [figure for figure in named if len(codes[figure.kind]) == 1]
    if len(matter.rules) <= MOST:
        return "\n".join(f"{figure.told}（{_source(figure)}）" for figure in single)
    return f"依据：{_source(single[0])}" if single else ""


def _source(figure: ShownFigure) -> str:
    own = figure.source if figure.source.startswith(("《", "本程序")) or figure.level in figure.source else ""
    return own or f"{figure.source}，{figure.level}"
