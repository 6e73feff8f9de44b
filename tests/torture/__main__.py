"""`python3 dev.py torture [ROUNDS]`: kill -9 at random moments, at least 500 rounds over all kinds of work."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.torture import collecting, upgrading
from tests.torture.kill import KINDS, rounds

SHARES = {"save": 4, "import": 2, "backup": 2, "migrate": 1, "restore": 1}


def main(total: int) -> int:
    """Run the rounds, print a line for each kind; the exit code says whether a fault was found."""
    found: list[str] = []
    for seed, kind in enumerate(KINDS):
        number = -(-total * SHARES[kind] // sum(SHARES.values()))
        begun = time.monotonic()
        faults = rounds(kind, number, seed)
        found += faults
        print(f"{kind:8} {number:4} kills, {len(faults)} faults, {time.monotonic() - begun:.0f} s", flush=True)
        for fault in faults[:10]:
            print("   ", fault)
    begun, number = time.monotonic(), -(-total // 10)
    faults = collecting.rounds(number, 7)
    print(
        f"collect  {number:4} kills, {len(faults)} faults, {time.monotonic() - begun:.0f} s", *faults[:10], flush=True
    )
    begun = time.monotonic()
    with TemporaryDirectory() as folder:
        done, torn = upgrading.rounds(Path(folder))
    print(
        f"upgrade  {done:4} failing calls, {len(torn)} faults, {time.monotonic() - begun:.0f} s", *torn[:10], flush=True
    )
    return int(bool(found or faults or torn))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
