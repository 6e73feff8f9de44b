"""收报送: look through folders for packages and ledgers and collect what is new; what cannot be taken is set aside."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app import LEDGER_SUFFIX, PACKAGE_SUFFIX
from app.apart import Apart
from app.collection.collection import Answers, Collection, FileSeen, Intake, Taken, TurnedAway
from app.errors import Refused
from app.year.extract import Detail

BATCH = 16
"""Files that one process reads before they are added together: enough to keep the engine's work small."""
SECONDS = 120.0

Batch = list[tuple[int, FileSeen]]


@dataclass(frozen=True)
class Order:
    """What to collect: folders or files; ledgers are read as of a day of a year, in how much detail; a password."""

    places: tuple[Path, ...]
    year: int
    as_of: date
    today: date
    password: str = ""
    """That of locked packages."""
    detail: Detail = Detail.FIGURES


@dataclass(frozen=True)
class Outcome:
    """How it went: files that lay there, that were new, that were taken, that were set aside."""

    files: int
    new: int
    taken: int
    away: int


def collect(
    collection: Collection,
    order: Order,
    take: Intake,
    told: Callable[[int, int], None] = lambda _done, _all: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Collect what is new or changed in the places; `told` hears how many files are done of how many.

    Every batch is added as a whole: whatever happens in between, no file is lost and none counts twice.
    """
    check_places(order.places)
    found = list(_files(order.places))
    seen = collection.seen(locked=not order.password)
    fresh = [file for file in found if seen.get(file.path) != file]
    first = collection.next_source()
    numbered = list(enumerate(fresh, first))
    batches = [numbered[at : at + BATCH] for at in range(0, len(numbered), BATCH)]
    counted, away, done = 0, 0, 0
    workers = max(1, os.cpu_count() or 1)
    readers = Apart(workers)
    try:
        with ThreadPoolExecutor(workers) as threads:
            asked: list[Future[list[tuple[Batch, Answers]]]] = []
            waiting = iter(batches)
            for batch in waiting:
                asked.append(threads.submit(_read, readers, take, batch, order))
                if len(asked) > workers:
                    break
            while asked and not stopped():
                for batch, (answers, tables) in asked.pop(0).result():
                    took, refused = _sorted(batch, answers)
                    collection.add(took, refused, tables, order.today)
                    counted, away, done = counted + len(took), away + len(refused), done + len(batch)
                    told(done, len(fresh))
                following = next(waiting, None)
                if following is not None:
                    asked.append(threads.submit(_read, readers, take, following, order))
    finally:
        readers.end()
    return Outcome(len(found), len(fresh), counted, away)


def check_places(places: Sequence[Path]) -> None:
    """Raises Refused for a place that is not there."""
    for place in places:
        if not place.exists():
            raise Refused(f"找不到“{place.name}”。", "请检查文件夹是否还在，U盘是否插好。")


def _files(places: Sequence[Path]) -> Iterator[FileSeen]:
    """Packages and ledgers in the places, each once, in order of their path."""
    paths: set[Path] = set()
    for place in places:
        if place.is_dir():
            for folder, _, names in os.walk(place):
                paths.update(Path(folder) / name for name in names if _wanted(name))
        else:
            paths.add(place)
    for path in sorted(path.absolute() for path in paths):
        try:
            told = path.stat()
        except OSError:
            yield FileSeen(str(path), -1, 0)
        else:
            yield FileSeen(str(path), told.st_size, told.st_mtime_ns)


def _wanted(name: str) -> bool:
    return name.casefold().endswith((PACKAGE_SUFFIX, LEDGER_SUFFIX)) and not name.startswith((".", "~"))


def _read(readers: Apart, take: Intake, batch: Batch, order: Order) -> list[tuple[Batch, Answers]]:
    """A batch as it was read; where it kills its process the files are read one by one, to find out which it was."""

    def ask(files: Batch) -> Answers:
        asked = [(number, file.path) for number, file in files]
        told = (asked, order.year, order.as_of, order.today, order.password, order.detail.value)
        name = Path(files[0][1].path).name
        return readers.read(take, *told, name=name, seconds=SECONDS)

    try:
        return [(batch, ask(batch))]
    except Refused as error:
        if len(batch) > 1:
            return [part for file in batch for part in _read(readers, take, [file], order)]
        return [(batch, ([{"source": batch[0][0], "refused": error.text, "advice": "", "locked": False}], {}))]


def _sorted(batch: Batch, answers: Sequence[Mapping[str, Any]]) -> tuple[list[Taken], list[TurnedAway]]:
    """What the process answered, as what is taken and what is set aside."""
    files = dict(batch)
    taken = [
        Taken(answer["source"], files[answer["source"]], answer["digest"], answer["told"])
        for answer in answers
        if "refused" not in answer
    ]
    away = [
        TurnedAway(answer["source"], files[answer["source"]], answer["refused"] + answer["advice"], answer["locked"])
        for answer in answers
        if "refused" in answer
    ]
    return taken, away
