"""抽查: a sample of branches that anybody can draw again from its seed, and what to look at in each."""

from __future__ import annotations

import random
from collections.abc import Sequence

from app.collection.overview import BranchRow
from app.errors import Refused

LOOK_AT = (
    "会议记录、签到和照片是否对得上",
    "应到、实到、缺席人员和原因是否齐全",
    "表决票数是否相符，到会人数是否够",
    "党费按月足额，收缴和上交有凭证",
    "补录是否写明原因，内容是否照抄",
)
"""What is looked at in every branch; what its own figures lack comes first."""


def draw(rows: Sequence[BranchRow], count: int, seed: int) -> list[str]:
    """The ids of `count` branches, the same for the same branches and seed; raises Refused."""
    if not 1 <= count <= len(rows):
        raise Refused(f"抽查支部数应为 1 至 {len(rows)}。")
    ids = sorted(row.branch_id for row in rows)
    # Only the whole numbers of the generator are the same in every version of Python.
    chance = random.Random(seed)
    for at in range(len(ids) - 1, 0, -1):
        other = chance.getrandbits(64) % (at + 1)
        ids[at], ids[other] = ids[other], ids[at]
    return sorted(ids[:count])


def to_look_at(row: BranchRow) -> list[str]:
    """What to look at in a branch: what it lacks itself, then what is looked at everywhere."""
    lacking = [cell.words for cell in row.cells.values() if cell.missing]
    wrong = [f"体检还有 {row.wrong} 处错误没有改"] if row.wrong else []
    return [*lacking, *wrong, *LOOK_AT]
