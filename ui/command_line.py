"""The program without a screen: JSON on standard output, messages in Chinese on standard error.

Exit codes: 0 done, 1 refused and nothing changed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from app.backups import BackupReason
from app.branch import found_branch
from app.dates import read_partial
from app.errors import AppError, Refused
from app.exchange.export import EXPORTS, export_table
from app.exchange.sheet import RowFault
from app.exchange.tables import IMPORTS, import_table
from app.ledger import load_year
from app.sample import Plan, fill_sample
from app.standing import State, standing
from app.store import Ledger, Vault

STATE_WORDS = {
    State.DONE: "已完成",
    State.MISSING: "缺",
    State.DUE: "待办",
    State.UPCOMING: "未到",
    State.NOT_APPLICABLE: "不适用",
}
USAGE = """用法：
  sample 文件 [--years 3] [--members 40] [--seed 1] [--until 日期]   生成示例台账
  new 文件 --branch 支部名称                                         新建台账
  import 文件 members|meetings|talks|dues 表格 [--dry-run]           导入表格
  status 文件 --year 年度 [--as-of 日期]                             本年应做与已做
  dues 文件 --year 年度                                              党费应交与实交
  report 文件 --year 年度 [--only 章节] -o 输出.pdf                  打印年度台账
  export 文件 members|meetings|talks|dues [--year 年度] -o 输出.xlsx 导出表格
  backup 文件 [-o 文件夹]                                            做一次备份
  restore 备份 -o 文件                                               从备份恢复
  history 文件                                                       全部操作
  undo 文件                                                          撤销上一步
  verify 文件 --year 年度 [--digest 校验码]                          核对归档年度和打印的校验码
  check 文件 [--repair]                                              检查台账文件，先备份再修复
  self-check                                                         检查程序自身
所有命令都可加 --json。台账设了密码时，从环境变量 BRANCH_LEDGER_PASSWORD 读取，没有则在终端询问。"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        del message  # argparse speaks English
        print(f"命令写得不对。\n{USAGE}", file=sys.stderr)
        raise SystemExit(2)

    def print_help(self, file: Any = None) -> None:
        print(USAGE, file=file or sys.stdout)


def _day(text: str) -> date:
    try:
        value = read_partial(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not value.exact:
        raise argparse.ArgumentTypeError("缺少日")
    return value.first


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("应大于零")
    return number


def _year(text: str) -> int:
    number = int(text)
    if not 1921 <= number <= 2199:
        raise argparse.ArgumentTypeError("年度不对")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="支部台账")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    def command(name: str, *, file: bool = True) -> argparse.ArgumentParser:
        sub = commands.add_parser(name)
        if file:
            sub.add_argument("file", type=Path)
        sub.add_argument("--json", action="store_true")
        return sub

    sample = command("sample")
    sample.add_argument("--years", type=_count, default=3)
    sample.add_argument("--members", type=_count, default=40)
    sample.add_argument("--seed", type=int, default=1)
    sample.add_argument("--until", type=_day)
    command("new").add_argument("--branch", required=True)
    bring = command("import")
    bring.add_argument("kind", choices=sorted(IMPORTS))
    bring.add_argument("table", type=Path)
    bring.add_argument("--dry-run", action="store_true")
    status = command("status")
    status.add_argument("--year", type=_year, required=True)
    status.add_argument("--as-of", type=_day)
    command("dues").add_argument("--year", type=_year, required=True)
    report = command("report")
    report.add_argument("--year", type=_year, required=True)
    report.add_argument("--only")
    report.add_argument("-o", "--output", type=Path, required=True)
    export = command("export")
    export.add_argument("kind", choices=EXPORTS)
    export.add_argument("--year", type=_year)
    export.add_argument("-o", "--output", type=Path, required=True)
    command("backup").add_argument("-o", "--output", type=Path)
    command("restore").add_argument("-o", "--output", type=Path, required=True)
    command("history")
    command("undo")
    verify = command("verify")
    verify.add_argument("--year", type=_year, required=True)
    verify.add_argument("--digest", default="")
    command("check").add_argument("--repair", action="store_true")
    command("self-check", file=False)
    return parser


