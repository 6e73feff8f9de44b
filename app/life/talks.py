"""谈心谈话: who talked with whom, about what."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from app.people.members import Member
from app.record import Problem, Record, Severity, entry, missing_entries, refuse_errors, stored
from app.store import Store

# 四必谈: what a superior's plan says must be followed by a talk.
POST_CHANGED, DISPOSED, BEREAVED, SIGNS = "岗位变动", "组织处理", "家庭变故", "苗头性问题"
MUST_TALK = (POST_CHANGED, DISPOSED, BEREAVED, SIGNS)
# The kinds offered in the form.
TALK_KINDS = ("日常谈心", "思想动态", *MUST_TALK)
HOME_VISIT = "家访"
TALK_PLACES = ("办公室", HOME_VISIT, "电话")


@stored
class Talk(Record, called="谈心谈话"):
    """谈心谈话. `private` is never printed unless asked for."""

    talked_on: date = entry("谈话时间", required=True, tells_year=True, titles=True)
    talker: int = entry("谈话人", required=True, of=Member, titles=True)
    partner: int = entry("谈话对象", required=True, of=Member, titles=True)
    kind: str = entry("谈话类型", default="日常谈心")
    place: str = entry("方式/地点", default="")
    content: str = entry("谈话内容", default="", long=True, personal=True)
    opinion: str = entry("意见建议", default="", long=True, personal=True)
    private: str = entry("不打印的备注", default="", long=True, printed=False, personal=True)
    follow_up: str = entry("后续事项", default="", personal=True)
    follow_up_due: date | None = entry("后续期限", default=None, ahead=True)
    followed_up_on: date | None = entry("办结日期", default=None)
    followed_up_how: str = entry("办结情况", default="", personal=True)

    @property
    def open(self) -> bool:
        """Whether something that was promised is still to be done."""
        return bool(self.follow_up.strip()) and self.followed_up_on is None


@stored
class TalkOccasion(Record, called="必谈事由"):
    """必谈事由: something that happened to a member and asks for a talk; `waived_why` says why there is none."""

    member: int = entry("党员", required=True, of=Member, titles=True)
    kind: str = entry("事由", required=True, titles=True)
    happened_on: date = entry("发生日期", required=True, tells_year=True)
    note: str = entry("情况", default="", long=True, personal=True)
    waived_why: str = entry("不需谈话的理由", default="")


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
    if talk.follow_up_due and not talk.follow_up.strip():
        problems.append(Problem("follow_up", "写了期限，还没有写要办什么"))
    if talk.followed_up_on and talk.followed_up_on > today:
        problems.append(Problem("followed_up_on", "日期在今天之后"))
    if talk.followed_up_on and not talk.followed_up_how.strip():
        problems.append(Problem("followed_up_how", "没有写怎么办结的", Severity.WARNING))
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


def check_occasion(occasion: TalkOccasion, today: date) -> list[Problem]:
    """What is wrong with an occasion."""
    problems = missing_entries(occasion)
    if occasion.happened_on > today:
        problems.append(Problem("happened_on", "日期在今天之后"))
    return problems


def save_occasion(store: Store, occasion: TalkOccasion, today: date) -> TalkOccasion:
    """Note an occasion, or why it needs no talk; raises Refused."""
    refuse_errors(check_occasion(occasion, today))
    with store.transaction("修改必谈事由" if occasion.id else "登记必谈事由"):
        return store[TalkOccasion].save(occasion)


def remove_occasion(store: Store, occasion: TalkOccasion) -> None:
    """Delete an occasion entered by mistake."""
    with store.transaction("删除必谈事由"):
        store[TalkOccasion].remove(occasion.id)
