"""The papers of an applicant: what is put on the wall, sent to the superior, voted on and decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportlab.platypus import KeepTogether, Spacer

from app.dates import chinese
from app.development.checks import vote_on
from app.development.steps import (
    ACTIVIST,
    ADMITTED,
    APPLICATION,
    CANDIDATE,
    CONFIRM_MEETING,
    EXAMINED,
    INTRODUCERS,
    TRAINING,
    VETTING,
    Development,
    DevelopmentStep,
    NoticeStage,
    Outcome,
    probation_end,
)
from app.errors import Refused
from app.life.votes import VoteKind
from app.printing import style as s
from app.printing.grid import Cell, Grid
from app.printing.text import MAY_BREAK, Signature, Style, Text
from app.reports.development import each_applicant, head_of, people_of, reached, trained_for
from app.reports.documents import BLANK, BLANK_DAY, day_or_blank, document, superior_of
from app.reports.parts import CutLine, grid
from app.year.ledger import YearLedger

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

NOTICE_OF = {
    NoticeStage.CANDIDATE: "拟确定发展对象",
    NoticeStage.ADMISSION: "拟接收预备党员",
    NoticeStage.CONFIRMATION: "预备党员拟转正",
}


def _facts(way: Development) -> str:
    """Who it is, in a sentence of a document."""
    person = way.applicant
    born = f"{day_or_blank(person.birth)}出生"
    return "，".join(
        part for part in (person.name, person.sex or BLANK, born, person.education, person.department) if part
    )


def development_notice(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """发展党员公示: the latest public notice that was entered, else with blank days."""
    del today
    return each_applicant(ledger, record, _notice)


def _notice(ledger: YearLedger, way: Development) -> list[Flowable]:
    reached(way, ACTIVIST, ledger)
    notice = max(way.notices, key=lambda item: item.first_day, default=None)
    stage = NOTICE_OF[notice.stage if notice else NoticeStage.CANDIDATE]
    first = day_or_blank(notice.first_day if notice else None)
    last = day_or_blank(notice.last_day if notice else None)
    rule = ledger.rulebook.development.on(notice.first_day if notice else None)
    body = [
        f"经党支部研究，{stage}，现予公示。",
        f"{_facts(way)}，{day_or_blank(way.day(APPLICATION))}提出入党申请。",
        f"公示时间：自{first}起，",
        f"至{last}止，不少于{rule.notice_days}个工作日。",
        "党员和群众对公示对象如有意见，请在公示期内向党支部反映，反映情况应当实事求是。",
        f"公示地点：{notice.place if notice and notice.place else BLANK * 3}",
        f"受理人：{BLANK * 2}　联系电话：{BLANK * 2}",
    ]
    return document(f"关于{stage}的公示", "", body, ledger.branch.name, first)


def filing_report(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """备案报告: who was chosen as an activist, or as a candidate for admission (steps 4 and 8)."""
    del today
    return each_applicant(ledger, record, _filing)


def _filing(ledger: YearLedger, way: Development) -> list[Flowable]:
    number = CANDIDATE if CANDIDATE in way.steps else ACTIVIST
    decided = reached(way, number, ledger)
    name, chosen = way.applicant.name, "发展对象" if number == CANDIDATE else "入党积极分子"
    active = way.day(ACTIVIST)
    before = [f"{chinese(active)}被确定为入党积极分子。"] if number == CANDIDATE and active else []
    body = [
        f"{_facts(way)}，{day_or_blank(way.day(APPLICATION))}提出入党申请。",
        *before,
        f"{chinese(decided)}，经党支部研究，确定{name}同志为{chosen}。",
        "现报上，请予备案。",
    ]
    report = way.steps.get(number + 1)
    title = f"关于确定{name}同志为{MAY_BREAK}{chosen}的备案报告"
    return document(title, superior_of(ledger), body, ledger.branch.name, day_or_blank(report and report.done_on))


def opinions_sheet(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """征求意见表: the members by name, each with room for an opinion and a signature (step 7)."""
    day = ledger.reference_day(today)
    return each_applicant(ledger, record, lambda ledger, way: _opinions(ledger, way, day))


def _opinions(ledger: YearLedger, way: Development, day: date) -> list[Flowable]:
    reached(way, ACTIVIST, ledger)
    rows = [
        (str(number), person.name, "党员", "同意□　不同意□", "", "")
        for number, person in enumerate(ledger.roster.present(day), 1)
        if person.id != way.applicant.member
    ]
    rows += [("", "", "群众", "同意□　不同意□", "", "") for _ in range(5)]
    head = ["序号", "姓名", "党员/群众", "意见", "理由、建议", "签名、日期"]
    return [
        *head_of(ledger, way, "发展党员征求意见表", "　　征求意见事项：　　　　　　　　"),
        grid([0.8, 1.6, 1.4, 2.6, 3, 2.2], head, rows),
        Signature("征求意见人（签字）：", s.SIGN),
    ]


def preview_request(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """预审请示: what was done up to the committee's examination (step 13)."""
    del today
    return each_applicant(ledger, record, _preview)


