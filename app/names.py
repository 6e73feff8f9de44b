"""Names as they are compared and kept: dots, spaces and characters that look alike are one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

DOTS = "·•・‧∙⋅●．.。▪▫˙－-—–｡･᛫⸱ꞏ•"
"""What stands between the parts of a name; the national system writes U+00B7."""
RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳"
    "⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥"
    "⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁"
    "冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼"
    "鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""Unicode, Equivalent_Unified_Ideograph: a radical of a font or a scan, and the character that is meant."""
GBK_PRIVATE = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼"
    "䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
"""What GBK keeps at U+E815 to U+E864, where Unicode had no place for it in its time (GB 18030-2005 and -2022)."""
_ALIKE = str.maketrans(RADICALS, IDEOGRAPHS) | {0xE815 + n: char for n, char in enumerate(GBK_PRIVATE)}
HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_REMARK = re.compile(r"[(\[【〔<《]([^)\]】〕>》]*)[)\]】〕>》]?")
_MARKS = " ,、。.;:/\\'\"“”‘’`|"
"""What a slip of the hand leaves around a name, in half width."""
_STARS = re.compile(r"[*＊※★☆▲△#√^~]+")


# Compiled when the first name comes: with every ideograph in them they would keep the first window waiting.
@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"(?<={HAN})\s*[{re.escape(DOTS)}]+\s*(?={HAN})")


@cache
def _spread() -> re.Pattern[str]:
    return re.compile(rf"(?<!{HAN})({HAN})[^\S\n]+({HAN})(?!{HAN})")


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(rf"(?:\(\d{{1,3}}\)|\d{{1,3}} ?[.、,:)]?) ?(?={HAN})")


@lru_cache(maxsize=16384)
def plain_name(name: str) -> str:
    """A name as it is compared: without any space, 张 三 and 张三 being the same; dots and look-alikes in one form."""
    folded = _between().sub("·", name.translate(_ALIKE).translate(_ALIKE))
    return _between().sub("·", re.sub(r"\s", "", unicodedata.normalize("NFKC", folded)))


def bare_name(name: str) -> str:
    """A name without its dots: who wrote 努尔甲提 may have meant 努尔·甲提."""
    return plain_name(name).replace("·", "")


def without_dots(text: str) -> str:
    """A text without the dots between the parts of names, as names are looked for."""
    return _between().sub("", text)


def close_up(text: str) -> str:
    """A text in which no name of two characters is spread to the width of three: 甲　一、乙 二 → 甲一、乙二."""
    return _spread().sub(r"\1\2", text)


def tidy_name(name: str) -> tuple[str, str]:
    """A name of a table as it is kept, and the remark that stood with it: 孙二（预备） → 孙二, 预备.

    The number of the row before it goes: 1.孙二. Spaces for looks go; a name in Latin letters keeps its own.
    """
    text = unicodedata.normalize("NFKC", _between().sub("·", name)).strip()
    numbered = _numbered().match(text)
    text = text[numbered.end() :] if numbered else text
    remarks = [found[1].strip() for found in _REMARK.finditer(text) if found[1].strip()]
    text = _REMARK.sub("", text)
    stars = "".join(_STARS.findall(text))
    text = _STARS.sub("", text).strip()
    text = text if text.isascii() else text.strip(_MARKS)
    kept = " ".join(text.split()) if text.isascii() else plain_name(text)
    return kept, "、".join([*remarks, *([stars] if stars else [])])
