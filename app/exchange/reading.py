"""What a cell says and what was read from it: how sure, and why. A guess is never a fact."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Generic, TypeVar

from app.exchange.raw import Cell, text_of
from app.numerals import count_of, fen_of

T = TypeVar("T")


class Sure(StrEnum):
    """How sure a reading is: as it stands, the one possible reading, likely and listed, or a question to answer."""

    LITERAL = "literal"
    READ = "read"
    PROPOSED = "proposed"
    ASKED = "asked"


@dataclass(frozen=True)
class Reading(Generic[T]):
    """One value of a table: `said` is the cell, `value` what was read (for a question: what is proposed, if anything).

    `others` are further possible values of a question, in the words that would be typed for them.
    """

    said: str
    value: T | None
    sure: Sure = Sure.LITERAL
    why: str = ""
    others: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the value goes in without being asked."""
        return self.sure is not Sure.ASKED

    def doubt(self, why: str, sure: Sure = Sure.PROPOSED) -> Reading[T]:
        """The same value with a doubt more; it never gets surer by it."""
        order = list(Sure)
        worse = max(self.sure, sure, key=order.index)
        return replace(self, sure=worse, why="；".join(filter(None, (self.why, why))))


NOTHING = ("", "-", "—", "——", "–", "/", "\\", "无", "空", "不详", "未知", "暂无")
"""What is written where there is nothing."""
UNKNOWN = frozenset(
    (
        *("不详", "未知", "不清楚", "不明", "暂缺", "未填", "待补", "待补充", "待填", "待核实", "待核", "待查", "待定"),
        *("待确定", "?", "??", "？", "？？", "N/A", "n/a", "NA", "NULL", "Null", "null", "None", "none", "NaN", "nan"),
    )
)
"""What is written where something is, which nobody knows, or where a program had no value."""


def says_nothing(word: str) -> bool:
    """Whether a word without spaces says that there is nothing, or that nobody knows."""
    return word in NOTHING or word in UNKNOWN


DITTO = frozenset({"同上", "同前", "〃", "″", "〞", "“", "”", '"', "''", "″″", "〃〃", "同上行"})
"""What stands for the cell above."""
BESIDE = frozenset({"同左", "同右"})
"""What stands for another cell of the row."""
SIGN = re.compile(r"[^\w\s]+|是|否|有")
"""What answers a question, and names nobody and no place."""
TICK = re.compile(r"[√✓✔☑■●○Vv*]|是|有|1次?")
NO_TICK = frozenset({"", "□", "×", "✗", "否", "无", "0", "0次", "-", "—", "/"})
"""How a column that is ticked is, and how it is not."""
LARGEST_FEN = 10**12
_DIGITS = re.compile(r"-?(\d+\.?\d*|\.\d+)")


def plain(cell: Cell) -> str:
    """A cell as text in half width, without outer spaces."""
    return unicodedata.normalize("NFKC", text_of(cell)).strip()


def exact(number: float) -> Decimal:
    """A number of a spreadsheet at the fifteen digits that it shows; beyond them is the dust of computing in binary."""
    return Decimal(f"{number:.15g}")