def _preview(ledger: YearLedger, way: Development) -> list[Flowable]:
    reached(way, CANDIDATE, ledger)
    training = way.steps.get(TRAINING)
    trained = f"（{told}）" if training and (told := trained_for(training.days, training.hours)) else ""
    body = [
        f"{_facts(way)}。{day_or_blank(way.day(APPLICATION))}提出入党申请，{day_or_blank(way.day(ACTIVIST))}"
        f"被确定为入党积极分子，{day_or_blank(way.day(CANDIDATE))}被确定为发展对象。",
        f"入党介绍人：{people_of(ledger, way, INTRODUCERS) or BLANK * 2}。"
        f"政治审查：{day_or_blank(way.day(VETTING))}。集中培训：{day_or_blank(way.day(TRAINING))}{trained}。",
        f"支部委员会于{day_or_blank(way.day(EXAMINED))}对其条件和手续作了审查。现将有关材料报上，请予预审。",
    ]
    title = f"关于发展对象{way.applicant.name}同志的{MAY_BREAK}预审请示"
    return document(title, superior_of(ledger), body, ledger.branch.name, BLANK_DAY)


def admission_ballot(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """接收预备党员、转正表决票: three of one person on a page, to be cut."""
    del today
    return each_applicant(ledger, record, _admission_ballot)


def _admission_ballot(ledger: YearLedger, way: Development) -> list[Flowable]:
    reached(way, CANDIDATE, ledger)
    what = "预备党员转正" if ADMITTED in way.steps else "接收预备党员"
    row = Style(s.CELL.face, 12, 36, "center")
    head = [Cell(word, s.HEAD) for word in ("表决对象", "赞成", "不赞成", "弃权")]
    one: list[Flowable] = [
        Text(f"{ledger.branch.name}{what}表决票", s.FORM_TITLE),
        Text("只选一栏画“○”；都不画的算弃权，多于一栏的无效。", s.NOTE),
        Grid([3, 2, 2, 2], [head], [[Cell(text, row) for text in (way.applicant.name, "", "", "")]]),
        Text("（盖章）　　　　　　年　　月　　日", replace(s.SIGN, align="right")),
    ]
    return [KeepTogether(one), CutLine("裁切线"), KeepTogether(one), CutLine("裁切线"), KeepTogether(one)]


def _decision(way: Development, ledger: YearLedger) -> DevelopmentStep:
    """What the branch meeting decided last about a person: admission, or confirmation."""
    step = way.steps.get(CONFIRM_MEETING)
    if step is None:
        reached(way, ADMITTED, ledger)
        step = way.steps[ADMITTED]
    return step


def _matter(name: str, step: DevelopmentStep) -> str:
    """What was before the meeting, as in the title of a paper."""
    if step.outcome is Outcome.EXTENDED:
        return f"延长{name}同志预备期"
    if step.outcome is Outcome.CANCELLED:
        return f"取消{name}同志预备党员资格"
    return f"{name}同志转为中共正式党员" if step.step == CONFIRM_MEETING else f"接收{name}同志为中共预备党员"


def _decided(ledger: YearLedger, way: Development, step: DevelopmentStep) -> str:
    matter, rule = _matter(way.applicant.name, step), ledger.rulebook.development
    if step.outcome is Outcome.REJECTED:
        return f"表决没有通过，不能{matter}" if step.step == ADMITTED else f"表决没有通过{matter}"
    if step.outcome is Outcome.EXTENDED:
        return f"决议：{matter}{step.months or BLANK}个月，报上级党组织审批"
    if step.outcome is Outcome.CANCELLED:
        return f"决议：{matter}，报上级党组织审批"
    if step.step == CONFIRM_MEETING:
        since = day_or_blank(way.confirmation_day(rule))
        return f"决议：同意{matter}，党龄自{since}算起，报上级党组织审批"
    last = probation_end(step.done_on, rule) - timedelta(days=1)
    return f"决议：同意{matter}，预备期自{chinese(step.done_on)}起至{chinese(last)}止，报上级党组织审批"


def resolution(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """支部大会决议: admission or confirmation with the counts of the meeting's vote; what was said is left to write."""
    del today
    return each_applicant(ledger, record, _resolution)


def _resolution(ledger: YearLedger, way: Development) -> list[Flowable]:
    step = _decision(way, ledger)
    held = next((item for item in ledger.minutes if item.meeting.id == step.meeting), None)
    kind = VoteKind.CONFIRMATION if step.step == CONFIRM_MEETING else VoteKind.ADMISSION
    vote = vote_on(way, held, kind) if held else None
    written = f"（含会前书面意见{vote.written_in_favour}票）" if vote and vote.written_in_favour else ""
    entitled, present, yes, no, none = (
        (vote.entitled, vote.present, vote.in_favour + vote.written_in_favour, vote.against, vote.abstained)
        if vote
        else (BLANK,) * 5
    )
    matter = _matter(way.applicant.name, step)
    body: list[str | Flowable] = [
        f"{chinese(step.done_on)}，{ledger.branch.name}召开支部党员大会，讨论{matter}的问题。",
        "大会认为：",
        Spacer(1, 5 * s.DOCUMENT_LEADING),
        f"应到会有表决权的正式党员{entitled}名，实到{present}名。经无记名投票表决，赞成{yes}票{written}，"
        f"不赞成{no}票，弃权{none}票。",
        f"{_decided(ledger, way, step)}。",
    ]
    return document(f"关于{matter}的决议", "", body, ledger.branch.name, chinese(step.done_on))


def approval_request(ledger: YearLedger, record: int, today: date) -> list[Flowable]:
    """审批请示: the branch meeting's resolution is put before the superior (steps 17 and 24)."""
    del today
    return each_applicant(ledger, record, _approval)


def _approval(ledger: YearLedger, way: Development) -> list[Flowable]:
    step = _decision(way, ledger)
    if step.outcome is Outcome.REJECTED:
        raise Refused(f"支部大会没有通过{way.applicant.name}的事项，没有要报批的决议。")
    admitted = f"{day_or_blank(way.day(ADMITTED))}被接收为中共预备党员。" if step.step == CONFIRM_MEETING else ""
    body = [
        f"{_facts(way)}。{admitted}",
        f"{chinese(step.done_on)}，{ledger.branch.name}召开支部党员大会讨论，{_decided(ledger, way, step)}。",
        "现将有关材料报上，请予审批。",
    ]
    title = f"关于{_matter(way.applicant.name, step)}的请示"
    return document(title, superior_of(ledger), body, ledger.branch.name, BLANK_DAY)
