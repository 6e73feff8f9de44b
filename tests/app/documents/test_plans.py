"""Documents of superiors read: the shared ones against their right reading, and each reader by itself."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.attachments import Attachment
from app.dates import PartialDate
from app.documents.counts import counts_in
from app.documents.days import days_in, year_of
from app.documents.numbers import read_number
from app.documents.outline import numbered, paragraphs
from app.documents.plan import read_plan
from app.documents.taking import (
    Change,
    ProposalKind,
    Received,
    kinds_for,
    known_document,
    proposals,
    take_document,
    turned,
)
from app.errors import Refused
from app.life.meetings import Meeting, Minutes, record_meeting
from app.life.plans import PlannedEvent
from app.people.members import Member, MemberStatus, Standing
from app.people.roster import Roster
from app.reports.forms import print_form
from app.rules.local_rules import LocalRule
from app.rules.meeting_types import MeetingType
from app.work.rectifications import Light
from app.work.superior_documents import DocumentItem, SuperiorDocument
from app.work.tasks import Task
from app.year.ledger import load_year
from app.year.superior_documents import document_progress, meetings_naming
from tests.app.reports.test_reports import plain, text_of
from ui.command_line.plans import as_json

PLANS = Path(__file__).parents[4] / "shared/samples/plans"
with_documents = pytest.mark.skipif(not PLANS.exists(), reason="the sample documents are not beside this copy")
TODAY = date(2026, 3, 1)


@with_documents
def test_the_shared_documents_are_read_as_they_should_be() -> None:
    told = importlib.util.spec_from_file_location("score", PLANS / "score.py")
    assert told and told.loader
    score = importlib.util.module_from_spec(told)
    told.loader.exec_module(score)
    total: Counter = Counter()
    for answer in sorted(PLANS.glob("*.json")):
        read = as_json(read_plan(answer.with_suffix(".txt").read_text("utf-8")))
        sums, _ = score.score(json.loads(answer.read_text("utf-8")), json.loads(json.dumps(read)))
        total += sums
    for kind, least in (("items", 0.97), ("counts", 0.95), ("dates", 0.95)):
        assert total[kind, "hit"] >= least * total[kind, "given"], kind
        assert total[kind, "hit"] >= least * total[kind, "want"], kind
    assert total["units", "ok"] >= 0.95 * total["units", "n"]
    assert total["branch", "ok"] >= 0.95 * total["branch", "n"]


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.txt")), ids=lambda path: path.stem[:10])
def test_every_quotation_stands_in_the_document(path: Path) -> None:
    lines = "".join("".join(paragraphs(path.read_text("utf-8"))).split())
    told = read_plan(path.read_text("utf-8"))
    for quote in [found.quote for found in (*told.counts, *told.dates)]:
        assert "".join(quote.split()) in lines


# --- each reader ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("３", 3),
        ("十", 10),
        ("十二", 12),
        ("四十", 40),
        ("两", 2),
        ("一百二十", 120),
        ("二〇", 20),
        ("2.5", 2.5),
    ],
)
def test_numbers_are_read(text: str, number: float) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "次", "第3", "3次"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("6月底前完成整改", ["2026-06-30"]),
        ("２月底前召开", ["2026-02-28"]),
        ("3月上旬动员", ["2026-03-10"]),
        ("5月中旬前报送", ["2026-05-20"]),
        ("第三季度末", ["2026-09-30"]),
        ("上半年", ["2026-06-30"]),
        ("3月—6月自查自纠，7月至9月集中治理", ["2026-06-30", "2026-09-30"]),
        ("6月1日至10日公示", ["2026-06-10"]),
        ("2026年11月—2027年2月", ["2027-02-28"]),
        ("12月20日前报送总结，次年1月15日前归档", ["2026-12-20", "2027-01-15"]),
        ("年底前开展考核", ["2026-12-31"]),
        ("十一月底前", ["2026-11-30"]),
        ("每月25日前报送", []),
        ("每年7月组织体检", []),
        ("活动结束后两日内报送", []),
        ("学习《条例》（2026年3月修订）", []),
        ("近3个月", []),
        ("2月30日前", []),
    ],
)
def test_days_to_act_by_are_read(text: str, due: list[str]) -> None:
    alone = text in ("第三季度末", "上半年")
    assert [day.due_on.isoformat() for day in days_in(text, 2026, alone=alone)] == due


def test_without_a_year_there_is_no_day_but_one_that_says_its_own() -> None:
    assert days_in("6月底前完成", None) == []
    assert [day.due_on for day in days_in("2027年6月底前完成", None)] == [date(2027, 6, 30)]


@pytest.mark.parametrize(
    ("title", "lines", "year"),
    [
        ("2026年党建工作要点", [], 2026),
        ("2026年度党建工作计划", [], 2026),
        ("关于做好2025年度组织生活会工作的通知", ["2026年1月8日"], 2026),
        ("党建工作方案", ["某委员会", "二〇二六年三月十五日"], 2026),
        ("党建工作方案", ["某党发〔2026〕12号"], 2026),
        ("党建工作方案", [], None),
    ],
)
def test_the_year_is_the_document_s_own(title: str, lines: list[str], year: int | None) -> None:
    assert year_of(title, lines) == year


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("支部学习不少于40次", [(40, "次", "once")]),
        ("全年支部学习不少于四十次", [(40, "次", "year")]),
        ("各支部每季度不少于1次", [(1, "次", "quarter")]),
        ("每两个月开展1次青年学习", [(1, "次", "two_months")]),
        ("每半年至少研究一次", [(1, "次", "half_year")]),
        ("党员每年学习不少于32学时，书记不少于５６学时", [(32, "学时", "year"), (56, "学时", "year")]),
        ("覆盖率达到95%以上", [(95, "%", "once")]),
        ("党小组会每月召开1—2次", [(1, "次", "month")]),
        ("每周回访至少5名", [(5, "名", "week")]),
        ("讲一次专题党课", [(1, "次", "once")]),
        ("每名党员撰写心得体会不少于2篇", [(2, "篇", "once")]),
        ("贯彻第十三次党代会精神", []),
        ("实施“五个一百”工程", []),
        ("庆祝建党105周年", []),
        ("坚决做到“两个维护”", []),
        ("人数不超过5名", []),
        ("有正式党员3人以上的，应当成立支部", []),
        ("5个工作日内报送", []),
        ("权重30%", []),
        ("作为一项重要政治任务", []),
        ("2026年第3期", []),
    ],
)
def test_countable_requirements_are_read_and_look_alikes_are_not(text: str, found: list) -> None:
    assert [(count.minimum, count.unit, count.period) for count in counts_in(text)] == found


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("一、加强领导", "chinese", "一"),
        ("（二）抓好学习", "bracket", "二"),
        ("(三)抓好学习", "bracket", "三"),
        ("1.设立先锋岗", "digit", "1"),
        ("2、设立先锋岗", "digit", "2"),
        ("（1）设立", "digit_bracket", "1"),
        ("①设立", "circle", "①"),
        ("第三章 党小组会", "chapter", "三"),
        ("1.2 健全机制", "dotted", "1.2"),
    ],
)
def test_a_numbered_line_is_told_by_its_sign(line: str, kind: str, number: str) -> None:
    told = numbered(line)
    assert told is not None and told[:2] == (kind, number)


@pytest.mark.parametrize("line", ["2026年3月30日", "3月底前完成", "5.5亿元", "一是加强领导", "各支部"])
def test_a_line_that_only_looks_numbered_is_not(line: str) -> None:
    assert numbered(line) is None


def test_a_table_with_one_cell_a_line_is_a_table() -> None:
    cells = "序号 工作任务 主要内容 完成时间 责任单位 配合单位 1 规范组织生活 支委会每月召开1次 全年 各党支部 组织科"
    cells += " 2 发展党员 集中培训不少于24学时 11月底 组织科 各党支部"
    told = read_plan("2026年党建工作任务分解表\n" + "\n".join(cells.split()))
    assert [(item.no, item.title, item.units) for item in told.items] == [
        ("1", "规范组织生活", ("各党支部", "组织科")),
        ("2", "发展党员", ("组织科", "各党支部")),
    ]
    assert [found.due_on for found in told.dates] == ["2026-11-30"]


@pytest.mark.parametrize(
    "text",
    [
        "党建工作简报\n第3期\n一、学习\n各支部每月学习1次，6月底前完成。",
        "在全市组织部长会议上的讲话\n一、抓学习\n各级党组织要每月至少学习1次。",
        "今天天气很好。",
        "",
    ],
)
def test_nothing_to_do_in_a_text_means_nothing_proposed(text: str) -> None:
    told = read_plan(text)
    assert (told.items, told.counts, told.dates) == ((), (), ())


# --- into the ledger ------------------------------------------------------------------------------------


@with_documents
def test_what_concerns_the_branch_goes_in_with_the_document_in_one_action(ledger) -> None:
    text = (PLANS / "example-06.txt").read_text("utf-8")
    told = read_plan(text)
    wanted = proposals(told, TODAY)
    assert {item.kind for item in wanted} == {ProposalKind.TASK, ProposalKind.REPORT, ProposalKind.RULE}
    chosen = {place for place, item in enumerate(wanted) if item.ticked}
    received = Received(told, text, "清单.txt", text.encode(), TODAY)
    assert take_document(ledger, received, wanted, chosen) == len(chosen)
    tasks = {task.task: task for task in ledger[Task].all()}
    assert "7 落实“一案一警示”" not in tasks
    assert (tasks["2 制定支部年度计划"].due_on, tasks["2 制定支部年度计划"].lead) == (date(2026, 3, 15), "机关党委")
    (rule,) = ledger[LocalRule].all()
    assert (rule.minimum, rule.first_year, rule.last_year) == (2, 2026, 2026)
    assert [item.name for item in ledger[Attachment].all()] == ["清单.txt"]
    (document,) = ledger[SuperiorDocument].all()
    assert (document.title, document.received_on, document.text) == (told.title, TODAY, text)
    again = proposals(told, TODAY, ledger[DocumentItem].all(document=document.id))
    assert {item.change for item in again if item.known} == {Change.KNOWN}
    assert not any(item.ticked for item in again)
    ledger.history.undo()
    assert ledger[Task].all() == [] and ledger[LocalRule].all() == [] and ledger[SuperiorDocument].all() == []


def test_a_document_that_asks_for_nothing_is_kept_by_itself(ledger) -> None:
    text = "今天天气很好。"
    assert take_document(ledger, Received(read_plan(text), text, "", b"", TODAY), [], ()) == 0
    assert [item.text for item in ledger[SuperiorDocument].all()] == [text]
    assert ledger[DocumentItem].all() == [] and ledger[Attachment].all() == []


PLAN = """支部工作安排
一、重点任务
1. 制定支部年度计划。6月底前完成。
2. 支部开展主题党日，每月1次。
3. 支部召开组织生活会，8月31日前召开。
"""


def taken(ledger, text: str) -> list:
    """Take everything that is ticked; returns what was proposed."""
    told = read_plan(text, 2026)
    known = known_document(ledger, told)
    wanted = proposals(told, TODAY, ledger[DocumentItem].all(document=known.id) if known else ())
    chosen = {place for place, item in enumerate(wanted) if item.ticked}
    take_document(ledger, Received(told, text, "安排.txt", text.encode(), TODAY), wanted, chosen)
    return wanted


def test_a_document_that_comes_again_shows_and_enters_what_differs_alone(ledger) -> None:
    taken(ledger, PLAN)
    (first, *_) = ledger[Task].all()
    ledger[Task].save(replace(first, percent=40, progress="已起草"))
    newer = PLAN.replace("6月底前", "7月15日前").replace("每月1次", "每月2次") + "4. 支部更新公示栏。\n"
    newer = newer.replace("3. 支部召开组织生活会，8月31日前召开。\n", "")
    wanted = taken(ledger, newer)
    told = {item.title: item.change for item in wanted}
    assert told["制定支部年度计划"] is Change.CHANGED and told["支部更新公示栏"] is Change.NEW
    assert [item.title for item in wanted if item.change is Change.GONE] == ["支部召开组织生活会，8月31日前召开"]
    again = ledger[Task].get(first.id)
    assert (again.due_on, again.percent, again.progress) == (date(2026, 7, 15), 40, "已起草")
    assert [rule.minimum for rule in ledger[LocalRule].all()] == [2]
    assert len(ledger[SuperiorDocument].all()) == 1


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("某党〔2026〕3号", 2026), ("某党〔2026〕8号", 2026), 2),
        (("某党〔2026〕3号", 2026), ("某党[2026]3号", 2026), 1),
        (("某党〔2026〕3号", 2026), ("", 2026), 1),
        (("", 2025), ("", 2026), 2),
        (("", 2026), ("", 2026), 1),
    ],
)
def test_documents_of_one_title_are_told_apart_by_number_or_year(ledger, first, second, kept: int) -> None:
    for number, year in (first, second):
        text = PLAN.replace("支部工作安排", f"{year}年支部工作安排", 1)
        told = replace(read_plan(text), title="支部工作安排", number=number)
        known = known_document(ledger, told)
        items = ledger[DocumentItem].all(document=known.id) if known else ()
        wanted = proposals(told, TODAY, items)
        received = Received(told, text, "安排.txt", text.encode(), TODAY)
        take_document(ledger, received, wanted, {place for place, item in enumerate(wanted) if item.ticked})
    assert len(ledger[SuperiorDocument].all()) == kept


def test_an_item_with_a_day_and_a_kind_of_meeting_may_become_a_planned_event(ledger) -> None:
    told = read_plan(PLAN, 2026)
    meeting = next(item for item in proposals(told, TODAY) if "组织生活会" in item.title)
    assert ProposalKind.EVENT in kinds_for(meeting)
    event = turned(meeting, ProposalKind.EVENT, told, TODAY).record
    assert isinstance(event, PlannedEvent)
    assert (event.planned_on, event.type) == (date(2026, 8, 31), MeetingType.LIFE_MEETING)
    plain = next(item for item in proposals(told, TODAY) if "年度计划" in item.title)
    with pytest.raises(Refused):
        turned(plain, ProposalKind.EVENT, told, TODAY)


def test_the_page_of_a_document_says_item_by_item_what_was_done(ledger) -> None:
    taken(ledger, PLAN)
    day = date(2026, 7, 20)
    ledger[Member].save(Member(name="甲一"))
    ledger[Standing].save(Standing(member=1, since=PartialDate.parse("2010-01"), status=MemberStatus.FULL))
    for month in (1, 2, 3):
        meeting = Meeting(held_on=date(2026, month, 10), subject="学习《支部工作安排》")
        record_meeting(ledger, Minutes(meeting, (MeetingType.THEME_DAY,)), Roster((), (), (), ()), day)
    first = ledger[Task].all()[0]
    ledger[Task].save(replace(first, percent=100, evidence="计划文本", closed_on=date(2026, 6, 20)))
    year = load_year(ledger, 2026)
    (document,) = year.documents
    found = {item.item.title: item for item in document_progress(year, document.id, day)}
    assert found["制定支部年度计划"].light is Light.CLOSED
    rule = found["每月主题党日至少 1 次"]
    assert rule.light is Light.RED and "已开展 3 次，要求 12 次" in rule.words and "4月、5月、6月" in rule.words
    assert rule.evidence == "1.10、2.10、3.10"
    assert found["支部召开组织生活会，8月31日前召开"].light is Light.GREEN
    assert len(meetings_naming(year, document)) == 3


@with_documents
def test_a_document_of_a_hundred_pages_is_read_whole() -> None:
    text = (PLANS / "example-03.txt").read_text("utf-8")
    told = read_plan(text * 30)
    assert len(told.items) >= 30 * 10


def test_the_number_of_a_document_is_read_from_its_head() -> None:
    assert read_plan("某单位党组文件\n某科协党发〔2026〕26号\n某单位工作要点\n").number == "某科协党发〔2026〕26号"
    assert read_plan("某单位工作要点\n按照某党发〔2026〕26号要求\n").number == ""


def test_the_report_of_studying_a_document_names_who_attended_and_leaves_room_for_words(sample) -> None:
    year = load_year(sample, 2026)
    document = year.documents[0]
    held = year.minutes[-1]
    meeting = replace(held.meeting, subject=f"学习《{document.title}》")
    year = replace(year, minutes=(*year.minutes[:-1], replace(held, meeting=meeting)))
    text = plain(text_of(print_form(year, "document_study", document.id, date(2026, 7, 16)).data))
    names = [year.roster[row.member].name for row in held.attended if row.member]
    assert names and all(f"{plain(name)}1次" in text for name in names)
    assert "共组织学习1次" in text and text.count("请补写") >= 2
