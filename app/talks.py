"""谈心谈话: who talked with whom, about what."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from app.branch import refuse_errors
from app.record import Problem, Record, entry, missing_entries, stored
from app.store import Store

# The kinds offered in the form; the last four are the 四必谈 that a superior's plan may ask for.
TALK_KINDS = ("日常谈心", "思想动态", "岗位变动", "组织处理", "家庭变故", "苗头性问题")
TALK_PLACES = ("办公室", "家访", "电话")


@stored
class Talk(Record):
    """谈心谈话. `private` is never printed unless asked for."""

    talked_on: date = entry("谈话时间", required=True)
    talker: int = entry("谈话人", required=True)
    partner: int = entry("谈话对象", required=True)
    kind: str = entry("谈话类型", default="日常谈心")
    place: str = entry("方式/地点", default="")
    content: str = entry("谈话内容", default="")
    opinion: str = entry("意见建议", default="")
    private: str = entry("不打印的备注", default="")


def check_talk(talk: Talk, known: Container[int], today: date) -> list[Problem]:
    """What is wrong with a talk; `known` are the ids of the roster."""
    problems = missing_entries(talk)
    for field in ("talker", "partner"):
        if getattr(talk, field) not in known:
            problems.append(Problem(field, "请从名册里选一位党员"))
    if talk.talker == talk.partner:
        problems.append(Problem("partner", "谈话人和谈话对象是同一个人"))
    if talk.talked_on > today:
        problems.append(Problem("talked_on", "谈话时间在今天之后"))
    return problems


def record_talk(store: Store, talk: Talk, known: Container[int], today: date) -> Talk:
    """Save a talk; raises Refused."""
    refuse_errors(check_talk(talk, known, today))
    with store.transaction("修改谈话" if talk.id else "记谈话"):
        return store[Talk].save(talk)


def pairs(talks: Sequence[Talk]) -> set[frozenset[int]]:
    """The unordered pairs of people who have talked."""
    return {frozenset((talk.talker, talk.partner)) for talk in talks}


def remove_talk(store: Store, talk: int) -> None:
    """Delete a talk; raises NotFound."""
    with store.transaction("删除谈话"):
        store[Talk].remove(talk)
