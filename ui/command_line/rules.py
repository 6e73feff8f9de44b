"""Commands about rules and checks: rules, findings."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from app.checks.health import health_of_ledger, health_of_people
from app.checks.matter import Matter
from app.checks.reminders import reminders
from app.errors import Refused
from app.rules.changes import changes_by, own_pack, packs_of, take_pack
from app.rules.packs import pack_file, read_pack
from app.rules.rulebook import FIRST_DAY, rulebook_on
from app.rules.shown import ShownFigure, shown_figures
from app.store import Vault
from app.year.ledger import load_year
from app.year.standing import standing
from ui.command_line.answer import Answer, opened, read


def rules(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """The rules in force on a day; a pack taken in or looked at; the branch's own written out."""
    if options.take:
        return _take(options, vault, today)
    if options.output:
        with read(options, vault) as ledger:
            text = own_pack(ledger, "本支部自定规则", "", today)
        try:
            options.output.write_text(text, "utf-8")
        except OSError as error:
            raise Refused(f"写不了“{options.output.name}”。", "请换一个文件夹，或检查磁盘空间。") from error
        return {"json": {"file": str(options.output)}, "text": "已导出本支部的规则。"}
    day = options.on or today
    if day < FIRST_DAY:
        raise Refused(f"{day} 早于现行党费规定。", f"请填 {FIRST_DAY} 以后的日期。")
    with read(options, vault) as ledger:
        shown = shown_figures(rulebook_on(day, packs_of(ledger)))
    return {"json": [_row(item) for item in shown], "text": "\n".join(_line(item) for item in shown)}


def _take(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    text = pack_file(options.take)
    pack, day = read_pack(text), options.on or today
    with opened(options, vault) as ledger:
        found = changes_by(ledger, pack, day)
        if not options.dry_run:
            take_pack(ledger, text, today)
    rows = [vars(item) for item in found]
    done = "试导入，台账没有变化" if options.dry_run else f"已导入规则包“{pack.title}”"
    lines = [item.words for item in found]
    head = f"{done}：{day} 改变 {len(found)} 项。"
    told = {"title": pack.title, "layer": pack.layer.value, "changes": rows}
    return {"json": told, "text": "\n".join([head, *lines])}


def _row(item: ShownFigure) -> dict[str, Any]:
    return {**vars(item), "since": item.since.isoformat()}


def _line(item: ShownFigure) -> str:
    sure = f"，{item.sure}" if item.sure else ""
    return f"{item.told}（{item.layer}，{item.level}，自 {item.since}，{item.source}{sure}）"


def findings(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """What is to be done, and what an inspector would find, as the window tells it."""
    day = options.as_of or today
    with read(options, vault) as ledger:
        year = load_year(ledger, options.year)
        todo = reminders(year, standing(year, day), day)
        found = health_of_ledger(ledger, options.year, day) + health_of_people(year, day)
    rows = [_matter(item, "reminder") for item in todo] + [_matter(item, "health") for item in found]
    lines = ["待办："] + [_told(item) for item in todo] + ["体检："] + [_told(item) for item in found]
    return {"json": rows, "text": "\n".join(lines)}


def _matter(item: Matter, shown: str) -> dict[str, Any]:
    until = item.until.isoformat() if item.until else None
    return {
        "shown": shown,
        "level": item.level.value,
        "code": item.code,
        "text": item.text,
        "detail": item.detail,
        "source": item.source,
        "until": until,
        "key": item.key,
    }


def _told(item: Matter) -> str:
    return f"{item.level} {item.text}" + (f" · {item.detail}" if item.detail else "")
