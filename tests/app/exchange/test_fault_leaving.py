"""A newer roster that says of somebody known that the person left: shown, asked, and then really registered."""

from __future__ import annotations

import pytest

from app.dates import PartialDate
from app.exchange.mending import Mending
from app.people.members import Leaving, MemberStatus, Standing
from tests.app.exchange.bringing import Office

HEAD = ["姓名", "性别", "入党时间", "转正时间", "人员类别", "转出时间", "备注"]
ALL = Mending(accept_all=True)


@pytest.fixture
def office(office: Office) -> Office:
    """A branch with one full member and one on probation."""
    rows = [
        ["甲一", "男", "2001.7.1", "2002.7.1", "正式党员", "", ""],
        ["乙二", "女", "2026.7.1", "", "预备党员", "", ""],
    ]
    office.takes("members", [HEAD, *rows])
    return office


def newer(office: Office, status: str, left: str = "", note: str = "", mending: Mending | None = None) -> None:
    row = ["甲一", "男", "2001.7.1", "2002.7.1", status, left, note]
    office.takes("members", [HEAD, row], "2026.xlsx", mending)


def standing(office: Office) -> Standing:
    return office.ledger[Standing].all(member=office.members["甲一"].id)[-1]


@pytest.mark.parametrize(
    ("status", "left", "note", "becomes"),
    [
        ("正式党员", "", "2026.3.1去世", MemberStatus.DECEASED),
        ("正式党员", "2026.3.1", "", MemberStatus.TRANSFERRED),
        ("已转出", "2026.3.1", "", MemberStatus.TRANSFERRED),
        ("去世", "", "2026.3.1病故", MemberStatus.DECEASED),
    ],
)
def test_who_left_on_a_day_is_asked_about_and_then_registered(
    office: Office, status: str, left: str, note: str, becomes: MemberStatus
) -> None:
    newer(office, status, left, note)
    assert office.outcome.asked and standing(office).status is MemberStatus.FULL
    newer(office, status, left, note, ALL)
    assert (standing(office).status, standing(office).since) == (becomes, PartialDate(2026, 3, 1))
    newer(office, status, left, note, ALL)
    assert office.outcome.updated == 0


@pytest.mark.parametrize("status", ["去世", "已转出", "停止党籍"])
def test_a_leaving_without_a_day_waits_for_one(office: Office, status: str) -> None:
    newer(office, status, mending=ALL)
    (difference,) = office.outcome.differences
    assert (difference.was, difference.taken) == ("正式党员", False)
    assert standing(office).status is MemberStatus.FULL
    since = {(2, "status"): "2026-05-06"}
    chosen = Mending(accepted=frozenset({(2, "status")}), taken=frozenset({(2, "status")}), since=since)
    newer(office, status, mending=chosen)
    assert (standing(office).status.value, standing(office).since) == (status, PartialDate(2026, 5, 6))


@pytest.mark.parametrize(
    ("note", "leaving"),
    [
        ("2026.3.1开除党籍", Leaving.EXPELLED),
        ("2026.3.1自行脱党除名", Leaving.SELF_LEFT),
        ("2026年3月1日劝退", Leaving.ADVISED),
    ],
)
def test_how_somebody_left_the_party_is_kept(office: Office, note: str, leaving: Leaving) -> None:
    newer(office, "正式党员", note=note, mending=ALL)
    assert (standing(office).status, standing(office).leaving) == (MemberStatus.EXPELLED, leaving)


def test_a_leaving_before_what_the_ledger_knows_changes_nothing_and_is_told(office: Office) -> None:
    newer(office, "正式党员", note="2002.1.1去世", mending=ALL)
    assert standing(office).status is MemberStatus.FULL and office.says("没有登记去世")


def test_out_of_the_party_without_the_way_is_told_and_the_rest_comes_in(office: Office) -> None:
    office.takes("members", [HEAD, ["丙三", "男", "2001.7.1", "2002.7.1", "", "", "2026.3.1出党"]], "2026.xlsx", ALL)
    assert office.status("丙三") is MemberStatus.FULL and office.says("导入后请在名册里登记")


def test_an_older_roster_brings_nobody_back_unless_somebody_says_so(office: Office) -> None:
    newer(office, "正式党员", note="2026.3.1去世", mending=ALL)
    newer(office, "正式党员", mending=ALL)
    assert standing(office).status is MemberStatus.DECEASED
    assert [(item.was, item.new, item.taken) for item in office.outcome.differences] == [("去世", "正式党员", False)]


