"""Damages a kind of file again and again, and counts what came of it."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, field
from random import Random

from app.apart import SECONDS
from app.errors import AppError
from tests.fuzz.damage import damaged
from tests.fuzz.kinds import KINDS, Ground

LONGEST = SECONDS + 15
"""Seconds after which reading counts as hanging: what is read apart is given up a little before."""


@dataclass
class Outcome:
    """How many damaged files were read all the same, how many refused in words, and what went wrong."""

    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def rounds(ground: Ground, name: str, number: int, seed: int) -> Outcome:
    """Read so many damaged files of a kind; the same seed damages them in the same way."""
    kind, random, told = KINDS[name], Random(f"{name}:{seed}"), Outcome()
    sound = kind.sound(ground)
    path = ground.folder / f"来件{kind.suffix}"
    path.write_bytes(sound)
    kind.read(ground, path)
    for turn in range(number):
        path.write_bytes(damaged(sound, random))
        begun = time.monotonic()
        try:
            kind.read(ground, path)
            told.read += 1
        except AppError as error:
            told.refused += 1
            if not str(error).strip():
                told.faults.append(f"{turn}: refused without a word")
        except Exception as error:  # whatever else is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            told.faults.append(f"{turn}: {type(error).__name__}: {error} at {last.filename}:{last.lineno}")
        spent = time.monotonic() - begun
        told.slowest = max(told.slowest, spent)
        if spent > LONGEST:
            told.faults.append(f"{turn}: {spent:.0f} s")
    return told
