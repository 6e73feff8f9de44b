"""变更历史: what was done to the records, when, and what each was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from app.record import Record, entries


class ActionKind(StrEnum):
    """What an action was: the beginning of the ledger cannot be taken back."""

    BEGIN = "begin"
    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Change:
    """One record before and after; None means it was not there. Values are in their stored form."""

    kind: type[Record]
    record: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Action:
    """One thing the user did, with everything it changed; `target` is the action that was undone or redone."""

    id: int
    made_at: datetime
    name: str
    kind: ActionKind
    target: int | None
    digest: str
    changes: tuple[Change, ...] = ()


class History(Protocol):
    """Every action upon the records of an open ledger, oldest first, chained by SHA-256."""

    def actions(self, since: int = 0) -> list[Action]:
        """The actions after number `since`, without their changes, oldest first."""
        ...

    def action(self, id: int) -> Action:
        """One action with its changes; raises NotFound."""
        ...

    def of(self, kind: type[Record], record: int) -> list[Action]:
        """The actions that touched one record, oldest first, each with its changes of that record only."""
        ...

    def entered(self, kind: type[Record]) -> dict[int, datetime]:
        """When each record of a kind was first entered, by its number."""
        ...

    def deletions(self) -> list[Action]:
        """The actions that took records away and whose records are still gone, newest first, with changes."""
        ...

    def undo(self) -> Action | None:
        """Take back the last action that still stands; None when there is none. Raises Refused."""
        ...

    def redo(self) -> Action | None:
        """Do again what was taken back last; None when there is nothing. Raises Refused."""
        ...

    def take_back(self, id: int) -> Action:
        """Reverse one action of any age as a new one; raises Refused when its records were changed since."""
        ...

    def head(self) -> tuple[int, str]:
        """Number and digest of the last action; (0, "") when there is none."""
        ...

    def faults(self) -> list[str]:
        """What is wrong with the chain, or differs between history and records, in Chinese."""
        ...


KIND_WORDS = {
    "Branch": "支部",
    "Group": "党小组",
    "Post": "任职",
    "Member": "党员",
    "Standing": "人员类别",
    "Placement": "所在党小组",
    "VotingRestriction": "表决权限制",
    "Meeting": "会议活动",
    "MeetingLabel": "会议类型",
    "Attendance": "签到",
    "Vote": "表决",
    "Talk": "谈心谈话",
    "DuesBasis": "党费基数",
    "Payment": "党费",
    "YearSeal": "年度归档",
    "Attachment": "附件",
    "Employment": "工作单位和岗位",
    "Circumstance": "党员情况",
    "Transfer": "组织关系转接",
    "Disposition": "组织处置和处分",
    "Honour": "奖励",
    "Care": "关怀帮扶",
    "Appraisal": "民主评议结果",
    "ListWord": "名单用词",
    "ExtraField": "自设项目",
    "ExtraValue": "自设项目内容",
    "Holiday": "节假日",
    "PayItem": "核定明细",
    "Remittance": "党费上交",
    "DuesNotice": "党费公示",
    "Applicant": "入党申请人",
    "DevelopmentStep": "发展党员步骤",
    "DevelopmentCheck": "考察记录",
    "PublicNotice": "公示",
    "Material": "发展材料",
    "Election": "选举",
    "Candidate": "候选人",
    "ElectionPaper": "换届材料",
    "AgendaItem": "议题",
    "FollowUp": "后续事项",
    "FinalMinutes": "定稿",
    "OwnStudy": "个人学习",
    "LocalRule": "本地规则",
    "ChosenRuleSet": "规则集",
    "MutedRule": "停用的规则",
    "Acknowledgement": "体检已知悉",
    "PlannedEvent": "计划活动",
    "MinutesTemplate": "会议模板",
    "TalkOccasion": "必谈事由",
    "LifeFinding": "查摆问题",
    "Rectification": "整改事项",
    "Task": "任务",
    "AppraisalTally": "民主测评",
    "RepositoryItem": "入库资料",
    "DocumentTemplate": "上级模板",
    "CopiedText": "已复制的文字",
    "YearPaper": "年度材料",
    "Inspection": "检查情况",
}


# What members and groups are called, by ("member" or "group", id).
Names = Mapping[tuple[str, int], str]
# Parts of a meeting, told after the meeting itself.
PARTS = ("MeetingLabel", "Attendance", "Vote", "AgendaItem", "FollowUp", "FinalMinutes")


def main_first(changes: Sequence[Change]) -> list[Change]:
    """The changes of an action with those of the record itself before those of its parts."""
    return sorted(changes, key=lambda change: change.kind.__name__ in PARTS)


@dataclass(frozen=True)
class ChangeLine:
    """One change in words: what it is about, and for each field what it was and what it became."""

    about: str
    fields: tuple[tuple[str, str, str], ...]


def summary(action: Action) -> str:
    """How many records of which kind an action touched: 党员 24、人员类别 48."""
    counted = Counter(KIND_WORDS[change.kind.__name__] for change in action.changes)
    return "、".join(f"{word} {number}" if number > 1 else word for word, number in counted.items())


def in_words(change: Change, names: Names) -> ChangeLine:
    """A change for reading."""
    kind = KIND_WORDS[change.kind.__name__]
    now = change.after or change.before or {}
    subject = title_of(change, names)
    what = "新增" if change.before is None else "删除" if change.after is None else "修改"
    fields: list[tuple[str, str, str]] = []
    for item in entries(change.kind):
        before, after = ((side or {}).get(item.name) for side in (change.before, change.after))
        if before != after and item.name in now and item.name != "meeting":
            texts = (_shown(item.name, before, names), _shown(item.name, after, names))
            if any(texts):
                fields.append((item.label, *texts))
    return ChangeLine(f"{what}{kind}{'：' + subject if subject else ''}", tuple(fields))


def title_of(change: Change, names: Names) -> str:
    """What a record is called in a list: a member's name, day and subject of a meeting, whose payment for when."""
    values = change.after or change.before or {}
    if "talker" in values:
        return f"{values['talked_on']} {_name(values['talker'], names)}与{_name(values['partner'], names)}"
    if "held_on" in values:
        return f"{values['held_on']} {values['subject']}"
    keys = ("planned_on", "name", "motion", "type", "title", "task", "problem")
    parts = [str(values[key])[:40] for key in keys if values.get(key)]
    if values.get("member"):
        parts.insert(0, _name(values["member"], names))
    if values.get("month"):
        parts.append(f"{values['month']} {_shown('amount_fen', values['amount_fen'], names)} 元")
    return " ".join(dict.fromkeys(parts))


def _name(member: object, names: Names, kind: str = "member") -> str:
    return names.get((kind, member), f"{member} 号") if isinstance(member, int) else ""


def _shown(field: str, value: object, names: Names) -> str:
    if value is None or value == "":
        return ""
    if field in ("member", "talker", "partner", "first_person", "second_person"):
        return _name(value, names)
    if field == "group":
        return _name(value, names, "group")
    if field.endswith("_fen") and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}"
    if field in ("sample", "hidden", "league_member", "nominated", "deducted"):
        return "是" if value else "否"
    return str(value)


def audit(actions: Sequence[Action], names: Names) -> list[tuple[str, ...]]:
    """The list for an inspection: number, time, action, change, field, before, after; one row a field."""
    rows: list[tuple[str, ...]] = []
    for action in actions:
        head = (str(action.id), f"{action.made_at:%Y-%m-%d %H:%M:%S}", action.name)
        for change in action.changes:
            told = in_words(change, names)
            rows += [(*head, told.about, *field) for field in told.fields] or [(*head, told.about, "", "", "")]
    return rows


AUDIT_HEADINGS = ("序号", "时间", "操作", "变更", "字段", "原值", "新值")
