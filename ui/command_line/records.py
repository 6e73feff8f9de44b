"""Commands about the records: sample, new, import, status, dues, report, form, handover, export."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.branch.branch import found_branch
from app.errors import Refused
from app.exchange.export import export_table
from app.exchange.mending import Mending
from app.exchange.raw import RawSheet
from app.exchange.sheet import BLOCK, Outcome, RowFault
from app.exchange.tables import Kind, import_whole, read_tables, register_kind
from app.sample.year import Plan, fill_sample
from app.store import Reader, Vault
from app.work.special_registers import SpecialRegister
from app.year.ledger import load_year
from app.year.standing import standing
from ui.command_line.answer import Answer, opened, read

REGISTER = "register"

if TYPE_CHECKING:
    from app.printing.pdf import Printed


def sample(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """An invented ledger."""
    if options.years < 1 or options.members > 2000 or options.years > 30:
        raise Refused("示例台账的年数应为 1 至 30，人数不超过 2000。")
    plan = Plan(options.years, options.members, options.seed, options.until or today)
    with closing(vault.create(options.file)) as ledger:
        fill_sample(ledger, plan)
    return {"json": {"file": str(options.file)}, "text": f"已生成示例台账“{options.file.name}”。"}


def new(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """An empty ledger."""
    del today
    if not options.branch.strip():
        raise Refused("请填写支部名称。")
    with closing(vault.create(options.file)) as ledger:
        found_branch(ledger, options.branch, records_since=options.since)
    return {"json": {"file": str(options.file)}, "text": f"已建立台账“{options.file.name}”。"}


def fault_row(fault: RowFault) -> dict[str, Any]:
    """A fault of a table for machines."""
    row: dict[str, Any] = {"row": fault.number, "column": fault.column, "reason": fault.reason}
    if fault.sheet:
        row["sheet"] = fault.sheet
    return row


def doubt_row(fault: RowFault) -> dict[str, Any]:
    """What was not read for certain, for machines."""
    return fault_row(fault) | {"said": fault.said, "proposed": fault.proposed, "others": list(fault.others)}


def _sheets(book: list[RawSheet], options: argparse.Namespace) -> frozenset[int] | None:
    """The sheets that the command names; None for the usual ones. Raises Refused for one that is not there."""
    if options.all_sheets:
        return frozenset(range(len(book)))
    names = [sheet.name for sheet in book]
    for name in options.sheet:
        if name not in names:
            raise Refused(f"表格里没有工作表“{name}”。", "有：" + "、".join(f"“{known}”" for known in names) + "。")
    return frozenset(names.index(name) for name in options.sheet) or None


def _kind(ledger: Reader, options: argparse.Namespace) -> Kind:
    """The kind of table that the command names; raises Refused for a register that the ledger has not."""
    if options.kind != REGISTER:
        return options.kind
    registers = {item.title: item for item in ledger[SpecialRegister].all()}
    if options.register not in registers:
        there = "、".join(registers) or "还没有专项台账"
        raise Refused("请用 --register 写明导入到哪一本专项台账。", f"台账里有：{there}。")
    return register_kind(ledger, registers[options.register])


def import_(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """Bring a table in; questions that nobody answered stay out and make the exit code 1."""
    book = read_tables(options.table)
    mending = Mending(sheets=_sheets(book, options), accept_all=options.accept)
    with opened(options, vault) as ledger:
        kind = _kind(ledger, options)
        outcome = import_whole(ledger, kind, book, today, mending, dry_run=options.dry_run)
    return {
        "json": {
            "kind": options.kind,
            "added": outcome.added,
            "updated": outcome.updated,
            "unchanged": outcome.unchanged,
            "refused_rows": len({fault.row for fault in outcome.refused}),
            "refused": [fault_row(fault) for fault in outcome.refused if not fault.asked],
            "notices": [fault_row(fault) for fault in outcome.notices],
            "proposed": [doubt_row(fault) for fault in outcome.notices if fault.sure],
            "asked": [doubt_row(fault) for fault in outcome.asked],
            "differences": [
                {
                    "row": item.row % BLOCK,
                    "column": item.label,
                    "said": item.new,
                    "known": item.was,
                    "since": item.since,
                    "taken": item.taken,
                }
                for item in outcome.differences
            ],
            "left_out": [
                {"where": item.where, "what": item.what, "count": item.count, "reason": item.reason}
                for item in outcome.left_out
            ],
            "told": outcome.told,
            "dry_run": options.dry_run,
        },
        "text": _in_words(outcome, dry_run=options.dry_run),
        "code": 1 if outcome.asked else 0,
    }


def _in_words(outcome: Outcome, *, dry_run: bool) -> str:
    rows = len({fault.row for fault in outcome.refused})
    counts = f"新增 {outcome.added} 条，更新 {outcome.updated} 条，未变 {outcome.unchanged} 条，未导入 {rows} 行。"
    lines = [("试导入，台账没有变化：" if dry_run else "") + counts]
    lines += [f"{fault.where}：{fault.reason}" for fault in outcome.refused if not fault.asked]
    for fault in outcome.asked:
        proposed = f"，建议“{fault.proposed}”" if fault.proposed else ""
        others = f"，也可能是“{'”“'.join(fault.others)}”" if fault.others else ""
        lines.append(f"待定：{fault.where}写着“{fault.said}”：{fault.reason}{proposed}{others}")
    lines += [f"提示：{fault.where}：{fault.reason}" for fault in outcome.notices]
    lines += [
        f"改为表里的：第 {item.row % BLOCK} 行“{item.label}”{item.was} → {item.new}，自 {item.since}"
        for item in outcome.differences
        if item.taken
    ]
    lines += [str(item) for item in outcome.left_out]
    lines += [f"提示：{text}。" for text in outcome.told]
    if outcome.asked:
        lines.append(f"有 {len(outcome.asked)} 处待定，没有记入；都按建议记入请加 --accept，或在窗口里逐个回答。")
    return "\n".join(lines)


def status(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """What the year asks for and how far it is."""
    with read(options, vault) as ledger:
        duties = standing(load_year(ledger, options.year), options.as_of or today)
    rows = [
        {
            "rule": duty.rule,
            "label": duty.label,
            "period": duty.period,
            "required": duty.required,
            "done": duty.done,
            "state": duty.state.value,
            "due_on": duty.due_on.isoformat(),
            "source": duty.source,
        }
        for duty in duties
    ]
    lines = [f"{duty.label} {duty.period}：{duty.state.words} {duty.done}/{duty.required}" for duty in duties]
    return {"json": rows, "text": "\n".join(lines)}


def dues(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """Owed and paid per member and month."""
    del today
    with read(options, vault) as ledger:
        year = load_year(ledger, options.year)
    rows = [
        {
            "member": year.roster[member].name,
            "member_id": member,
            "month": f"{options.year}-{cell.month:02}",
            "owed_fen": cell.owed_fen or 0,
            "paid_fen": cell.paid_fen,
            "due_on": cell.due_on.isoformat(),
            "reason": cell.reason,
        }
        for member, cells in year.dues.rows.items()
        for cell in cells
    ]
    cells = [cell for row in year.dues.rows.values() for cell in row]
    owed, paid = sum(cell.owed_fen or 0 for cell in cells), sum(cell.paid_fen for cell in cells)
    text = f"{options.year} 年应交 {owed / 100:.2f} 元，实交 {paid / 100:.2f} 元。"
    return {"json": rows, "text": text}


FORMATS = (".pdf", ".docx")


def _format(path: Path, formats: Sequence[str] = FORMATS) -> str:
    """The format that the name of an output asks for; raises Refused for one that is not made."""
    suffix = path.suffix.lower()
    if suffix not in formats:
        wanted = " 或 ".join(formats)
        raise Refused(f"输出文件“{path.name}”的扩展名不对。", f"请写成 {wanted} 结尾。")
    return suffix


def report(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """The year's ledger as a PDF or a Word document."""
    from app.exchange.document import document
    from app.reports.book import print_book, written_book
    from ui.kit.files import write_bytes

    suffix = _format(options.output)
    with read(options, vault) as ledger:
        year = load_year(ledger, options.year)
    chapters = None if options.only is None else [options.only]
    if suffix == ".docx":
        story, paper, title = written_book(year, today, chapters)
        write_bytes(options.output, document(story, title, paper, year.branch.name))
        return _written(options.output)
    book = print_book(year, today, chapters)
    write_bytes(options.output, book.data)
    return _written(options.output, book)


