"""新手十步: a short course on the sample branch, below the pages. A step is done when the records say so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.backups import BackupReason
from app.development.steps import Applicant, DevelopmentStep
from app.dues.payments import Payment
from app.history import Action, ActionKind
from app.life.attendance import Attendance, AttendanceState
from app.life.meetings import Meeting
from app.life.talks import Talk
from app.life.votes import Vote
from app.record import Record
from app.ways import ToList, ToNew
from ui.house.session import Session
from ui.house.ways import Place, ToView
from ui.kit.basic import button, label
from ui.kit.theme import theme

Stored = Mapping[str, Any]


@dataclass(frozen=True)
class Doing:
    """What was done in the sample so far."""

    actions: tuple[Action, ...]
    backups: frozenset[BackupReason]
    did: frozenset[str]
    """What leaves no trace in the records: a search, a paper."""

    def made(self, kind: type[Record], fits: Callable[[Stored], bool] = lambda _: True) -> bool:
        """Whether a record of a kind was made, or changed so that it fits."""
        changes = [change for action in self.actions for change in action.changes if change.kind is kind]
        return any(change.after is not None and fits(change.after) for change in changes)


@dataclass(frozen=True)
class CourseStep:
    """One step: what to do, how, where, and how it is seen that it was done."""

    code: str
    title: str
    how: str
    place: Place
    done: Callable[[Doing], bool]


def _excused(attendance: Stored) -> bool:
    return attendance["state"] == AttendanceState.ABSENT.value and bool(attendance["reason"])


STEPS = (
    CourseStep(
        "meeting",
        "记一次会",
        "空格选“主题党日”，回车写主题，再写一句内容，Ctrl+S 保存。",
        ToNew(Meeting),
        lambda doing: doing.made(Meeting),
    ),
    CourseStep(
        "absence",
        "标一位缺席",
        "记一次会，在“标缺席”里打姓名的首字母，回车，再按 2 因病，Ctrl+S 保存。",
        ToNew(Meeting),
        lambda doing: doing.made(Attendance, _excused),
    ),
    CourseStep(
        "vote",
        "办一次表决",
        "记一次支委会或党员大会，点“添加表决”，看人数自己算好，Ctrl+S 保存。",
        ToNew(Meeting),
        lambda doing: doing.made(Vote),
    ),
    CourseStep(
        "dues",
        "收一次党费",
        "右上角的按钮（Ctrl+N）把当月全部登记为已交；个别没交的按空格取消。",
        ToList(Payment),
        lambda doing: doing.made(Payment),
    ),
    CourseStep(
        "talk", "记一次谈话", "选谈话对象，写谈了什么，Ctrl+S 保存。", ToNew(Talk), lambda doing: doing.made(Talk)
    ),
    CourseStep(
        "develop",
        "发展党员办一步",
        "选一张卡片，回车打开，在右边登记下一步的日期，保存。",
        ToList(Applicant),
        lambda doing: doing.made(DevelopmentStep),
    ),
    CourseStep(
        "search",
        "搜一个人",
        "按 Ctrl+K，打姓名的拼音首字母，回车就到他那里。",
        ToView("home"),
        lambda doing: "search" in doing.did,
    ),
    CourseStep(
        "undo",
        "撤销一步",
        "按 Ctrl+Z 把刚才的一步撤销，再按 Ctrl+Y 重做：什么都丢不了。",
        ToView("history"),
        lambda doing: any(action.kind is ActionKind.UNDO for action in doing.actions),
    ),
    CourseStep(
        "backup",
        "做一次备份",
        "在“历史与备份”里点“立即备份”。平时程序自己也会备。",
        ToView("history", "backups"),
        lambda doing: BackupReason.MANUAL in doing.backups,
    ),
    CourseStep(
        "paper",
        "打印台账",
        "左边勾要印的部分，右边看到的就是纸上的样子；点“打印”或“导出 PDF”。",
        ToView("reports"),
        lambda doing: "paper" in doing.did,
    ),
)


class CourseBar(QFrame):
    """The present step below the pages; what was done stays done, also when it is taken back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("course")
        self._session = session
        self._seen = 0
        self._did: set[str] = set()
        self._actions: list[Action] = []
        self._older: set[Path] = set()
        """The backups that were there before the course was begun again."""
        look = theme()
        box = QHBoxLayout(self)
        box.setContentsMargins(*([look.px(12)] * 2), *([look.px(12)] * 2))
        box.setSpacing(look.px(12))
        self.count = label("", "secondary")
        self.title = label("", "strong")
        self.how = label("", wrap=True)
        self.act = button("去做", self._go)
        box.addWidget(self.count)
        box.addWidget(self.title)
        box.addWidget(self.how, 1)
        box.addWidget(self.act)
        box.addWidget(button("收起", self.put_away, kind="quiet"))
        session.changed.connect(self.look)
        session.safekeeping.told.connect(self.look)
        session.did.connect(self._note)
        self.look()

    @property
    def step(self) -> CourseStep | None:
        """The first step that was not done; None when all were."""
        return next((step for step in STEPS if step.code not in self._session.preferences.course), None)

    def _note(self, what: str) -> None:
        self._did.add(what)
        self.look()

    def look(self) -> None:
        """See what was done, say so, and show the next step."""
        preferences, doing = self._session.preferences, self._doing()
        before = self.step
        fresh = [step for step in STEPS if step.code not in preferences.course and step.done(doing)]
        if fresh:
            preferences.course = [*preferences.course, *(step.code for step in fresh)]
            preferences.save()
        if before is not None and before in fresh:
            self._session.say(f"“{before.title}”做好了")
        self._show()

    def _doing(self) -> Doing:
        """What was done, the history read on from where it was seen last."""
        history = self._session.ledger.history
        for action in history.actions(self._seen):
            self._seen = action.id
            if action.kind is not ActionKind.BEGIN:
                self._actions.append(history.action(action.id))
        kept = [backup for backup in self._session.safekeeping.list if backup.path not in self._older]
        return Doing(tuple(self._actions), frozenset(backup.reason for backup in kept), frozenset(self._did))

    def _show(self) -> None:
        step, done = self.step, len(self._session.preferences.course)
        self.count.setText(f"新手十步　{min(done + 1, len(STEPS))}/{len(STEPS)}")
        if step is None:
            self.title.setText("十步都做好了")
            self.how.setText("示例里怎么试都不要紧。可以新建自己的台账了。")
            self.act.setText("新建台账")
        else:
            self.title.setText(step.title)
            self.how.setText(step.how)
            self.act.setText("去做")

    def _go(self) -> None:
        if self.step is None:
            self.put_away()
            self._session.leaving.emit()
        else:
            self._session.go(self.step.place)

    def put_away(self) -> None:
        """Hide the course; the help leads back to it."""
        self._session.preferences.course_shown = False
        self._session.preferences.save()
        self.hide()

    def begin(self) -> None:
        """Somebody wants the course: show it, one that was finished from its beginning."""
        preferences = self._session.preferences
        preferences.course_shown = True
        if self.step is None:
            preferences.course, self._actions, self._did = [], [], set()
            self._seen, _ = self._session.ledger.history.head()
            self._older = {backup.path for backup in self._session.safekeeping.list}
        preferences.save()
        self.show()
        self.look()
