"""What the packaged program is made of: the parts with their versions, as the lock file pins them.

`python3 shipping/parts.py` writes the list as CycloneDX (SBOM); with `faults` it compares the pinned versions with
those that have known faults, by a list that is kept by hand, and says how old the list is.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*(.+?))?\s*\\?$", re.MULTILINE)
FAULTS = Path(__file__).with_name("known_faults.toml")
LISTED = ROOT / "build" / "sbom.cdx.json"


def pinned(lock: str) -> dict[str, set[str]]:
    """The versions of each part that a lock file pins; several where they differ by the version of Python."""
    found: dict[str, set[str]] = {}
    for name, version, _ in PINNED.findall(lock):
        found.setdefault(name, set()).add(version)
    return found


def shipped() -> dict[str, str]:
    """The parts that go into the package, by name, with the versions that are installed here."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*told["dependencies"], *(one for more in told.get("optional-dependencies", {}).values() for one in more)]
    waiting, found = [_name(one) for one in asked], dict[str, str]()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            part = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        found[name] = part.version
        waiting += [_name(one) for one in part.requires or () if "extra ==" not in one]
    return found


def engines() -> set[str]:
    """The version of SQLite inside of the driver that reads ledgers, plain and encrypted."""
    import sqlcipher3.dbapi2

    return {sqlcipher3.dbapi2.sqlite_version}


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def sbom(parts: dict[str, str], version: str) -> dict[str, Any]:
    """The list as CycloneDX 1.5; the same parts give the same list."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": found,
            "purl": f"pkg:pypi/{name}@{found}",
            "licenses": [{"license": {"name": licence}}] if (licence := _licence(name)) else [],
        }
        for name, found in sorted(parts.items())
    ]
    program = {"type": "application", "name": "branch-ledger", "version": version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "metadata": {"component": program},
        "components": components,
    }


def _licence(name: str) -> str:
    told = metadata.metadata(name)
    words = str(told.get("License-Expression") or told.get("License") or "").strip()
    return words.splitlines()[0][:80] if words else ""


def faulty(parts: dict[str, set[str]], known: list[dict[str, str]]) -> list[str]:
    """Which of the pinned versions lie before the one that mends a known fault."""
    return [
        f"{fault['name']} {version}: {fault['id']}, mended in {fault['mended']}: {fault['what']}"
        for fault in known
        for version in sorted(parts.get(fault["name"], ()))
        if _number(version) < _number(fault["mended"])
    ]


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:4])


def main(words: list[str]) -> int:
    """Write the list, or compare it."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    if words[:1] == ["faults"]:
        told = tomllib.loads(FAULTS.read_text("utf-8"))
        found = faulty(pinned(lock) | {"sqlite": engines()}, told["fault"])
        print(f"{len(told['fault'])} known faults, listed on {told['listed_on']}; {len(found)} of them pinned here")
        print(*found, sep="\n")
        return int(bool(found))
    from app import VERSION

    LISTED.parent.mkdir(exist_ok=True)
    LISTED.write_text(json.dumps(sbom(shipped(), VERSION), ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