@pytest.mark.parametrize(
    ("status", "note"), [("正式党员", "退休"), ("正式党员（退休）", ""), ("正式党员", "2026年1月退休")]
)
def test_another_category_of_dues_is_a_difference_wherever_the_roster_tells_it(
    office: Office, status: str, note: str
) -> None:
    head = ["姓名", "性别", "入党时间", "转正时间", "人员类别", "月工资基数", "备注"]
    person = ["丙三", "男", "1990.7.1", "1991.7.1"]
    office.takes("members", [head, [*person, "正式党员", 4000, ""]], "2025.xlsx")
    office.takes("members", [head, [*person, status, 4000, note]], "2026.xlsx", ALL)
    told = [item for item in office.outcome.differences if item.field == "dues_category"]
    assert [(item.was, item.new, item.since) for item in told] == [("在职", "离退休", "2026-11")]
    assert office.base("丙三").category.value == "离退休"
    office.takes("members", [head, [*person, "正式党员", 4000, ""]], "2026.xlsx", ALL)
    assert office.base("丙三").category.value == "离退休"


def test_an_odd_word_for_a_status_keeps_nobody_out_who_is_known(office: Office) -> None:
    head = ["姓名", "性别", "人员类别", "手机"]
    office.takes(
        "members", [head, ["甲一", "男", "困难党员", "13900000001"], ["丙三", "男", "困难党员", ""]], "2026.xlsx"
    )
    assert office.members["甲一"].phone == "13900000001" and standing(office).status is MemberStatus.FULL
    assert "丙三" not in office.names and office.wrong == [(3, "status")]
    assert office.says("“困难党员”看不出")


def test_who_is_missing_in_a_newer_roster_stays_and_is_named(office: Office) -> None:
    office.has("甲一", "乙二", "丙三", "丁四")
    rows = [["姓名", "入党时间"], ["甲　一", "2001-07-01"], ["乙二同志", "2001-07-01"], ["丙三（女）", "2001-07-01"]]
    office.takes("members", rows)
    assert office.says("名册里的 1 人不在这张表里（丁四），没有改动") and office.status("丁四") is MemberStatus.FULL
    office.takes("members", rows[:2])
    assert not office.says("不在这张表里"), "a list of one of four is no newer roster"


@pytest.mark.parametrize(
    ("reason", "status", "way"),
    [
        ("去世", MemberStatus.DECEASED, None),
        ("开除党籍", MemberStatus.EXPELLED, Leaving.EXPELLED),
        ("工作调动", MemberStatus.TRANSFERRED, None),
        ("", MemberStatus.TRANSFERRED, None),
    ],
)
def test_the_reason_beside_a_day_of_leaving_says_what_is_asked(
    office: Office, reason: str, status: MemberStatus, way: Leaving | None
) -> None:
    """Who died on that day is not proposed as transferred."""
    rows = [["姓名", "性别", "入党日期", "转正日期", "离开时间", "离开原因"]]
    rows += [["新来", "女", "2001-07-01", "2002-07-01", "2024.3.2", reason]]
    office.takes("members", rows)
    assert "新来" not in office.names and office.asked == [(2, "left_on", f"自 2024-03-02 起{status}")]
    office.takes("members", rows, mending=ALL)
    last = office.ledger[Standing].all(member=office.members["新来"].id)[-1]
    assert (last.status, str(last.since), last.leaving) == (status, "2024-03-02", way)


def test_who_has_no_post_in_a_newer_roster_is_told_and_keeps_it(office: Office) -> None:
    head = ["姓名", "入党时间", "转正时间", "党内职务"]
    days = ["2001.7.1", "2002.7.1"]
    office.takes("members", [head, ["丙三", *days, "书记、组织委员"], ["丁四", *days, ""]])
    office.takes("members", [head, ["丙三", *days, ""], ["丁四", *days, "宣传委员"]])
    assert office.posts("丙三") == ["书记", "组织委员"] and office.posts("丁四") == ["宣传委员"]
    assert office.says("丙三（书记、组织委员），职务没有改动")


def test_nothing_is_told_of_posts_where_a_roster_has_none(office: Office) -> None:
    head, days = ["姓名", "入党时间", "转正时间", "党内职务"], ["2001.7.1", "2002.7.1"]
    office.takes("members", [head, ["丙三", *days, "书记"]])
    office.takes("members", [head, ["丙三", *days, ""]])
    assert office.posts("丙三") == ["书记"] and not office.says("职务没有改动")


@pytest.mark.parametrize(
    ("note", "proposed"),
    [
        ("2024年3月转入，2025年6月转出", "自 2025-06 起已转出"),
        ("2025年6月转出（2024年3月转入）", "自 2025-06 起已转出"),
        ("2023年5月退休，2025.6.1去世", "自 2025-06-01 起去世"),
        ("2024.3.1入院 2024.5.2病故", ""),
    ],
)
def test_of_several_days_that_of_leaving_is_proposed(office: Office, note: str, proposed: str) -> None:
    newer(office, "正式党员", note=note)
    assert [said for _, name, said in office.asked if name == "note"] == [proposed]
