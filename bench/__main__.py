"""Run every benchmark, print each figure beside its floor and goal, and keep one line of history."""

from __future__ import annotations

import json
import platform
import sys
from datetime import datetime
from pathlib import Path

from bench.collecting import COLLECTING
from bench.measures import MEASURES, Figure
from bench.pages import SHOWN

RESULTS = Path(__file__).parent / "results" / "history.jsonl"


def main(names: list[str]) -> int:
    """Run the named measures, or all; the exit code says whether every goal was reached."""
    figures: list[Figure] = []
    for name, measure in {**MEASURES, **SHOWN, **COLLECTING}.items():
        if names and name not in names:
            continue
        figure = measure()
        figures.append(figure)
        mark = "ok  " if figure.ratio <= figure.goal else "OVER"
        print(
            f"{mark} {name:<12} {figure.ratio:5.2f} x  (goal {figure.goal} x)  "
            f"{figure.value:10.4f} {figure.unit} beside {figure.floor:.4f} {figure.unit}: {figure.what}",
            flush=True,
        )
    if not names:
        line = {
            "when": datetime.now().astimezone().isoformat(timespec="seconds"),
            "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
            **{figure.name: round(figure.ratio, 3) for figure in figures},
        }
        with RESULTS.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return int(any(figure.ratio > figure.goal for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