def run(arguments: list[str], vault: Vault, today: date) -> int:
    """Carry out a command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        answer = HANDLERS[options.command](options, vault, today)
    except AppError as error:
        if options.json:
            print(json.dumps({"error": error.text, "advice": error.advice}, ensure_ascii=False))
        print(error, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(answer["json"], ensure_ascii=False, indent=1))
    print(answer["text"], file=sys.stderr)
    return answer.get("code", 0)


Answer = dict[str, Any]


def _password() -> str:
    """The password of an encrypted ledger: never a part of the command, where others could read it."""
    given = os.environ.get("BRANCH_LEDGER_PASSWORD", "")
    return given or (getpass.getpass("密码：") if sys.stdin.isatty() else "")


def _opened(options: argparse.Namespace, vault: Vault) -> closing[Ledger]:
    password = _password() if vault.locked_by_password(options.file) else ""
    return closing(vault.open(options.file, password))


def _sample(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    if options.years < 1 or options.members > 2000 or options.years > 30:
        raise Refused("示例台账的年数应为 1 至 30，人数不超过 2000。")
    plan = Plan(options.years, options.members, options.seed, options.until or today)
    with closing(vault.create(options.file)) as ledger:
        fill_sample(ledger, plan)
    return {"json": {"file": str(options.file)}, "text": f"已生成示例台账“{options.file.name}”。"}


def _new(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    del today
    if not options.branch.strip():
        raise Refused("请填写支部名称。")
    with closing(vault.create(options.file)) as ledger:
        found_branch(ledger, options.branch)
    return {"json": {"file": str(options.file)}, "text": f"已建立台账“{options.file.name}”。"}


def _fault(fault: RowFault) -> dict[str, Any]:
    return {"row": fault.row, "column": fault.column, "reason": fault.reason}


def _import(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    with _opened(options, vault) as ledger:
        outcome = import_table(ledger, options.kind, options.table, today, dry_run=options.dry_run)
    refused, notices = outcome.refused, outcome.notices
    rows = len({fault.row for fault in refused})
    counts = f"新增 {outcome.added} 条，更新 {outcome.updated} 条，未变 {outcome.unchanged} 条，未导入 {rows} 行。"
    text = ("试导入，台账没有变化：" if options.dry_run else "") + counts
    for fault in refused:
        text += f"\n第 {fault.row} 行“{fault.column}”：{fault.reason}"
    for fault in notices:
        text += f"\n提示：第 {fault.row} 行“{fault.column}”：{fault.reason}"
    return {
        "json": {
            "kind": options.kind,
            "added": outcome.added,
            "updated": outcome.updated,
            "unchanged": outcome.unchanged,
            "refused_rows": rows,
            "refused": [_fault(fault) for fault in refused],
            "notices": [_fault(fault) for fault in notices],
            "dry_run": options.dry_run,
        },
        "text": text,
    }


def _status(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    with _opened(options, vault) as ledger:
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
    lines = [f"{duty.label} {duty.period}：{STATE_WORDS[duty.state]} {duty.done}/{duty.required}" for duty in duties]
    return {"json": rows, "text": "\n".join(lines)}


def _dues(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    del today
    with _opened(options, vault) as ledger:
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
    owed, paid = (sum(row[key] for row in rows) for key in ("owed_fen", "paid_fen"))
    text = f"{options.year} 年应交 {owed / 100:.2f} 元，实交 {paid / 100:.2f} 元。"
    return {"json": rows, "text": text}


def _report(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    from app.reports.book import print_book

    with _opened(options, vault) as ledger:
        year = load_year(ledger, options.year)
    chapters = None if options.only is None else [options.only]
    book = print_book(year, today, chapters)
    from ui.files import write_bytes

    write_bytes(options.output, book.data)
    text = f"已生成“{options.output.name}”，共 {book.pages} 页。"
    if book.unprintable:
        text += "\n下列字字库里没有，印成了〓：" + "、".join(book.unprintable)
    result = {"file": str(options.output), "pages": book.pages, "unprintable": list(book.unprintable)}
    return {"json": result, "text": text}


def _export(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    with _opened(options, vault) as ledger:
        data = export_table(load_year(ledger, options.year or today.year), options.kind, today)
    from ui.files import write_bytes

    write_bytes(options.output, data)
    return {"json": {"file": str(options.output)}, "text": f"已导出“{options.output.name}”。"}


def _check(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    from app.findings import ledger_findings

    done: list[str] = []
    with _opened(options, vault) as ledger:
        if options.repair and ledger.check():
            vault.copy_aside(options.file)
            done = ledger.repair()
        faults = ledger.check() or ledger_findings(ledger, today)
    text = "".join(f"已修复：{line}。\n" for line in done)
    text += "\n".join(faults) if faults else "台账文件完好。"
    return {
        "json": {"sound": not faults, "findings": faults} | ({"repaired": done} if options.repair else {}),
        "text": text,
        "code": 1 if faults else 0,
    }


def _self_check(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    from ui.self_check import self_check

    del options
    done = self_check(vault, today)
    return {"json": {"checked": done}, "text": "自检通过：" + "、".join(done) + "。"}


def _backup(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    del today
    with _opened(options, vault):
        made = vault.backup(options.file, BackupReason.MANUAL, options.output)
    text = f"已备份为“{made.path}”，检查通过，SHA-256 {made.digest[:16]}…。"
    result = {"file": str(made.path), "sha256": made.digest, "actions": made.actions, "counts": dict(made.counts)}
    return {"json": result, "text": text}


def _restore(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    del today
    password = _password() if vault.locked_by_password(options.file) else ""
    kept = vault.restore(options.file, options.output, password)
    text = f"已恢复为“{options.output.name}”。" + (f"原来的文件留存为“{kept.name}”。" if kept else "")
    return {"json": {"file": str(options.output), "replaced": str(kept) if kept else None}, "text": text}


def _history(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    del today
    with _opened(options, vault) as ledger:
        actions = ledger.history.actions()
    rows = [
        {
            "number": action.id,
            "at": action.made_at.isoformat(),
            "action": action.name,
            "kind": action.kind.value,
            "target": action.target,
            "digest": action.digest,
        }
        for action in actions
    ]
    lines = [f"{action.id}\t{action.made_at:%Y-%m-%d %H:%M}\t{action.name}" for action in actions]
    return {"json": rows, "text": "\n".join(lines)}


def _undo(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    del today
    with _opened(options, vault) as ledger:
        action = ledger.history.undo()
    if action is None:
        raise Refused("没有可以撤销的操作。")
    return {"json": {"undone": action.id, "action": action.name}, "text": f"已撤销：{action.name}。"}


def _verify(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    from app.seals import check_seal, corrections, seal_of

    del today
    with _opened(options, vault) as ledger:
        seal = seal_of(ledger, options.year)
        if seal is None:
            raise Refused(f"{options.year} 年还没有归档。")
        sound = check_seal(ledger, seal)
        later = corrections(ledger, seal)
    given = options.digest.strip().lower()
    same = not given or given == seal.digest
    text = f"{options.year} 年归档校验码：{seal.digest}。"
    text += "台账与归档时一致" if sound else "台账或历史被改动过，与归档时不一致"
    text += f"，归档后有 {len(later)} 处补录或更正。" if later else "。"
    text += "" if same else "打印件上的校验码与台账不符。"
    result = {
        "year": options.year,
        "digest": seal.digest,
        "sealed_on": seal.sealed_on.isoformat(),
        "sound": sound,
        "matches": same,
        "corrections": [{"on": c.day.isoformat(), "kind": c.kind, "what": c.what, "reason": c.reason} for c in later],
    }
    return {"json": result, "text": text, "code": 0 if sound and same else 1}


HANDLERS: dict[str, Callable[[argparse.Namespace, Vault, date], Answer]] = {
    "sample": _sample,
    "new": _new,
    "import": _import,
    "status": _status,
    "dues": _dues,
    "report": _report,
    "export": _export,
    "backup": _backup,
    "restore": _restore,
    "history": _history,
    "undo": _undo,
    "verify": _verify,
    "check": _check,
    "self-check": _self_check,
}
