"""`python3 dev.py fuzz [ROUNDS] [KIND …]`: every kind of file damaged so often, 400 times unless said otherwise."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.harness import rounds
from tests.fuzz.kinds import KINDS, Ground


def main(arguments: list[str]) -> int:
    """Run the rounds, a line for each kind and for each fault; the exit code says whether there was one."""
    number = int(arguments[0]) if arguments and arguments[0].isdigit() else 400
    chosen = [name for name in arguments if name in KINDS] or list(KINDS)
    faults = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ground = Ground(Path(folder))
        for seed, name in enumerate(chosen):
            begun = time.monotonic()
            told = rounds(ground, name, number, seed)
            faults += len(told.faults)
            spent = time.monotonic() - begun
            print(
                f"{name:12} {number} damaged: {told.read} read, {told.refused} refused in words, "
                f"{len(told.faults)} faults, the slowest {told.slowest:.1f} s, {spent:.0f} s",
                flush=True,
            )
            for fault in told.faults[:5]:
                print("   ", fault, flush=True)
        ground.close()
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
