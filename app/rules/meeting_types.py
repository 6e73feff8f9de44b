"""会议类型: the kinds of organisation life that the regulations name, in the order of the printed ledger."""

from __future__ import annotations

from enum import StrEnum


class MeetingType(StrEnum):
    """The types of organisation life, in the order of the printed ledger."""

    GENERAL = "支部党员大会"
    COMMITTEE = "支委会"
    GROUP = "党小组会"
    LECTURE = "党课"
    THEME_DAY = "主题党日"
    LIFE_MEETING = "组织生活会"
    APPRAISAL = "民主评议党员"
    STUDY = "集中学习"
    WARNING_EDUCATION = "警示教育"
    CONSTITUTION = "党章学习"
    CROSS_ATTENDANCE = "列席其他支部活动"
    VOLUNTEERING = "志愿服务"
    PARTNERSHIP = "结对共建"
    OTHER = "其他"


# Types that not every branch holds: they have no page in the ledger of a year without one.
OPTIONAL_TYPES = (
    MeetingType.STUDY,
    MeetingType.WARNING_EDUCATION,
    MeetingType.CONSTITUTION,
    MeetingType.CROSS_ATTENDANCE,
    MeetingType.VOLUNTEERING,
    MeetingType.PARTNERSHIP,
    MeetingType.OTHER,
)


TYPE_ORDER = {kind: index for index, kind in enumerate(MeetingType)}
