"""Every check by its subject, with the rules it goes by; reminders, health check and command line ask these."""

from __future__ import annotations

from dataclasses import replace

from app.checks import branch, development, duties, meetings, people, plans, special_registers, work
from app.checks.check import Asked, Check, Shown
from app.checks.matter import Matter

REMINDERS, HEALTH, PEOPLE = Shown.REMINDERS, Shown.HEALTH, Shown.PEOPLE
FREQUENCY = ("quota.minimum", "talks.minimum", "hours.member", "hours.committee")
DEVELOPMENT = (
    "development.youngest",
    "development.talk_months",
    "development.activist_months",
    "development.check_months",
    "development.training_days",
    "development.training_hours",
    "development.introducers",
    "development.review_months",
    "development.approval_months",
    "development.approval_most_months",
    "development.approval_most_binds",
    "development.oath_months",
    "development.probation_months",
    "development.extend_least",
    "development.extend_most",
    "development.notice_days",
    "development.notice_before_candidate",
)
VOTES = ("majority.quorum", "majority.passing", "majority.of_present", "majority.written")


def _duties(asked: Asked) -> list[Matter]:
    return [made for duty in asked.duties if (made := duties.of_duty(asked.year, duty, asked.today))]


CHECKS: tuple[Check, ...] = (
    Check("应做的事", FREQUENCY, _duties, REMINDERS),
    Check("缺少的活动", FREQUENCY, lambda a: branch.of_frequency(a.year, a.today), HEALTH),
    Check("预备期满", ("development.probation_months", "remind.soon_days"), people.of("probation"), REMINDERS),
    Check("组织关系介绍信", ("people.letter_days", "people.receipt_months"), people.of("transfers"), REMINDERS),
    Check(
        "失联、停止党籍、外出",
        ("people.contact_lost_months", "people.suspended_years", "people.away_months"),
        people.of("contact"),
        REMINDERS,
    ),
    Check("组织处置和处分到期", ("people.rectify_months", "remind.soon_days"), people.of("dispositions"), REMINDERS),
    Check("政治生日", ("remind.birthday_days", "people.badge_years"), people.of("birthdays"), REMINDERS),
    Check(
        "任期",
        ("committee.years", "committee.years_village_community", "committee.remind_months", "people.extension_months"),
        people.of("term"),
        REMINDERS,
    ),
    Check(
        "支部规模",
        ("people.found_full_members", "people.most_members", "committee.full_members_need_committee"),
        people.of("size"),
        REMINDERS,
    ),
    Check(
        "支委会",
        ("committee.minimum_posts", "committee.most_members", "people.secretary_standing_years"),
        people.of("committee"),
        REMINDERS,
    ),
    Check("关怀", ("remind.care_month",), people.of("care"), REMINDERS),
    Check("评议等次待登记", ("quota.minimum",), people.of("grades"), REMINDERS),
    Check("党费上交和公示", ("collection.publications", "remind.notice_month"), people.of("books"), REMINDERS),
    Check("发展党员的下一步", DEVELOPMENT, lambda a: development.of_development(a.year, a.today), REMINDERS),
    Check("计划和期限", ("remind.plan_days", "remind.task_days"), lambda a: plans.of_plans(a.year, a.today), REMINDERS),
    Check(
        "专项台账",
        ("remind.task_days", "remind.count_days"),
        lambda a: special_registers.of_registers(a.year, a.today),
        REMINDERS | HEALTH,
    ),
    Check(
        "党费欠缴",
        ("collection.warn_months", "collection.alarm_months"),
        lambda a: duties.of_arrears(a.year, a.today),
        REMINDERS,
    ),
    Check("会议日期", ("quota.minimum",), lambda a: meetings.of_days(a.year), HEALTH),
    Check("会议时间重叠", ("quota.minimum",), lambda a: meetings.of_times(a.year), HEALTH),
    Check("应到和缺席", VOTES, lambda a: meetings.of_rolls(a.year), HEALTH),
    Check("表决", VOTES, lambda a: meetings.of_votes(a.year), HEALTH),
    Check("主持人", ("committee.minimum_posts",), lambda a: meetings.of_hosts(a.year), HEALTH),
    Check("长期不参加活动", ("absence.months", "absence.meetings"), lambda a: meetings.of_absence(a.year), HEALTH),
    Check("补录和定稿", ("remind.late_days",), lambda a: meetings.of_papers(a.year, a.created), HEALTH),
    Check("会议交办", ("remind.task_days",), lambda a: meetings.of_tasks(a.year, a.today), HEALTH),
    Check("内容照抄", ("remind.similar_percent",), lambda a: a.copied.look(a.year), HEALTH),
    Check(
        "党费",
        ("collection.warn_months", "collection.alarm_months", "collection.publications"),
        lambda a: branch.of_dues(a.year, a.today),
        HEALTH,
    ),
    Check("照片重复", ("remind.similar_percent",), lambda a: work.of_photos(a.year), HEALTH),
    Check("整改和任务到期", ("remind.task_days",), lambda a: work.of_matters(a.year, a.today), HEALTH),
    Check("评议等次", ("appraisal_rule.excellent",), lambda a: work.of_grades(a.year, a.today), HEALTH),
    Check("发展党员材料和身份证号", DEVELOPMENT, lambda a: branch.of_people(a.year, a.today), PEOPLE),
)


def ask(shown: Shown, asked: Asked) -> list[Matter]:
    """What every check that is shown somewhere finds, in the order of the checks."""
    return [item for _, item in ask_by_check(shown, asked)]


def ask_by_check(shown: Shown, asked: Asked) -> list[tuple[Check, Matter]]:
    """The same, each with the check that found it."""
    return [
        (check, replace(item, rules=check.rules))
        for check in CHECKS
        if check.shown & shown
        for item in check.ask(asked)
    ]
