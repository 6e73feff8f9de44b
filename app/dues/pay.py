"""核定党费基数: from the parts of the pay to the base, with each part kept (组电明字〔2017〕5号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.dues.bases import DuesBasis, set_basis
from app.errors import Refused
from app.money import yuan
from app.record import Record, Unit, entry, stored
from app.rules.rulebook import Rulebook
from app.store import Reader, Store

# What the 2017 notice leaves out of the base, in the order of a pay slip; and what the pay is made of.
DEDUCTIONS = (
    "个人所得税",
    "养老保险",
    "医疗保险",
    "失业保险",
    "工伤保险",
    "生育保险",
    "住房公积金",
    "职业年金（企业年金）",
    "住房、交通、通讯等改革性补贴",
    "加班费、误餐费",
    "取暖费、防暑降温费、物业补贴",
    "奖励性绩效（不固定奖金）",
    "部分地区、单位、岗位才有的津贴",
)
GROSS = "应发合计"


@stored
class PayItem(Record, called="核定明细"):
    """One part of the pay as it was counted when the base was fixed."""

    basis: int = entry("交纳标准", default=0, of=DuesBasis, part=True)
    name: str = entry("项目", required=True, titles=True)
    amount_fen: int = entry("金额", required=True, unit=Unit.FEN)
    deducted: bool = entry("扣除", default=False)


def base_of(items: Sequence[PayItem]) -> int:
    """The base in 分: what is counted less what is taken off; raises Refused when nothing is left."""
    base = sum(-item.amount_fen if item.deducted else item.amount_fen for item in items)
    if base <= 0:
        raise Refused("扣除的比应发的还多，请核对每一项。")
    return base


def in_words(items: Sequence[PayItem]) -> str:
    """The arithmetic: 8,200.00 − 60.00（个人所得税）… = 4,416.00."""
    counted = [item for item in items if not item.deducted]
    taken = [item for item in items if item.deducted]
    text = " ＋ ".join(yuan(item.amount_fen) for item in counted)
    text += "".join(f" − {yuan(item.amount_fen)}（{item.name}）" for item in taken)
    return f"{text} ＝ {yuan(base_of(items))} 元"


def fix_base(store: Store, basis: DuesBasis, items: Sequence[PayItem], rulebook: Rulebook) -> DuesBasis:
    """Fix a member's base from a month on by the parts of the pay, which are kept with it; raises Refused."""
    told = replace(basis, base_fen=base_of(items))
    with store.transaction("核定党费基数"):
        saved = set_basis(store, told, rulebook)
        store[PayItem].remove_all(basis=saved.id)
        store[PayItem].save_all([replace(item, id=0, basis=saved.id) for item in items if item.amount_fen])
    return saved


def items_of(store: Reader, basis: int) -> list[PayItem]:
    """The parts of the pay that a base was fixed by."""
    return store[PayItem].all(basis=basis)
