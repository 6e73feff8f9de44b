"""Commands about a superior's document: plan read, plan take."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from app.documents.plan import PlanDocument, read_plan
from app.documents.taking import FRESH, Received, known_document, proposals, take_document
from app.documents.text import document_text
from app.errors import Refused
from app.store import Vault
from app.work.superior_documents import DocumentItem
from ui.command_line.answer import Answer, opened


def plan(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """Read a document, or take what it asks of the branch into a ledger."""
    if options.action == "read":
        if len(options.paths) != 1:
            raise Refused("请写一个文件名：plan read 文件。")
        told = read_plan(document_text(options.paths[0]))
        return {"json": as_json(told), "text": _words(told)}
    if len(options.paths) != 2:
        raise Refused("请写台账和文件：plan take 台账 文件。")
    options.file, path = options.paths
    return _take(options, vault, path, today)


def _take(options: argparse.Namespace, vault: Vault, path: Path, today: date) -> Answer:
    text = document_text(path)
    told = read_plan(text)
    with opened(options, vault) as ledger:
        known = known_document(ledger, told)
        wanted = proposals(told, today, ledger[DocumentItem].all(document=known.id) if known else ())
        chosen = {
            place
            for place, item in enumerate(wanted)
            if item.ticked or (options.accept == "all" and item.change in FRESH)
        }
        if not chosen and known is None:
            raise Refused(f"“{told.title}”里没有要记入的内容。", "文件里没有要求支部做的事。")
        made = take_document(ledger, Received(told, text, path.name, path.read_bytes(), today), wanted, chosen)
    rows = [
        {
            "kind": item.kind.value,
            "item": item.item,
            "text": item.text,
            "change": item.change.value,
            "taken": place in chosen,
        }
        for place, item in enumerate(wanted)
    ]
    words = f"“{told.title}”：读出 {len(wanted)} 项，记入 {made} 项。"
    return {"json": {"title": told.title, "proposals": rows, "taken": made}, "text": words}


def as_json(told: PlanDocument) -> dict[str, Any]:
    """What was read, for machines."""
    return {
        "title": told.title,
        "issuer": told.issuer,
        "year": told.year,
        "items": [
            {
                "no": item.no,
                "section": item.section,
                "title": item.title,
                "units": list(item.units),
                "lead": item.lead,
                "for_branch": item.for_branch,
            }
            for item in told.items
        ],
        "counts": [
            {
                "item": found.item,
                "who": found.count.who,
                "what": found.count.told,
                "minimum": _whole(found.count.minimum),
                "unit": found.count.unit,
                "period": found.count.period,
                "quote": found.quote,
            }
            for found in told.counts
        ],
        "dates": [
            {"item": found.item, "what": found.what, "due_on": found.due_on, "quote": found.quote}
            for found in told.dates
        ],
    }


def _whole(number: float) -> int | float:
    return int(number) if number.is_integer() else number


def _words(told: PlanDocument) -> str:
    head = f"{told.title}：{len(told.items)} 项、{len(told.counts)} 个次数、{len(told.dates)} 个日期。"
    lines = [f"{item.no} {item.title}（{'、'.join(item.units)}）" for item in told.items]
    return "\n".join([head, *lines])
