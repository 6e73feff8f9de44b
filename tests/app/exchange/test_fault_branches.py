"""Tables of other branches and bodies: their rows are left out, or the name in the title is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.branch.branch import Branch, the_branch
from app.exchange.mending import Mending
from tests.app.exchange.bringing import Office

JOINED = ["2001-07-01", "2002-07-01"]
TABLES = {
    "meetings": (["日期", "类型", "主题"], ["2026.3.5", "党员大会", "学习"], ["2026.3.6", "党员大会", "讨论"]),
    "talks": (["日期", "谈话人", "谈话对象"], ["2026.3.5", "甲一", "乙二"], ["2026.3.6", "甲一", "乙二"]),
    "dues": (["姓名", "1月", "2月"], ["甲一", "25", "25"], ["乙二", "25", "25"]),
    "members": (["姓名", "入党时间", "转正时间"], ["丙三", *JOINED], ["丁四", *JOINED]),
}
KINDS = pytest.mark.parametrize("kind", TABLES)


@pytest.fixture
def office(office: Office) -> Office:
    """A branch of two, called 甲支部 as all of the tests' are."""
    return office.has("甲一", "乙二")


@KINDS
def test_rows_of_another_branch_are_left_out_and_can_be_taken(office: Office, kind: str) -> None:
    head, own, other = TABLES[kind]
    rows = [["2026年"], [*head, "所在支部"], [*own, "甲支部"], [*other, "乙支部"]]
    office.takes(kind, rows)
    assert office.outcome.added == 1
    (left,) = office.outcome.left_out
    assert left.reason == "所在党支部是“乙支部”" and left.count == 1
    office.takes(kind, rows, mending=Mending(taken_rows=frozenset(left.rows)))
    assert office.outcome.added == 1 and office.outcome.left_out == []


@KINDS
def test_rows_below_the_name_of_another_branch_are_left_out(office: Office, kind: str) -> None:
    head, own, other = TABLES[kind]
    office.takes(kind, [["2026年"], head, ["一、甲支部"], own, ["二、乙支部"], other])
    assert office.outcome.added == 1
    assert office.says("所在党支部是“乙支部”")


@KINDS
@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("2026年乙支部台账", True),
        ("2026年第二党支部台账", True),
        ("2026年中共某局甲支部委员会台账", False),
        ("2026年支部台账", False),
        ("2026年各支部台账", False),
    ],
)
def test_a_title_that_names_another_branch_is_told(office: Office, kind: str, title: str, told: bool) -> None:
    head, own, _ = TABLES[kind]
    office.takes(kind, [[title], head, own])
    assert office.outcome.added == 1
    assert office.says("请看是不是本支部的") == told


@pytest.mark.parametrize(
    "title", ["公司党委会议记录", "2026年团支部活动记录", "理论学习中心组学习台账", "工会活动登记"]
)
def test_meetings_below_the_title_of_another_body_are_asked_about(office: Office, title: str) -> None:
    head, own, _ = TABLES["meetings"]
    office.takes("meetings", [[title], head, own])
    assert office.meetings == [] and title in office.outcome.asked[0].reason


def test_a_branch_below_its_committee_is_no_other_body(office: Office) -> None:
    head, own, _ = TABLES["meetings"]
    office.takes("meetings", [["某局机关党委甲支部三会一课记录"], head, own])
    assert len(office.meetings) == 1 and office.outcome.asked == []


@pytest.mark.parametrize("said", ["1支部", "一支部", "第1党支部", "第一支部"])
def test_the_number_of_a_branch_is_one_however_it_is_written(office: Office, said: str) -> None:
    office.ledger[Branch].save(replace(the_branch(office.ledger), name="第一党支部"))
    rows = [["姓名", "所在支部", "入党时间", "转正时间"]]
    rows += [["戊一", said, "2001-07-01", "2002-07-01"], ["戊二", "第二党支部", "2001-07-01", "2002-07-01"]]
    office.takes("members", rows)
    assert "戊一" in office.names and "戊二" not in office.names


def test_the_name_of_a_sheet_goes_on_with_no_name_of_a_file(office: Office) -> None:
    office.takes("meetings", {"支部党员大会": [["时间", "主题"], ["2026-03-05", "学习"]]}, "会议记录.xlsx")
    assert len(office.meetings) == 1 and not office.says("请看是不是本支部的")
