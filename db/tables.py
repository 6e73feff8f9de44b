"""Which kind of record lies in which table."""

from __future__ import annotations

from app.attachments import Attachment
from app.branch.branch import Branch
from app.branch.groups import Group
from app.branch.lists import ListWord
from app.calendar import Holiday
from app.checks.acknowledgement import Acknowledgement
from app.checks.explanation import Explanation
from app.development.consequences import Consequence
from app.development.steps import Applicant, DevelopmentCheck, DevelopmentStep, Material, PublicNotice
from app.dues.bases import DuesBasis
from app.dues.pay import PayItem
from app.dues.payments import Payment
from app.dues.remittances import DuesNotice, Remittance
from app.exchange.copy_texts import CopiedText
from app.exchange.document_templates import DocumentTemplate
from app.life.attendance import Attendance
from app.life.elections import Candidate, Election, ElectionPaper
from app.life.follow_ups import FollowUp
from app.life.life_meetings import LifeFinding
from app.life.meetings import AgendaItem, FinalMinutes, Meeting, MeetingLabel
from app.life.minutes_templates import MinutesTemplate
from app.life.plans import PlannedEvent
from app.life.study import OwnStudy
from app.life.talks import Talk, TalkOccasion
from app.life.votes import Vote
from app.people.appraisals import Appraisal, AppraisalTally
from app.people.care import Care
from app.people.circumstances import Circumstance
from app.people.dispositions import Disposition
from app.people.extra_fields import ExtraField, ExtraValue
from app.people.honours import Honour
from app.people.members import Employment, Member, Placement, Standing, VotingRestriction
from app.people.posts import Post
from app.people.transfers import Transfer
from app.record import Record
from app.rules.changes import RuleChange, RulePack
from app.rules.local_rules import ChosenRuleSet, LocalRule, MutedRule
from app.work.inspections import Inspection
from app.work.rectifications import Rectification
from app.work.repositories import RepositoryItem
from app.work.self_checks import Checklist, ChecklistItem, SelfCheck, SelfCheckScore
from app.work.special_registers import (
    RegisterCell,
    RegisterColumn,
    RegisterCount,
    RegisterLink,
    RegisterRow,
    SpecialRegister,
)
from app.work.superior_documents import DocumentItem, SuperiorDocument
from app.work.tasks import Task
from app.work.year_papers import YearPaper
from app.year.seal import YearSeal

TABLES: dict[type[Record], str] = {
    Branch: "branch",
    Group: "groups",
    Post: "post",
    Member: "member",
    Standing: "standing",
    Placement: "placement",
    VotingRestriction: "voting_restriction",
    Meeting: "meeting",
    MeetingLabel: "meeting_label",
    Attendance: "attendance",
    Vote: "vote",
    Talk: "talk",
    DuesBasis: "dues_basis",
    Payment: "payment",
    YearSeal: "year_seal",
    Attachment: "attachment",
    Employment: "employment",
    Circumstance: "circumstance",
    Transfer: "transfer",
    Disposition: "disposition",
    Honour: "honour",
    Care: "care",
    Appraisal: "appraisal",
    ListWord: "list_word",
    ExtraField: "extra_field",
    ExtraValue: "extra_value",
    Holiday: "holiday",
    PayItem: "pay_item",
    Remittance: "remittance",
    DuesNotice: "dues_notice",
    Applicant: "applicant",
    DevelopmentStep: "development_step",
    Consequence: "consequence",
    DevelopmentCheck: "development_check",
    PublicNotice: "public_notice",
    Material: "material",
    Election: "election",
    Candidate: "candidate",
    ElectionPaper: "election_paper",
    AgendaItem: "agenda_item",
    FollowUp: "follow_up",
    FinalMinutes: "final_minutes",
    OwnStudy: "own_study",
    LocalRule: "local_rule",
    ChosenRuleSet: "chosen_rule_set",
    RulePack: "rule_pack",
    RuleChange: "rule_change",
    MutedRule: "muted_rule",
    Acknowledgement: "acknowledgement",
    Explanation: "explanation",
    PlannedEvent: "planned_event",
    MinutesTemplate: "minutes_template",
    TalkOccasion: "talk_occasion",
    LifeFinding: "life_finding",
    Rectification: "rectification",
    Task: "task",
    AppraisalTally: "appraisal_tally",
    RepositoryItem: "repository_item",
    DocumentTemplate: "document_template",
    CopiedText: "copied_text",
    YearPaper: "year_paper",
    Inspection: "inspection",
    SuperiorDocument: "superior_document",
    DocumentItem: "document_item",
    SpecialRegister: "special_register",
    RegisterColumn: "register_column",
    RegisterCount: "register_count",
    RegisterRow: "register_row",
    RegisterCell: "register_cell",
    RegisterLink: "register_link",
    Checklist: "checklist",
    ChecklistItem: "checklist_item",
    SelfCheck: "self_check",
    SelfCheckScore: "self_check_score",
}