def form(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """A single form as a PDF or a Word document."""
    from app.exchange.document import document
    from app.reports.catalogue import FORMS
    from app.reports.forms import form_story, print_form
    from ui.kit.files import write_bytes

    suffix = _format(options.output)
    with read(options, vault) as ledger:
        year = load_year(ledger, options.year)
    if suffix == ".docx":
        story, paper = form_story(year, options.form, options.record, today)
        write_bytes(options.output, document(story, FORMS[options.form].title, paper, year.branch.name))
        return _written(options.output)
    printed = print_form(year, options.form, options.record, today)
    write_bytes(options.output, printed.data)
    return _written(options.output, printed)


def _written(path: Path, printed: Printed | None = None) -> Answer:
    """What was written, and for a print its pages and the characters that no face has."""
    text, result = f"已生成“{path.name}”。", {"file": str(path)}
    if printed is None:
        return {"json": result, "text": text}
    text = f"已生成“{path.name}”，共 {printed.pages} 页。"
    if printed.unprintable:
        text += "\n下列字字库里没有，印成了〓：" + "、".join(printed.unprintable)
    return {"json": {**result, "pages": printed.pages, "unprintable": list(printed.unprintable)}, "text": text}


def export(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """A list as a workbook."""
    _format(options.output, (".xlsx",))
    with read(options, vault) as ledger:
        data = export_table(load_year(ledger, options.year or today.year), options.kind, today)
    from ui.kit.files import write_bytes

    write_bytes(options.output, data)
    return {"json": {"file": str(options.output)}, "text": f"已导出“{options.output.name}”。"}


def handover(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """One file and a printed list for whoever takes over."""
    from ui.house.handing_over import hand_over

    with opened(options, vault) as ledger:
        package, listed = hand_over(vault, load_year(ledger, today.year), options.file, options.output, today)
    text = f"移交包在“{options.output}”：{package.name} 和 {listed.name}。"
    return {"json": {"file": str(package), "list": str(listed)}, "text": text}
