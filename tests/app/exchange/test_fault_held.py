"""A plan, or what was cancelled, is no record of what was held: a row of either is asked about."""

from __future__ import annotations

import pytest

from app.exchange.mending import Mending
from app.life.talks import Talk
from tests.app.exchange.bringing import Office

HEAD = ["日期", "类型", "主题"]
ROW = ["2026.3.5", "党员大会", "学习"]


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of two."""
    return office.has("甲一", "乙二")


@pytest.mark.parametrize(
    "rows",
    [
        [["2026年度三会一课工作计划表"], HEAD, ROW],
        [["第一党支部2026年组织生活安排"], HEAD, ROW],
        {"会议计划": [HEAD, ROW]},
    ],
    ids=["title", "other words", "sheet"],
)
def test_a_table_of_plans_is_asked_row_by_row(office: Office, rows) -> None:
    office.takes("meetings", rows)
    assert office.meetings == [] and "计划" in office.outcome.asked[0].reason
    office.takes("meetings", rows, mending=Mending(accept_all=True))
    assert [minutes.meeting.subject for minutes in office.meetings] == ["学习"]


@pytest.mark.parametrize(
    "state", ["否", "未召开", "取消", "因疫情取消", "延期", "×", "未完成", "没开", "进行中", "部分完成", "0%", "50%"]
)
def test_what_was_not_held_by_its_state_is_asked_about(office: Office, state: str) -> None:
    office.takes("meetings", [[*HEAD, "是否召开"], [*ROW, state]])
    assert office.meetings == [] and [fault.field for fault in office.outcome.asked] == ["done"]


@pytest.mark.parametrize("state", ["是", "已完成", "√", "按期召开", "100%", ""])
def test_what_was_held_by_its_state_goes_in(office: Office, state: str) -> None:
    office.takes("meetings", [["2026年计划完成情况"] if state else [], [*HEAD, "完成情况"], [*ROW, state]])
    assert len(office.meetings) == 1 and office.outcome.faults == []


def test_a_sentence_in_the_place_of_a_state_is_told(office: Office) -> None:
    office.takes("meetings", [[*HEAD, "完成情况"], [*ROW, "效果良好，未完成的内容下次再学"]])
    assert len(office.meetings) == 1 and office.says("没有记入")


@pytest.mark.parametrize("subject", ["学习（因故取消）", "学习，未召开", "学习改期"])
def test_a_subject_that_says_it_was_not_held_is_asked_about(office: Office, subject: str) -> None:
    office.takes("meetings", [HEAD, ["2026.3.5", "党员大会", subject]])
    assert office.meetings == [] and office.outcome.asked[0].field == "subject"


def test_planned_talks_are_asked_about_too(office: Office) -> None:
    head = ["日期", "谈话人", "谈话对象", "内容"]
    office.takes("talks", [["2026年谈心谈话计划"], head, ["2026.3.5", "甲一", "乙二", "思想"]])
    assert office.ledger[Talk].all() == [] and len(office.outcome.asked) == 1
    office.takes("talks", [[*head, "是否谈话"], ["2026.3.5", "甲一", "乙二", "思想", "未"]])
    assert office.ledger[Talk].all() == [] and office.outcome.asked[0].field == "done"


@pytest.mark.parametrize(
    "note", ["取消", "改期至1月8日", "未召开", "因故推迟", "计划", "拟开展", "待补", "流会", "未谈"]
)
def test_a_remark_that_nothing_was_held_is_asked_about(office: Office, note: str) -> None:
    office.takes("meetings", [["时间", "类型", "主题", "备注"], ["2026.1.5", "党课", "作风", note]])
    assert office.meetings == [] and [field for _, field, _ in office.asked] == ["note"]
    office.takes("talks", [["时间", "谈话人", "谈话对象", "备注"], ["2026.1.5", "甲一", "乙二", note]])
    assert office.outcome.added == 0 and [field for _, field, _ in office.asked] == ["note"]


def test_any_other_remark_of_a_meeting_is_kept_with_it(office: Office) -> None:
    office.takes("meetings", [["时间", "类型", "主题", "备注"], ["2026.1.5", "党课", "作风", "线上线下同步"]])
    assert "线上线下同步" in office.meetings[0].meeting.remark


def test_who_is_found_is_called_by_name_alone(office: Office) -> None:
    office.takes("talks", [["时间", "谈话人", "谈话对象"], ["2026.1.5", "甲一", "乙二同志"]])
    assert [fault.proposed for fault in office.outcome.notices if fault.field == "partner"] == ["乙二"]
