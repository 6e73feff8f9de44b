"""Commands of 汇总: submit, what a branch hands up; collect, what a committee makes of it."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from app import COLLECTION_SUFFIX
from app.collection.collecting import Order, check_places, collect
from app.collection.collection import Collection, Collections, SourceState
from app.collection.package import pack, submission
from app.errors import Refused
from app.store import Vault
from app.year.extract import Detail
from ui.command_line.answer import Answer, read


def package_password(*, asked: bool) -> str:
    """The password of packages, which is not that of a ledger and never a part of the command.

    Only when it is `asked` for does anybody have to type it: most packages have none.
    """
    given = os.environ.get("BRANCH_LEDGER_PACKAGE_PASSWORD", "")
    return given or (getpass.getpass("报送包密码：") if asked and sys.stdin.isatty() else "")


def submit(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """Hand up a year of a ledger as a package."""
    output: Path = options.output
    if output.exists():
        raise Refused(f"“{output.name}”已经存在，没有覆盖它。", "请换一个名字。")
    password = package_password(asked=True) if options.locked else ""
    if options.locked and not password:
        raise Refused("没有填报送包密码。", "从环境变量 BRANCH_LEDGER_PACKAGE_PASSWORD 读取，或在终端输入。")
    with read(options, vault) as store:
        told, rows = submission(store, options.year, options.as_of or today, Detail(options.detail), today)
    data = pack(told, rows)
    _write(output, vault.locked(data, password) if password else data)
    counts = {name: len(lines) for name, lines in rows.items()}
    text = f"已导出“{output.name}”：{told.branch} {told.year} 年度，截至 {told.as_of}，{told.detail.words}。"
    return {
        "json": {
            "file": str(output),
            "branch_id": told.branch_id,
            "branch": told.branch,
            "year": told.year,
            "as_of": str(told.as_of),
            "detail": told.detail.value,
            "records": told.head,
            "rows": counts,
        },
        "text": text,
    }


def _write(path: Path, data: bytes) -> None:
    from ui.kit.files import write_bytes

    write_bytes(path, data)


def collect_(options: argparse.Namespace, collections: Collections, today: date) -> Answer:
    """Collect packages and ledgers from folders into one file."""
    output: Path = options.output
    if output.suffix.casefold() != COLLECTION_SUFFIX:
        raise Refused(f"汇总文件的扩展名应为 {COLLECTION_SUFFIX}。")
    check_places(options.places)
    year = options.year or today.year
    as_of, password = options.as_of or today, package_password(asked=options.locked)
    order = Order(tuple(options.places), year, as_of, today, password, Detail(options.detail))
    with closing(collections.open(output) if output.exists() else collections.create(output)) as collection:
        if options.structure:
            _place(collection, options.structure)
        done = collect(collection, order, collections.take)
        rows = collection.ask("sources")
        figures = _figures(collection)
        if options.dataset:
            options.dataset.mkdir(parents=True, exist_ok=True)
            collection.dataset(options.dataset)
        if options.to:
            collection.bring_to(options.to)
    away = [_aside(row) for row in rows if row[2] != SourceState.TAKEN]
    text = f"共 {done.files} 个文件，新收 {done.new} 个：收下 {done.taken} 个，没有收下 {done.away} 个。"
    lines = [f"  {item['file']}：{item['state']}，{item['reason']}" for item in away]
    told = {"files": done.files, "new": done.new, "taken": done.taken, "refused": done.away}
    return {"json": {**told, "aside": away, "years": figures}, "text": "\n".join([text, *lines])}


def _aside(row: tuple[Any, ...]) -> dict[str, Any]:
    return {"file": Path(row[1]).name, "state": row[2], "reason": row[3], "branch": row[4], "year": row[5]}


def _figures(collection: Collection) -> dict[str, Any]:
    """The sums of every year, for machines."""
    found: dict[str, Any] = {}
    for year, branches in collection.ask("years"):
        sums = {code: value for code, _, _, of, value, _ in collection.ask("figures", year=year) if of == year}
        found[str(year)] = {"branches": branches, **sums}
    return found


def _place(collection: Collection, table: Path) -> None:
    from app.collection.structure import read_structure

    collection.place(read_structure(table))
