"""docs/rules.md: every figure of the rules as shipped, its source and level, since when, and who asks it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.checks.registry import CHECKS
from app.rules.rulebook import rulebook_on
from app.rules.shown import STARTS, ShownFigure, shown_figures

DAY = date(2026, 12, 31)
HEAD = """# 规则一览

程序自带的规定：一行一个数，写明要求、数值、依据、性质、从哪一天起、哪项检查会问到它。
本页由 `python3 dev.py rules` 从 `resources/rules/` 生成，不要手改。按 {day} 列出；分版本的规定把各版本都列出。
上级和本支部可以用规则包或在“设置 → 全部规定”里改动任何一项，改动写明理由和起止日期。

| 规定 | 数值 | 依据 | 性质 | 自 | 谁来问 |
|---|---|---|---|---|---|
"""
USED = {
    "bracket": "党费核定",
    "fixed": "党费核定",
    "majority": "表决和选举判定",
    "surplus": "选举表单",
    "collection": "党费登记",
    "people": "名册、转接和处分表单",
    "development": "发展党员各步",
    "committee": "支部页和提醒",
    "appraisal_rule": "民主评议",
}
"""Where a figure that no check names is used, by its kind."""


def rules_table() -> str:
    """The whole page."""
    asked: dict[str, list[str]] = {}
    for check in CHECKS:
        for rule in check.rules:
            asked.setdefault(rule, []).append(check.title)
    rows = [_row(item, asked) for item in shown_figures(rulebook_on(DAY))]
    return HEAD.format(day=DAY) + "\n".join(rows) + "\n"


def _row(item: ShownFigure, asked: dict[str, list[str]]) -> str:
    who = "、".join(asked.get(f"{item.kind}.{item.field}", ())) or USED.get(item.kind, "")
    if item.field == STARTS:
        who = "发展党员各步按自己的日期"
    source = item.source + (f"（{item.sure}）" if item.sure else "")
    cells = (item.told, f"{item.value}{item.unit}", source, item.level, item.since.isoformat(), who)
    return "| " + " | ".join(cell.replace("|", "／") for cell in cells) + " |"


if __name__ == "__main__":
    Path("docs/rules.md").write_text(rules_table(), "utf-8")
