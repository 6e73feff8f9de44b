"""The program without a screen: JSON on standard output, messages in Chinese on standard error.

Exit codes: 0 done, 1 refused and nothing changed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from app.collection.collection import Collections
from app.dates import read_partial
from app.errors import AppError
from app.exchange.export import EXPORTS
from app.exchange.tables import IMPORTS
from app.store import Vault
from app.year.extract import DETAILS
from ui.command_line import collection, plans, records, rules, safety
from ui.command_line.answer import Answer

USAGE = """用法：
  sample 文件 [--years 3] [--members 40] [--seed 1] [--until 日期]   生成示例台账
  new 文件 --branch 支部名称 [--since 日期]                          新建台账（从哪天起用它记录）
  import 文件 members|meetings|talks|dues 表格 [--dry-run]           导入表格
  import 文件 register 表格 --register 专项台账名称                  导入到一本专项台账
         [--accept] [--sheet 工作表]… [--all-sheets]
  status 文件 --year 年度 [--as-of 日期]                             本年应做与已做
  dues 文件 --year 年度                                              党费应交与实交
  findings 文件 --year 年度 [--as-of 日期]                           待办和体检发现的问题
  plan read 文件.docx|pdf|txt|html                                   读上级文件：任务、次数、日期
  plan take 台账 文件 [--accept all]                                 把涉及支部的记入任务清单和次数要求
  rules 文件 [--on 日期] [--take 规则包 [--dry-run]] [-o 输出]       执行的规定，导入规则包，导出自定规则
  report 文件 --year 年度 [--only 章节] -o 输出.pdf|docx             打印年度台账
  form 文件 表 --year 年度 [--record 编号] -o 输出.pdf|docx          打印单张表格
  handover 文件 -o 文件夹                                            移交包：一个台账文件和清单
  submit 文件 --year 年度 [--as-of 日期] -o 输出.zbbs                报送上级的数据包
         [--detail figures|lists|whole] [--locked]
  collect 文件夹… -o 汇总.zbhz [--year 年度] [--as-of 日期]          汇总下级支部的数据包和台账
          [--detail figures|lists|whole] [--locked] [--structure 组织架构表] [--dataset 文件夹]
          [--to postgresql://…]
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
    new = command("new")
    new.add_argument("--branch", required=True)
    new.add_argument("--since", type=_day)
    bring = command("import")
    bring.add_argument("kind", choices=[*sorted(IMPORTS), records.REGISTER])
    bring.add_argument("--register", default="")
    bring.add_argument("table", type=Path)
    bring.add_argument("--dry-run", action="store_true")
    bring.add_argument("--accept", action="store_true")
    bring.add_argument("--sheet", action="append", default=[])
    bring.add_argument("--all-sheets", action="store_true")
    command("dues").add_argument("--year", type=_year, required=True)
    _rules(command)
    _plan(command("plan", file=False))
    report = command("report")
    report.add_argument("--year", type=_year, required=True)
    report.add_argument("--only")
    report.add_argument("-o", "--output", type=Path, required=True)
    form = command("form")
    form.add_argument("form")
    form.add_argument("--year", type=_year, required=True)
    form.add_argument("--record", type=_count, default=0)
    form.add_argument("-o", "--output", type=Path, required=True)
    command("handover").add_argument("-o", "--output", type=Path, required=True)
    _collection(command)
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


def _plan(told: argparse.ArgumentParser) -> None:
    told.add_argument("action", choices=("read", "take"))
    told.add_argument("paths", nargs="+", type=Path)
    told.add_argument("--accept", choices=("all",))


def _collection(command: Callable[..., argparse.ArgumentParser]) -> None:
    submit = command("submit")
    submit.add_argument("--year", type=_year, required=True)
    submit.add_argument("--as-of", type=_day)
    submit.add_argument("--detail", choices=DETAILS, default=DETAILS[0])
    submit.add_argument("--locked", action="store_true")
    submit.add_argument("-o", "--output", type=Path, required=True)
    collect = command("collect", file=False)
    collect.add_argument("places", nargs="+", type=Path)
    collect.add_argument("--year", type=_year)
    collect.add_argument("--as-of", type=_day)
    collect.add_argument("--detail", choices=DETAILS, default=DETAILS[0])
    collect.add_argument("--locked", action="store_true")
    collect.add_argument("--structure", type=Path)
    collect.add_argument("--dataset", type=Path)
    collect.add_argument("--to")
    collect.add_argument("-o", "--output", type=Path, required=True)


def _rules(command: Callable[[str], argparse.ArgumentParser]) -> None:
    status = command("status")
    status.add_argument("--year", type=_year, required=True)
    status.add_argument("--as-of", type=_day)
    findings = command("findings")
    findings.add_argument("--year", type=_year, required=True)
    findings.add_argument("--as-of", type=_day)
    told = command("rules")
    told.add_argument("--on", type=_day)
    told.add_argument("--take", type=Path)
    told.add_argument("--dry-run", action="store_true")
    told.add_argument("-o", "--output", type=Path)


def speak() -> None:
    """Let standard streams take Chinese; a windowed program of Windows has none, and writes to a pipe or nowhere."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
        elif stream is None:
            setattr(sys, name, _stream(number))


def _stream(number: int) -> io.TextIOWrapper:
    try:
        os.fstat(number)
        return open(number, "w", encoding="utf-8", errors="replace", closefd=False)
    except OSError:
        return Path(os.devnull).open("w", encoding="utf-8")


def run(arguments: list[str], vault: Vault, today: date, collections: Collections) -> int:
    """Carry out a command line; returns the exit code."""
    speak()
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        if options.command == "collect":
            answer = collection.collect_(options, collections, today)
        else:
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


HANDLERS: dict[str, Callable[[argparse.Namespace, Vault, date], Answer]] = {
    "sample": records.sample,
    "new": records.new,
    "import": records.import_,
    "status": records.status,
    "dues": records.dues,
    "findings": rules.findings,
    "rules": rules.rules,
    "plan": plans.plan,
    "report": records.report,
    "form": records.form,
    "handover": records.handover,
    "submit": collection.submit,
    "export": records.export,
    "backup": safety.backup,
    "restore": safety.restore,
    "history": safety.history,
    "undo": safety.undo,
    "verify": safety.verify,
    "check": safety.check,
    "self-check": safety.self_check,
}