def read_amount(cell: Cell) -> Reading[int]:
    """An amount in yuan → 分; raises ValueError in Chinese when it is none.

    More decimals than 分 are rounded half up and told. A comma stands before three digits or is refused: 36,21 is
    thirty-six yuan in one office and nothing in ours.
    """
    said = text_of(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _fen(said, exact(cell), "")
    # A space parts thousands, or the number from its unit; 20 3.5 is no number.
    text = re.sub(r"(?<!\d) +| +(?!\d)|(?<=\d) (?=\d{3}(?!\d))", "", plain(cell)).lstrip("'`’")
    text = re.sub(r"(?<=\d)(\.-+|[、。；;])$", "", text)
    text, told = _without_words(_numbered(text))
    if re.search(r"[,，]", text):
        if not re.fullmatch(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?", text):
            raise ValueError(f"“{said}”里的逗号看不出是千分位还是小数点，请改成 1234.50 这样")
        text = re.sub(r"[,，]", "", text)
    if not _DIGITS.fullmatch(text):
        raise ValueError(f"“{said}”不是金额")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{said}”不是金额") from None
    if len(text.replace(".", "").lstrip("-0")) > 15:
        amount = exact(float(amount))
    reading = _fen(said, amount, told)
    return reading if text == said else reading.doubt("", Sure.READ)


_OF_COINS = re.compile(r"(?:(\d+)[元圆块]零?)?(?:(\d)[角毛])?(?:(\d)分)?[整正]?")


def _numbered(text: str) -> str:
    """12元5角, 壹拾贰元伍角整: an amount whose parts are named as 12.50; every other text as it is."""
    words, mark, remark = re.sub("^人民币[:： ]?", "", text).partition("(")
    found = _OF_COINS.fullmatch(words)
    if found and (found[2] or found[3]):
        fen = 100 * int(found[1] or 0) + 10 * int(found[2] or 0) + int(found[3] or 0)
    else:
        fen = fen_of(words)
    return text if fen is None else f"{fen // 100}.{fen % 100:02}{mark}{remark}"


def _without_words(text: str) -> tuple[str, str]:
    """The number of an amount without currency, and the remark behind it that was left aside."""
    text = re.sub(r"^(人民币|RMB|CNY|[¥￥])", "", text, flags=re.IGNORECASE)
    unit = re.fullmatch(r"(.+?)(?:(元整?|块|圆整?)(/月|每月)?|/月)", text)
    text = unit[1] if unit else text
    text = re.sub(r"(元|圆)整?(?=[((])", "", text)
    remark = re.fullmatch(r"(-?[\d.,]+)(?:元)?[(\[【](.+)[)\]】]", text)
    if remark:
        return remark[1], remark[2]
    return text, ""


_HARMLESS = re.compile(
    r"(微信|支付宝|现金|银行卡?|转[账帐]|扫码|刷卡|网银|线[上下]|支付|缴费|交费|元|整|人民币|已?[交缴收]清?|补|本人|自愿|正常|"
    r"[本当]月|税[前后]|[应实]发)+"
)
"""What a bracket behind an amount may say without making it another one."""


def _fen(said: str, amount: Decimal, remark: str) -> Reading[int]:
    if not amount.is_finite() or abs(amount * 100) >= LARGEST_FEN:
        raise ValueError(f"“{said}”不是合理的金额")
    if amount < 0:
        raise ValueError(f"“{said}”是负数，退还、冲减的请另行登记")
    whole = (amount * 100).to_integral_value(ROUND_HALF_UP)
    reading = Reading(said, int(whole), Sure.LITERAL)
    if amount * 100 != whole:
        reading = reading.doubt(f"表里是 {amount.normalize():f}，四舍五入记 {whole / 100:.2f} 元")
    if remark:
        # (微信) says how it was paid; (全年), (含补交2025年12月50元) that the amount is not that of the month.
        if _HARMLESS.fullmatch(remark):
            return reading.doubt(f"括号里的“{remark}”没有记入")
        reading = reading.doubt(f"括号里写着“{remark}”，金额是不是只有这一笔，请核对", Sure.ASKED)
    return reading


def read_count(text: str) -> int:
    """A number of people: 24, 24人, 应到24名, ２４, 四人, 24(其中预备党员1人); raises ValueError in Chinese."""
    told = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", unicodedata.normalize("NFKC", text))
    told = re.sub(r"\((其中|含|包括).*\)$", "", told)
    told = re.sub(r"^(应|实)?(到|参加)?会?[:：]?|[人名]$", "", told)
    if (counted := count_of(told)) is not None:
        return counted
    if not re.fullmatch(r"\d{1,5}(\.0+)?", told):
        raise ValueError(f"“{text}”不是人数")
    return int(float(told))


def read_permille(text: str) -> Decimal | None:
    """A rate in ‰: 0.5%, 5‰, 0.005; None for what is none."""
    told = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    try:
        return Decimal(told.rstrip("%‰")) * (10 if told.endswith("%") else 1 if "‰" in told else 1000)
    except InvalidOperation:
        return None
