"""组织架构: which branches a committee has, as its own table tells; who has not handed in is found by it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from app.collection.collection import Placed
from app.errors import Refused
from app.exchange.raw import read_book
from app.names import plain_name

COLUMNS = {
    "branch": ("支部", "支部名称", "党支部", "党支部名称", "党组织名称"),
    "code": ("代码", "党组织代码", "支部代码", "组织代码", "编码"),
    "general_branch": ("党总支", "总支", "党总支名称"),
    "committee": ("党委", "党委名称", "上级党委", "基层党委"),
    "merged_into": ("并入", "并入支部", "已并入", "合并到", "合并后", "合并后支部", "现支部"),
}
ADVICE = "表头应有“支部”一列，可以有“代码”“党总支”“党委”“并入”四列。"


def read_structure(path: Path) -> list[Placed]:
    """The branches of a table: 支部, and 代码, 党总支, 党委, 并入 where it has them; raises Refused where in doubt.

    A 党委 or 党总支 that is written once above its branches (merged cells) holds for those below.
    """
    for sheet in read_book(path):
        rows = [[str(cell or "").strip() for cell in row] for row in sheet.grid]
        for at, row in enumerate(rows):
            heads = [plain_name(cell) for cell in row]
            places = {
                field: next((heads.index(word) for word in words if word in heads), -1)
                for field, words in COLUMNS.items()
            }
            if places["branch"] >= 0:
                return _placed(rows[at + 1 :], places, at + 2)
    raise Refused(f"“{path.name}”里没有找到支部名称。", ADVICE)


def _placed(rows: list[list[str]], places: dict[str, int], first: int) -> list[Placed]:
    found: list[Placed] = []
    above = {"general_branch": "", "committee": ""}
    for row in rows:
        told = {field: row[place] if 0 <= place < len(row) else "" for field, place in places.items()}
        if told["committee"] and told["committee"] != above["committee"]:
            above = {"committee": told["committee"], "general_branch": ""}
        above["general_branch"] = told["general_branch"] or above["general_branch"]
        if told["branch"]:
            where = above["general_branch"], above["committee"]
            found.append(Placed(told["branch"], told["code"], *where, told["merged_into"]))
    if not found:
        raise Refused("表里没有支部。", ADVICE)
    for words, values in (("代码", [item.code for item in found if item.code]), ("支部", _names(found))):
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            raise Refused(
                f"表里有相同的{words}：{'、'.join(twice[:5])}。", f"第 {first} 行起请逐行核对；同名的支部请写明代码。"
            )
    names = {plain_name(item.branch) for item in found}
    for item in found:
        into = plain_name(item.merged_into)
        if into and (into == plain_name(item.branch) or into not in names):
            reason = "就是它自己" if into == plain_name(item.branch) else "表里没有这个支部"
            raise Refused(f"“{item.branch}”并入的“{item.merged_into}”，{reason}。", "请改正后再选。")
    return found


def _names(found: list[Placed]) -> list[str]:
    """The names that have no code to tell them apart."""
    return [item.branch for item in found if not item.code]
