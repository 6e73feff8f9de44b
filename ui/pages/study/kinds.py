"""The registers of study: hours by person, own study, the repositories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.attachments import Owner
from app.branch.lists import offered
from app.life.study import OwnStudy, StudyForm, check_study, hours, record_study, remove_study
from app.work.repositories import LIST, RepositoryItem, remove_item, save_item
from app.year.ledger import YearLedger
from app.year.standing import StudyYear, study_years
from ui.house.session import Session
from ui.house.ways import ToView
from ui.kit.record_fields import Fields
from ui.kit.table import Column
from ui.record.registers import Register, member_column


def _hours_rows(ledger: YearLedger, today: date) -> Sequence[StudyYear]:
    rows = study_years(ledger, ledger.reference_day(today))
    return sorted(rows, key=lambda row: (not row.short, row.minutes - 60 * row.asked, row.member))


def _asked(row: StudyYear) -> str:
    if not row.asked:
        return "不要求"
    return f"≥{row.asked}" if row.share == row.asked else f"≥{row.asked}（折算 {row.share}）"


def _hours(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    return (
        member_column(ledger),
        Column("要求", _asked, 140, order=lambda r: r.asked),
        Column("活动", lambda r: hours(r.events), 60, right=True, order=lambda r: r.events),
        Column("个人", lambda r: hours(r.own), 60, right=True, order=lambda r: r.own),
        Column(
            "合计学时",
            lambda r: hours(r.minutes),
            150,
            share=lambda r: r.minutes / (60 * r.asked) if r.asked else 1,
            order=lambda r: r.minutes,
            stretch=True,
        ),
        Column("情况", lambda r: r.verdict, 96, tone=lambda r: "plain" if r.exempt else "missing" if r.short else "ok"),
        Column("集中培训", lambda r: "参加过" if r.trained else "—", 84),
    )


def _studies(ledger: YearLedger, today: date) -> Sequence[Column]:
    del today
    return (
        member_column(ledger),
        Column("日期", lambda r: str(r.studied_on), 110),
        Column("学时", lambda r: hours(r.minutes), 70, right=True, order=lambda r: r.minutes),
        Column("学习形式", lambda r: r.form, 100, tone=lambda _: "info"),
        Column("学习内容", lambda r: r.title, 240, stretch=True, tip=lambda r: r.title),
    )


def _repository(ledger: YearLedger, today: date) -> Sequence[Column]:
    del ledger, today
    return (
        Column("所属库", lambda r: r.repository, 100, tone=lambda _: "info"),
        Column("题目", lambda r: r.title, 240, strong=True, stretch=True, tip=lambda r: r.title),
        Column("主讲人/作者", lambda r: r.lecturer, 110),
        Column("日期", lambda r: str(r.dated_on or ""), 100),
        Column("来源", lambda r: r.source, 120),
    )


def _facts(ledger: YearLedger, today: date) -> str:
    asked = [row for row in _hours_rows(ledger, today) if row.asked]
    return f"学时达到要求 {sum(not row.short for row in asked)}/{len(asked)} 人"


def _stored(ledger: YearLedger, today: date) -> str:
    del today
    counted: dict[str, int] = {}
    for item in ledger.repository:
        counted[item.repository] = counted.get(item.repository, 0) + 1
    return " · ".join(f"{name} {number}" for name, number in counted.items())


def _to_sheet(session: Session) -> None:
    session.go(ToView("sheets", "study_hours"))


def _new_study(row: Any, ledger: YearLedger) -> dict[str, Any]:
    del ledger
    return {"member": row.member, "form": StudyForm.SELF_STUDY}


STUDY_FIELDS = Fields(("member", "studied_on", "minutes", "form", "title", "note"))
REGISTERS = (
    Register(
        "hours",
        "学时",
        OwnStudy,
        "名册里有了党员，这里就按人列出来。先在“党员名册”里新增或导入。",
        _hours,
        _hours_rows,
        STUDY_FIELDS,
        lambda s, r: record_study(s.ledger, r, s.today()),
        lambda s, r: remove_study(s.ledger, r),
        lambda s, r: check_study(r, s.today()),
        _facts,
        begins_today=("studied_on",),
        actions=(("成表录入", "table", _to_sheet),),
        record_of=_new_study,
        form="study_hours",
        exported="study",
        noun="个人学习",
        example="王芳，要求 32 学时，已学 18 学时，还差 14 学时。",
    ),
    Register(
        "study",
        "个人学习",
        OwnStudy,
        "这里登记支部活动以外的自学、网络学习和集中培训，和活动学时加在一起算。1 学时 60 分钟，培训一天按 8 学时。",
        _studies,
        lambda ledger, _: sorted(ledger.own_studies, key=lambda s: s.studied_on, reverse=True),
        STUDY_FIELDS,
        lambda s, r: record_study(s.ledger, r, s.today()),
        lambda s, r: remove_study(s.ledger, r),
        lambda s, r: check_study(r, s.today()),
        _facts,
        begins_today=("studied_on",),
        actions=(("成表录入", "table", _to_sheet),),
        form="study_hours",
        example="王芳 7月1日 网络学习《党章》专题课，1.5 小时。",
    ),
    Register(
        "repository",
        "党支部四库",
        RepositoryItem,
        "这里存党课讲稿提纲、案例、资料。库的名称由支部自定，在设置的“名单和节假日”里改。",
        _repository,
        lambda ledger, _: sorted(ledger.repository, key=lambda i: (i.repository, str(i.dated_on or ""), i.id)),
        Fields(("repository", "title", "lecturer", "dated_on", "source", "outline"), words={"repository": ()}),
        lambda s, r: save_item(s.ledger, r),
        lambda s, r: remove_item(s.ledger, r),
        facts=_stored,
        key=lambda row: row.id,
        searched=lambda row, _: f"{row.title} {row.lecturer} {row.repository}",
        words={"repository": lambda s: offered(s.ledger, LIST)},
        owner=Owner.REPOSITORY,
        noun="入库资料",
        example="党课讲稿《岗位奉献》，主讲人 支部书记，日期 6.28。",
    ),
)
