"""Commands that keep the records safe: backup, restore, history, undo, verify, check."""

from __future__ import annotations

import argparse
from datetime import date

from app.backups import BackupReason
from app.errors import Refused
from app.store import Vault
from ui.command_line.answer import Answer, ask_password, opened, read


def backup(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """A proved backup."""
    del today
    with opened(options, vault):
        made = vault.backup(options.file, BackupReason.MANUAL, options.output)
    text = f"已备份为“{made.path}”，检查通过，SHA-256 {made.digest[:16]}…。"
    result = {"file": str(made.path), "sha256": made.digest, "actions": made.actions, "counts": dict(made.counts)}
    return {"json": result, "text": text}


def restore(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """A backup in the place of a ledger."""
    del today
    password = ask_password() if vault.locked_by_password(options.file) else ""
    kept = vault.restore(options.file, options.output, password)
    text = f"已恢复为“{options.output.name}”。" + (f"原来的文件留存为“{kept.name}”。" if kept else "")
    return {"json": {"file": str(options.output), "replaced": str(kept) if kept else None}, "text": text}


def history(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """Every action."""
    del today
    with read(options, vault) as ledger:
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


def undo(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """Take back the last action."""
    del today
    with opened(options, vault) as ledger:
        action = ledger.history.undo()
    if action is None:
        raise Refused("没有可以撤销的操作。")
    return {"json": {"undone": action.id, "action": action.name}, "text": f"已撤销：{action.name}。"}


def verify(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """Compare a sealed year with its digest."""
    from app.year.seal import check_seal, corrections, seal_of

    del today
    with read(options, vault) as ledger:
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


def check(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """Check the file and the records; repair on wish."""
    from app.checks.records import ledger_findings

    done: list[str] = []
    with opened(options, vault) as ledger:
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


def self_check(options: argparse.Namespace, vault: Vault, today: date) -> Answer:
    """The program looks at itself."""
    from ui.command_line.self_check import self_check

    del options
    done = self_check(vault, today)
    return {"json": {"checked": done}, "text": "自检通过：" + "、".join(done) + "。"}
