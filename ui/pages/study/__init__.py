"""学习教育: hours against what is asked, sessions against their targets, own study, and the repositories."""

from __future__ import annotations

from app.rules.meeting_types import MeetingType
from app.year.standing import Duty
from ui.house.session import Session
from ui.kit.page import Page
from ui.pages.study.kinds import REGISTERS
from ui.record.registers_page import RegistersPage

STUDY_TYPES = {
    MeetingType.LECTURE,
    MeetingType.STUDY,
    MeetingType.WARNING_EDUCATION,
    MeetingType.CONSTITUTION,
    MeetingType.CROSS_ATTENDANCE,
}
MOST_CARDS = 5


class StudyPage(RegistersPage):
    """学习教育."""

    title = "学习教育"
    code = "study"
    registers = REGISTERS

    def duties(self) -> list[Duty]:
        """Hours, and the sessions of study that rules ask for; a quarterly one is added up over the year."""
        rules = self._session.ledger_of_year().rulebook
        asked = {quota.code for quota in rules.quotas if quota.type in STUDY_TYPES}
        if rules.hours:
            asked.add(rules.hours.code)
        whole: dict[str, list[Duty]] = {}
        for duty in self._session.duties():
            if duty.rule in asked:
                whole.setdefault(duty.rule, []).append(duty)
        return [_year_of(own) for own in whole.values()][:MOST_CARDS]


def _year_of(duties: list[Duty]) -> Duty:
    """The periods of one rule as one: what was done in a period counts there up to what is asked."""
    first = duties[0]
    done = sum(min(duty.done, duty.required) for duty in duties)
    return Duty(
        rule=first.rule,
        label=first.label,
        period=first.period[:4],
        first=first.first,
        due_on=duties[-1].due_on,
        required=sum(duty.required for duty in duties),
        done=done,
        state=duties[-1].state,
        source=first.source,
    )


def make(session: Session) -> Page:
    """The page for a session."""
    return StudyPage(session)
