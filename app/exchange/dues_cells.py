"""What a cell of a register of dues says in words: that something was paid, which way, on which day, how much."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.exchange.months import month_of, months_listed, months_named, months_of
from app.exchange.reading import NOTHING, Reading, Sure
from app.exchange.simplified import simplified

FREED = re.compile(r"(经批准)?免[交缴]?([(（].*[)）])?")
"""A month for which nothing is owed."""
_UNPAID = re.compile(r"[×✗✘xX欠否0]|[尚暂还]?[未没待欠][交缴收](纳|费)?")
_PARTS = re.compile(
    r"(?P<paid>[√✓✔☑●○是Yy]|(?:已|全部)?[交缴](?:清|纳|费|款|讫|齐)*(?:党费)?|已?收讫|已(?:收缴?|付)|已(?=转|扣|划))"
    r"|(?P<way>微信(?:支付|转账|红包)?|支付宝|现金|转[账帐]|银行(?:卡|转账)?|网银|工资代扣|代扣|扣款|扫码|刷卡|划[扣账]|缴费通)"
    r"|(?P<day>20\d\d[年./-]\d{1,2}[月./-]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?|(?<=\()\d{1,2}[./-]\d{1,2}(?=\)))"
    r"|(?P<amount>¥?\d+(?:\.\d+)?(?: ?元整?)?)"
    r"|(?P<beside>[\s()\[\]、,;:/+])"
)
_REMARKED = re.compile(r"¥?[\d.]+(元整?)?\(.*\)")
"""20(微信): an amount with a remark, which amounts themselves know."""
_MAY_BE_DAY = re.compile(r"(0?[1-9]|1[0-2])\.(0?[1-9]|[12]\d|3[01])")


@dataclass(frozen=True)
class PaidCell:
    """The words of a cell by what they say; empty where nothing says it.

    `paid` is a tick or a word for it, `way` how it was paid, `day` and `amount` as they stand in the cell.
    """

    paid: str = ""
    way: str = ""
    day: str = ""
    amount: str = ""


_OF_DUES = re.compile("[补预]?[交缴收]纳?|所属|本人|个人|的|党费|月度|费|收入|款")
"""What is said beside the months of dues without saying anything else."""


def months_paid(said: str) -> Reading[list[int]]:
    """The months of a cell kept for them: 3月, 202603, 1月、3月, 1-3月, 1月党费, 全年; asked where it says more.

    2026.1 may have lost the zero of October. Raises ValueError in Chinese for months of two years.
    """
    if re.fullmatch(r"(?:19|20)\d\d\.1", said):
        return Reading(said, [1], Sure.ASKED, "分不清是 1 月还是 10 月，请填成 1月 或 10月")
    listed = months_listed(_OF_DUES.sub("", said).strip("()"))
    if len({year for year, _ in listed}) > 1:
        raise ValueError(f"“{said}”是两个年度的，请分成两行")
    months = sorted(month for _, month in listed)
    if months != [month for _, month in listed]:
        return Reading(said, months, Sure.ASKED, f"“{said}”不按先后，是同一年的请勾选，不是的请分成两行")
    if not months and (told := month_of(said) or month_of(re.sub(r"^(19|20)\d\d\D", "", said))):
        months = months_of(told.code)
    months = months or months_named(said)
    if not listed and months:
        return Reading(said, months, Sure.ASKED, f"写着“{said}”，是这个月交的党费请勾选")
    return Reading(said, months)


def may_be_day(said: str, months: Sequence[int]) -> bool:
    """Whether what stands as an amount for one month may be a day of it: 3.5 for March."""
    found = _MAY_BE_DAY.fullmatch(unicodedata.normalize("NFKC", said))
    return found is not None and list(months) == [int(found[1])]


def is_unpaid(said: str) -> bool:
    """Whether a cell says that nothing was paid."""
    return said in NOTHING or _UNPAID.fullmatch(said) is not None


def paid_cell(said: str) -> PaidCell | None:
    """A cell as its words say; None where it is an amount alone, or says anything else."""
    told = simplified(unicodedata.normalize("NFKC", said)).strip().rstrip("。;,、")
    if _REMARKED.fullmatch(told):
        return None
    found: dict[str, str] = {}
    place = 0
    while place < len(told):
        part = _PARTS.match(told, place)
        if part is None or part.lastgroup is None or (part.lastgroup != "beside" and part.lastgroup in found):
            return None
        found[part.lastgroup], place = part[0], part.end()
    found.pop("beside", None)
    return PaidCell(**found) if found and found.keys() != {"amount"} else None
