"""Whose rows a table holds: those of other branches are left out and told, whatever kind of table it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.branch.branch import Branch
from app.exchange.mending import Mending
from app.exchange.sheet import LeftOut, Outcome, Row, Sheet
from app.exchange.words import branch_core, packed
from app.store import Reader

_IN_A_TITLE = re.compile(r"[\u4e00-\u9fff]{0,20}?支部")
_NO_NAME = re.compile(r"(各|本|我|该|全|每|下属|所属|基层|先进|标准化|规范化|示范|名称|年|度|月|份|的)$")
_THIS = re.compile("[本我]党?支部")


def own_rows(store: Reader, sheet: Sheet, mending: Mending, unit: str = "行") -> tuple[list[Row], Outcome]:
    """The rows of the own branch, and an outcome that has what is known before any of them is read.

    `unit` is the word in which the rows that are left out are counted.
    """
    outcome = Outcome(faults=list(sheet.faults), left_out=list(sheet.left_out), told=list(sheet.told))
    branch = own_name(store)
    rows = list(_of_this_branch(sheet, branch, mending, outcome, unit))
    if branch and not any(row.text("branch") for row in sheet.rows):
        outcome.told += _titled_otherwise(sheet, branch)
    return rows, outcome


def own_name(store: Reader) -> str:
    """The name of the branch of a ledger; empty where it has none yet."""
    known = store[Branch].all()
    return known[0].name if known else ""


def _of_this_branch(sheet: Sheet, branch: str, mending: Mending, outcome: Outcome, unit: str) -> Iterator[Row]:
    """The rows of the own branch; those of other branches are left out and told.

    A list in which every row names the same branch is a list of this branch, under another of its names.
    """
    own = branch_core(branch)
    named = {_core(row.text("branch"), own) for row in sheet.rows if row.text("branch")}
    others: dict[str, list[Row]] = {}
    said, title = "", ""
    for row in sheet.rows:
        # A blank cell below the name of another branch goes on with it.
        said, title = row.text("branch") or (said if row.title == title else ""), row.title
        core = _core(said, own)
        alike = own not in named and (core.endswith(own) or own.endswith(core))
        mine = not core or not own or core == own or alike
        if mine or len(named) == 1 or row.key in mending.taken_rows:
            yield row
        else:
            others.setdefault(said, []).append(row)
    if len(named) == 1 and own and not (same := next(iter(named))).endswith(own) and not own.endswith(same):
        first = next(row for row in sheet.rows if row.text("branch"))
        outcome.told.append(_told(first.text("branch"), branch))
    for name, rows in others.items():
        numbers = "、".join(str(row.number) for row in rows[:8]) + ("等" if len(rows) > 8 else "")
        keys = tuple(row.key for row in rows)
        left = LeftOut("", f"第 {numbers} 行（{len(rows)} {unit}）", len(rows), f"所在党支部是“{name}”", None, keys)
        outcome.left_out.append(left)


def _core(said: str, own: str) -> str:
    """The name of a branch as it is compared; 本支部 is the own one."""
    return own if _THIS.fullmatch(packed(said)) else branch_core(said)


def _titled_otherwise(sheet: Sheet, branch: str) -> Iterator[str]:
    """What is told of titles that name another branch: it may be the own one under another of its names."""
    for title in dict.fromkeys(row.title for row in sheet.rows):
        names, *lines = title.split("\n")
        file, _, tab = names.rpartition(" ")
        named = [name for text in (file, tab, *lines) for name in _named_in(text)]
        if named and not any(_one_name(name, branch) for name in named):
            yield _told(named[-1], branch)


def _named_in(text: str) -> Iterator[str]:
    """The branches that a title names; 各支部 and 本支部 name none."""
    for found in _IN_A_TITLE.finditer(re.sub(r"\d+", " ", packed(text)).replace("党支部", "支部")):
        name = re.sub(r"^(年|度|月|份|中共|中国共产党)+", "", found[0])
        stem = name.removesuffix("支部")
        if stem and not _NO_NAME.search(stem):
            yield name


def _one_name(name: str, branch: str) -> bool:
    """Whether one of two names may be the other with words more: 某局支部 and 某局机关支部."""
    short, long = sorted((branch_core(name), branch_core(branch)), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


def _told(said: str, branch: str) -> str:
    return f"表里的支部写的是“{said}”，本台账是“{branch}”，请看是不是本支部的"
