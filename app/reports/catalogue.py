"""Which forms can be printed by themselves: their titles, where they stand in a menu, and their paper.

What they say is in app/reports/forms.py, which imports reportlab; a menu is built from here without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Cover(StrEnum):
    """What the cover of the book looks like."""

    PLAIN = "素面"
    FRAMED = "双线框"
    BAND = "红底题签"


@dataclass(frozen=True)
class Binding:
    """How the book is to be bound: its cover, the volume that stands on it, leaves between the parts, minutes apart."""

    cover: Cover = Cover.PLAIN
    volume: str = ""
    dividers: bool = False
    minutes_apart: bool = False
    """Each meeting begins on a page of its own, as a form."""


USUAL = Binding()


class FormGroup(StrEnum):
    """A submenu of forms, in the order of the menu."""

    PEOPLE = "党员名册和个人"
    LIFE = "会议和谈话"
    DUES = "党费"
    APPRAISAL = "民主评议"
    DEVELOPMENT = "发展党员"
    ELECTION = "换届选举"
    AFFAIRS = "党员管理"
    WORK = "学习、任务和检查"
    HANDOVER = "年度材料和移交"
    RECORD = ""
    """Printed only from where its record is: a transfer, a meeting."""


@dataclass(frozen=True)
class Form:
    """A form that is printed by itself."""

    title: str
    group: FormGroup
    paper: str = "upright"
    """The kind of page: upright or wide (A4), a3 (A3 across), document (A4 by GB/T 9704), bare (A4 without head)."""
    short: str = ""
    """Its word in a menu of its applicant or election, where the title would say the subject again."""
    subject: str = ""
    """The kind of record that is written as this form when one is exported."""

    @property
    def word(self) -> str:
        """Its word in a menu of one record."""
        return self.short or self.title


_G = FormGroup
FORMS: dict[str, Form] = {
    "roster": Form("党员名册（竖版）", _G.PEOPLE),
    "roster_posted": Form("党员名册（张贴用）", _G.PEOPLE, "wide"),
    "roster_full": Form("党员名册（全）", _G.PEOPLE, "wide"),
    "roster_a3": Form("党员名册（全，A3）", _G.PEOPLE, "a3"),
    "person_year": Form("个人年度档案", _G.PEOPLE, subject="党员"),
    "minutes": Form("会议记录（全年，一次一页）", _G.LIFE, subject="会议活动"),
    "theme_days": Form("主题党日记录（全年）", _G.LIFE),
    "talks": Form("谈心谈话记录（一次一页）", _G.LIFE, subject="谈心谈话"),
    "life_findings": Form("查摆问题和批评意见", _G.LIFE),
    "follow_ups": Form("会议后续事项", _G.LIFE),
    "plan": Form("年度活动计划", _G.LIFE),
    "wall_sheet": Form("月历挂图（A3）", _G.LIFE, "a3"),
    "dues_register": Form("党费收缴登记表", _G.DUES, "wide"),
    "dues_register_a3": Form("党费收缴登记表（A3）", _G.DUES, "a3"),
    "dues_notice": Form("党费公示表", _G.DUES),
    "remittances": Form("党费上交单", _G.DUES),
    "receipts": Form("党费收据", _G.DUES),
    "appraisal_ballot": Form("民主测评表（空白）", _G.APPRAISAL, "bare"),
    "appraisal_tally": Form("民主评议汇总表", _G.APPRAISAL),
    "appraisal_sheet": Form("民主评议登记表", _G.APPRAISAL),
    "appraisals": Form("民主评议结果", _G.APPRAISAL),
    "development_record": Form("发展党员纪实表", _G.DEVELOPMENT),
    "materials": Form("发展党员材料目录", _G.DEVELOPMENT, short="材料目录"),
    "filing_report": Form("备案报告", _G.DEVELOPMENT, "document"),
    "development_checks": Form("培养教育考察登记表", _G.DEVELOPMENT),
    "opinions": Form("发展党员征求意见表", _G.DEVELOPMENT, short="征求意见表"),
    "development_notice": Form("发展党员公示", _G.DEVELOPMENT, "document", short="公示"),
    "preview_request": Form("预审请示", _G.DEVELOPMENT, "document"),
    "admission_ballot": Form("入党、转正表决票", _G.DEVELOPMENT, "bare", short="表决票"),
    "resolution": Form("支部大会决议", _G.DEVELOPMENT, "document"),
    "approval_request": Form("入党、转正审批请示", _G.DEVELOPMENT, "document", short="审批请示"),
    "election_request": Form("选举请示", _G.ELECTION, "document"),
    "candidates_request": Form("候选人预备人选请示", _G.ELECTION, "document"),
    "election_notice": Form("选举会议通知", _G.ELECTION, "document", short="会议通知"),
    "ballot_rule": Form("选举办法（草案）", _G.ELECTION, "document"),
    "ballot": Form("选票", _G.ELECTION, "bare"),
    "count_sheet": Form("选举计票单", _G.ELECTION, short="计票单"),
    "election_report": Form("选举结果报告", _G.ELECTION, "document"),
    "transfers": Form("组织关系转接登记", _G.AFFAIRS),
    "circumstances": Form("党员情况登记", _G.AFFAIRS),
    "honours": Form("表彰奖励登记", _G.AFFAIRS),
    "dispositions": Form("处置处分登记", _G.AFFAIRS),
    "care": Form("关怀帮扶登记", _G.AFFAIRS),
    "birthdays": Form("政治生日名单", _G.AFFAIRS),
    "birthday_cards": Form("政治生日贺卡", _G.AFFAIRS, "bare"),
    "study_hours": Form("学时汇总表", _G.WORK),
    "repository": Form("党支部四库目录", _G.WORK),
    "tasks": Form("任务清单", _G.WORK),
    "rectifications": Form("整改清单", _G.WORK, "wide"),
    "inspections": Form("检查情况", _G.WORK),
    "papers": Form("年度材料", _G.HANDOVER),
    "handover": Form("台账移交清单", _G.HANDOVER),
    "guide": Form("程序使用手册", _G.HANDOVER, "bare"),
    "register": Form("专项台账", _G.RECORD),
    "register_across": Form("专项台账（横版）", _G.RECORD, "wide"),
    "self_check": Form("自查评分表", _G.RECORD, "wide"),
    "document_progress": Form("上级文件落实情况", _G.RECORD, "wide"),
    "document_study": Form("学习宣传情况报告", _G.RECORD, "document"),
    "transfer_letter": Form("组织关系介绍信", _G.RECORD, "bare"),
    "sign_in": Form("签到表", _G.RECORD),
    "sign_in_held": Form("签到表（已开的会）", _G.RECORD),
}


def forms_in(group: FormGroup) -> dict[str, Form]:
    """The forms of a submenu by code, in its order."""
    return {code: form for code, form in FORMS.items() if form.group is group}


def form_of(subject: str) -> str:
    """The code of the form that one record of this kind is written as."""
    return next(code for code, form in FORMS.items() if form.subject == subject)
