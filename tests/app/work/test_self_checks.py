"""自查考核: what the records tell about an item, what is given beside it, what it comes to, carried on a stick."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks.check import Asked
from app.checks.self_checks import by_records, judge_all, measures
from app.errors import Refused
from app.exchange.lists import self_check_workbook
from app.life.meetings import Meeting, MeetingLabel
from app.reports.forms import print_form
from app.rules.local_rules import RulePeriod
from app.rules.meeting_types import MeetingType
from app.scores import points, read_points
from app.work.checklist_packs import (
    add_checklist,
    checklist_file,
    read_checklist,
    remove_checklist,
    remove_item,
    save_checklist,
    save_item,
    shipped_checklists,
    write_checklist,
)
from app.work.rectifications import Rectification, raise_all
from app.work.self_checks import (
    Checklist,
    ChecklistItem,
    SelfCheck,
    SelfCheckScore,
    remove_self_check,
    save_scores,
    save_self_check,
    to_rectify,
)
from app.year.extract import Detail, extract
from app.year.ledger import load_year
from app.year.periods import periods
from app.year.self_checks import comparison, scheme_of, score_rows, summary
from tests.app.reports.test_reports import text_of

TODAY = date(2026, 7, 16)
Q1, Q2, *_ = periods(2026, "quarter")


def checklist(store, *items: dict[str, object], **told: object) -> Checklist:
    """A checklist with these items of ten points each."""
    made = store[Checklist].save(Checklist(**{"title": "自查", **told}))
    for number, item in enumerate(items, 1):
        whole = {"checklist": made.id, "position": number, "label": f"项目{number}", "full": 100, **item}
        store[ChecklistItem].save(ChecklistItem(**whole))
    return made


def judged(store, made: Checklist, span, day: date = TODAY, known: dict[str, object] | None = None):
    """What the records tell about the items, in their order."""
    year = load_year(store, span.first.year)
    scheme = scheme_of(year, made.id)
    told = judge_all(Asked(year, day), scheme, span, known or {})
    return [told[item.id] for item in scheme.items]


def give(store, made: Checklist, period: str, *scores: dict[str, object]) -> int:
    """Score the first items of a checklist."""
    items = scheme_of(load_year(store, 2026), made.id).items
    check = SelfCheck(checklist=made.id, year=2026, period=period, checked_on=TODAY)
    told = [
        SelfCheckScore(**{"self_check": 0, "item": item.id, **score})
        for item, score in zip(items, scores, strict=False)
    ]
    return save_scores(store, check, told, TODAY)


def hold(store, kind: MeetingType, *days: str) -> None:
    """Meetings of a type on days."""
    for day in days:
        meeting = Meeting(held_on=date.fromisoformat(day), start=time(9), subject="会", place="会议室")
        saved = store[Meeting].save(meeting)
        store[MeetingLabel].save(MeetingLabel(meeting=saved.id, type=kind))


# --- scores as they are typed ---------------------------------------------------------------------------


@given(st.integers(0, 99_999))
def test_a_score_that_is_shown_is_read_back(tenths: int) -> None:
    assert read_points(points(tenths)) == tenths


@pytest.mark.parametrize("text", ["", "八", "8.25", "-1", "1e3", "12345", "8..5", "８分五"])
def test_what_is_no_score_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        read_points(text)


# --- what the records tell ------------------------------------------------------------------------------


def test_each_missing_meeting_costs_what_the_item_says(staffed) -> None:
    made = checklist(staffed, {"judged": "duty:theme_day", "deduct": 15})
    hold(staffed, MeetingType.THEME_DAY, "2026-02-10")
    (told,) = judged(staffed, made, Q1)
    assert [one.met for one in told.told] == [False, True, False]
    assert told.gap == "1月主题党日不够：0次，要求 1次；3月主题党日不够：0次，要求 1次"
    assert told.proposed == 70
    (much,) = judged(staffed, checklist(staffed, {"judged": "duty:theme_day", "deduct": 90}, title="二"), Q1)
    assert much.proposed == 0


def test_without_a_deduction_the_share_of_what_was_held_decides(staffed) -> None:
    made = checklist(staffed, {"judged": "duty:theme_day"})
    hold(staffed, MeetingType.THEME_DAY, "2026-02-10", "2026-03-10")
    (told,) = judged(staffed, made, Q1)
    assert told.proposed == 67


def test_what_is_not_due_yet_tells_nothing(staffed) -> None:
    made = checklist(
        staffed,
        {"judged": "duty:life_meeting"},
        {"judged": "duty:life_meeting check:表决"},
        {"judged": "paper:年度工作总结"},
        {"judged": "paper:年度工作计划", "deduct": 100},
        {},
    )
    assert [told.proposed for told in judged(staffed, made, Q1)] == [None, None, None, 0, None]


def test_a_finding_counts_in_the_quarter_of_its_meeting_and_not_when_it_is_known(staffed) -> None:
    made = checklist(staffed, {"judged": "check:应到和缺席", "deduct": 20})
    hold(staffed, MeetingType.GENERAL, "2026-02-10")
    first, second = judged(staffed, made, Q1)[0], judged(staffed, made, Q2)[0]
    assert first.proposed is not None and first.proposed < 100 and first.gaps[0].way is not None
    assert second.proposed == 100
    year = load_year(staffed, 2026)
    from app.checks.self_checks import finder

    keys = {matter.key: "" for matter in finder(Asked(year, Q1.last), {})("应到和缺席") or ()}
    assert judged(staffed, made, Q1, known=keys)[0].proposed == 100


def test_what_a_pack_names_and_nobody_knows_tells_nothing(staffed) -> None:
    made = checklist(staffed, {"judged": "check:没有这项 paper:没有 register:没有 duty:没有 乱写"})
    (told,) = judged(staffed, made, Q1)
    assert [one.text for one in told.told] == [] and told.proposed is None


def test_every_code_that_a_shipped_checklist_names_can_be_chosen(sample) -> None:
    from app.work.register_packs import add_register, shipped_registers

    known = {pack.register.code for pack in shipped_registers()}
    for pack in shipped_registers():
        if pack.register.title not in {item.register.title for item in load_year(sample, 2026).registers}:
            add_register(sample, pack, 2026)
    offered = {code for code, _ in measures(load_year(sample, 2026), TODAY)}
    named = {code for pack in shipped_checklists() for item in pack.items for code in item.measures}
    assert named <= offered and known


# --- what is given --------------------------------------------------------------------------------------


def test_another_score_than_the_proposed_one_takes_a_reason(staffed) -> None:
    made = checklist(staffed, {})
    with pytest.raises(Refused, match="按记录建议 7 分"):
        give(staffed, made, "2026-Q1", {"score": 90, "proposed": 70, "gap": "缺一次"})
    with pytest.raises(Refused, match="满分 10 分"):
        give(staffed, made, "2026-Q1", {"score": 101})
    assert not staffed[SelfCheck].all()
    give(staffed, made, "2026-Q1", {"score": 90, "proposed": 70, "gap": "缺一次", "reason": "已补开"})
    give(staffed, made, "2026-Q1", {"score": 70, "proposed": 70, "gap": "缺一次"})
    assert [score.score for score in staffed[SelfCheckScore].all()] == [70]


def test_scoring_by_the_records_is_one_action_and_leaves_what_was_scored(staffed) -> None:
    made = checklist(
        staffed, {"judged": "duty:theme_day", "deduct": 10}, {"judged": "paper:年度工作计划", "deduct": 50}, {}
    )
    give(staffed, made, "2026-Q1", {"score": 60})
    year = load_year(staffed, 2026)
    scheme = scheme_of(year, made.id)
    told = judge_all(Asked(year, TODAY), scheme, Q1, {})
    wanted = by_records(scheme, scheme.of("2026-Q1"), told)
    assert [(score.item, score.score) for score in wanted] == [(scheme.items[1].id, 50)]
    save_scores(staffed, SelfCheck(checklist=made.id, year=2026, period="2026-Q1"), wanted, TODAY)
    staffed.history.undo()
    assert [score.score for score in staffed[SelfCheckScore].all()] == [60]


def test_sums_go_by_weight_and_compare_what_both_periods_scored(staffed) -> None:
    made = checklist(staffed, {"weight": 20}, {"weight": 80}, {}, share=30, passing=170)
    give(staffed, made, "2026-Q1", {"score": 50}, {"score": 100})
    give(staffed, made, "2026-Q2", {"score": 100}, {"score": 50}, {"score": 100})
    scheme = scheme_of(load_year(staffed, 2026), made.id)
    first, second = scheme.checks
    assert (scheme.total(first), scheme.full(first), scheme.permille(first)) == (90, 200, 900)
    assert (scheme.total(second), scheme.converted(second)) == (160, 240)
    assert comparison(scheme, second) == "两期都评了的项目比上期少 3 分"
    assert summary(scheme, first) == "得 9 分，满分 20 分；占单位考核 30%，折合 13.5 分；还有 1 项没有评"
    assert "没有达到达标分 17 分" in summary(scheme, second)
    assert [row[5:7] for row in score_rows(scheme, second)] == [("10", "5"), ("5", "10"), ("10", ""), ("16", "9")]


def test_gaps_become_rectifications_once(staffed) -> None:
    made = checklist(staffed, {"dimension": "组织生活"}, {}, {})
    give(staffed, made, "2026-Q1", {"score": 70, "gap": "缺一次支委会"}, {"score": 100}, {"score": 0})
    scheme = scheme_of(load_year(staffed, 2026), made.id)
    wanted = to_rectify(scheme, scheme.checks[0], "自查 第一季度", ())
    assert [(item.problem, item.category) for item in wanted] == [
        ("项目1：缺一次支委会", "组织生活"),
        ("项目3：得 0 分，满分 10 分", ""),
    ]
    raise_all(staffed, wanted, TODAY)
    listed = staffed[Rectification].all()
    assert to_rectify(scheme, scheme.checks[0], "自查 第一季度", listed) == []
    # The list keeps them when the self-check goes.
    remove_self_check(staffed, scheme.checks[0].check)
    assert [item.scored for item in staffed[Rectification].all()] == [None, None]
    staffed.history.undo()
    assert [item.scored for item in staffed[Rectification].all()] == [item.scored for item in listed]


def test_what_was_scored_keeps_its_marks(staffed) -> None:
    made = checklist(staffed, {}, {})
    give(staffed, made, "2026-Q1", {"score": 100})
    first, second = scheme_of(load_year(staffed, 2026), made.id).items
    with pytest.raises(Refused, match="满分和权重不能改"):
        save_item(staffed, replace(first, full=50))
    with pytest.raises(Refused, match="不能删除"):
        remove_item(staffed, first)
    with pytest.raises(Refused, match="不能删除"):
        remove_checklist(staffed, made)
    with pytest.raises(Refused, match="多久评一次不能改"):
        save_checklist(staffed, replace(made, period=RulePeriod.YEAR))
    save_item(staffed, replace(first, label="换个说法", retired=True))
    save_item(staffed, replace(second, full=50))
    scheme = scheme_of(load_year(staffed, 2026), made.id)
    # No longer used, and still in the quarter in which it was scored.
    assert [item.label for item in scheme.shown(scheme.of("2026-Q1"))] == ["换个说法", "项目2"]
    assert [item.label for item in scheme.shown(None)] == ["项目2"]


def test_a_day_that_is_to_come_is_refused(staffed) -> None:
    made = checklist(staffed, {})
    give(staffed, made, "2026-Q1", {"score": 100})
    (check,) = staffed[SelfCheck].all()
    with pytest.raises(Refused, match="日期在今天之后"):
        save_self_check(staffed, replace(check, checked_on=date(2026, 7, 17)), TODAY)


# --- packs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", shipped_checklists(), ids=lambda pack: pack.checklist.code)
def test_a_checklist_is_carried_to_another_ledger_by_stick(ledger, pack, tmp_path: Path) -> None:
    made = add_checklist(ledger, pack)
    path = tmp_path / "清单.zbkh"
    path.write_text(write_checklist(ledger, made.id), "utf-8")
    again = checklist_file(path)
    assert replace(again.checklist, position=1, id=made.id) == made
    assert again.items == pack.items
    with pytest.raises(Refused, match="已经有"):
        add_checklist(ledger, again)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "缺少"),
        ("= [", "读不懂"),
        ("[checklist]\nformat = 9", "版本"),
        ("[checklist]\nformat = 1\ntitle = '甲'", "没有检查项目"),
        ("[checklist]\nformat = 1\ntitle = '甲'\nperiod = '每天'", "周期"),
        ("[checklist]\nformat = 1\ntitle = '甲'\n[[item]]\nlabel = '乙'", "full"),
        ("[checklist]\nformat = 1\ntitle = '甲'\n[[item]]\nlabel = '乙'\nfull = 5.55", "一位小数"),
        ("[checklist]\nformat = 1\ntitle = '甲'\n[[item]]\nlabel = '乙'\nfull = true", "full"),
        ("[checklist]\nformat = 1\ntitle = '甲'\n[[item]]\nlabel = '乙'\nfull = 5\ndeduct = 6", "还多"),
        ("[checklist]\nformat = 1\ntitle = '甲'\n[[item]]\nlabel = '乙'\nfull = 5\njudged = 'x'", "judged"),
        ("item = 3\n[checklist]\nformat = 1\ntitle = '甲'", "写法不对"),
        ("[checklist]\nformat = 1\ntitle = 3", "文字"),
        ("[checklist]\nformat = 1\ntitle = '甲'\nshare = 101", "0 至 100"),
        ("a = " + "[" * 5000, "读不懂"),
    ],
)
def test_a_pack_that_is_wrong_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        read_checklist(text)
    assert words in f"{caught.value}"


def test_what_is_no_pack_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "照片.zbkh"
    path.write_bytes(b"\xff\xfe\x00\x01" * 50)
    with pytest.raises(Refused, match=r"照片\.zbkh"):
        checklist_file(path)
    with pytest.raises(Refused, match="找不到"):
        checklist_file(tmp_path / "没有.zbkh")


# --- on paper, as a sheet, upward -----------------------------------------------------------------------


def test_a_self_check_is_printed_with_its_sums_and_signatures(sample, tmp_path: Path) -> None:
    year = load_year(sample, 2026)
    (scheme,) = year.schemes
    scored = scheme.checks[-1]
    text = text_of(print_form(year, "self_check", scored.check.id, TODAY).data)
    for word in ("党支部“五化”建设自查", "2026年第二季度", "组织生活正常化", "上级党组织审核（签章）", "各方面得分"):
        assert word in "".join(text.split()), word
    path = tmp_path / "自查.xlsx"
    path.write_bytes(self_check_workbook(year, scored.check.id))
    cells = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert scheme.total(scored) / 10 in cells and "合计" in cells


def test_the_share_of_the_marks_is_handed_up(sample) -> None:
    year = load_year(sample, 2026)
    (scheme,) = year.schemes
    rows = extract(sample, year, "a" * 32, TODAY, Detail.FIGURES, ())["figure"]
    told = {row[2]: row[3:] for row in rows}
    label, unit, value = told["self_check:five_standards:Q1"]
    assert (label, unit) == ("党支部“五化”建设自查 第一季度得分率", "‰")
    assert value == scheme.permille(scheme.checks[0]) and 0 < value <= 1000
    early = extract(sample, year, "a" * 32, date(2026, 2, 1), Detail.FIGURES, ())["figure"]
    assert not any(row[2].startswith("self_check") for row in early)
