"""A column that is headed 出勤情况 or the like: whether its cell names those who came, those who did not, or counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.exchange.persons import Finder
from app.exchange.reading import Reading, Sure, read_count
from app.exchange.rolls import CAME, NOBODY, NUMBERS_FIRST, Present, read_present
from app.exchange.sheet import Row
from app.exchange.taking import Taking
from app.exchange.words import packed
from app.names import close_up

OF_EITHER = re.compile("(出勤|参会|参加|到会|考勤).*情况")
"""The headings below which those who came may be named as well as those who did not."""
_CAME = re.compile(rf"(?<![未没不能])(?<!没有)({CAME}|实到)")
_NOTHING_MORE = re.compile(r"[\s、,;。.()]|同志|等?\d+[人名]|等")
"""What may stand between names without saying whether they came."""
OF_BOTH = re.compile(r"(\d{1,4})人?[/／](\d{1,4})人?")
"""实到 and 应到 in one cell: 22/24."""
_MARKED = re.compile(r"[\s、,;]*([^\s、,;√✓✔×✗✘]+?)[(]?([√✓✔×✗✘])[)]?")


def with_turnout(row: Row, reading: Taking, finder: Finder, names: Sequence[str], people: int) -> Row:
    """The row with what the columns `names` say of who came moved to where that is kept.

    Whether names alone came or did not, the numbers beside them tell; else it is asked, as is likelier of so many
    `people` of the branch.
    """
    for name in names:
        if not row.text(name) or not OF_EITHER.search(row.column(name)):
            continue
        told = _places(row, reading, finder, name, people)
        if told.keys() != {name} and not any(row.text(place) for place in told if place != name):
            headings = {**row.headings, **{place: row.column(name) for place in told}}
            row = replace(row, cells={**row.cells, name: None, **told}, headings=headings)
    return row


def _places(row: Row, reading: Taking, finder: Finder, name: str, people: int) -> Mapping[str, str]:
    """What a cell says by the fields that keep it: `name` for those who did not come."""
    said = row.text(name)
    told = NUMBERS_FIRST.sub("", close_up(unicodedata.normalize("NFKC", said)))
    if OF_BOTH.fullmatch(packed(told)):
        return {"counts": said}
    if apart := _by_marks(told, finder):
        came, missed = apart
        return {"present": came, name: missed}
    found = None if NOBODY.fullmatch(packed(told)) else _present_of(told, finder)
    if found is None:
        return {name: said}
    if found.everybody or (found.named and not found.others and _CAME.search(told)):
        return {"present": said}
    rest = told
    for who in found.named:
        rest = rest.replace(who.value.name if who.value else who.said, "", 1)
    if not found.named or _NOTHING_MORE.sub("", rest):
        return {name: said}
    return {_of_names(row, reading, name, len(found.named), people): said}


def _of_names(row: Row, reading: Taking, name: str, number: int, people: int) -> str:
    """The field of so many names alone: by the numbers beside them, else asked."""
    came, should = _number(row.text("attended")), _number(row.text("expected"))
    missed = None if came is None or should is None else should - came
    if (came == number) != (missed == number):
        return "present" if came == number else name
    likely = "present" if number * 2 > people else name
    why = f"看不出写的是到会的人还是缺席的人，按{'到会' if likely == 'present' else '缺席'}记请勾选"
    reading.take(name, Reading(row.text(name), likely, Sure.ASKED, why), shown=row.text(name))
    return likely


def _by_marks(told: str, finder: Finder) -> tuple[str, str] | None:
    """Those with a tick and those with a cross behind their names: 甲一√ 乙二×; None where not all have one."""
    marked = _MARKED.findall(told)
    if not marked or _MARKED.sub("", told).strip(" 、,;。") or not all(finder.begins(who) for who, _ in marked):
        return None
    came = [who for who, mark in marked if mark in "√✓✔"]
    return "、".join(came), "、".join(who for who, mark in marked if mark not in "√✓✔")


def _present_of(told: str, finder: Finder) -> Present | None:
    try:
        return read_present(told, finder)
    except ValueError:
        return None


def _number(said: str) -> int | None:
    try:
        return read_count(said)
    except ValueError:
        return None
