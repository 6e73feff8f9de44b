"""Documents of superiors read: the shared ones against their right reading, and each reader by itself."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.attachments import Attachment
from app.documents.counts import counts_in
from app.documents.days import days_in, year_of
from app.documents.numbers import read_number
from app.documents.outline import numbered, paragraphs
from app.documents.plan import read_plan
from app.documents.taking import ProposalKind, proposals, take_document
from app.errors import Refused
from app.rules.local_rules import LocalRule
from app.work.tasks import Task
from ui.command_line.plans import as_json

PLANS = Path(__file__).parents[4] / "shared/samples/plans"
TODAY = date(2026, 3, 1)


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


def test_what_concerns_the_branch_goes_in_with_the_document_in_one_action(ledger) -> None:
    text = (PLANS / "example-06.txt").read_text("utf-8")
    told = read_plan(text)
    wanted = proposals(told, TODAY)
    assert {item.kind for item in wanted} == {ProposalKind.TASK, ProposalKind.REPORT, ProposalKind.RULE}
    chosen = [item for item in wanted if item.ticked]
    assert take_document(ledger, told, chosen, "清单.txt", text.encode(), TODAY) == len(chosen)
    tasks = {task.task: task for task in ledger[Task].all()}
    assert "7 落实“一案一警示”" not in tasks
    assert (tasks["2 制定支部年度计划"].due_on, tasks["2 制定支部年度计划"].lead) == (date(2026, 3, 15), "机关党委")
    (rule,) = ledger[LocalRule].all()
    assert (rule.minimum, rule.first_year, rule.last_year) == (2, 2026, 2026)
    assert [item.name for item in ledger[Attachment].all()] == ["清单.txt"]
    assert take_document(ledger, told, chosen, "清单.txt", text.encode(), TODAY) == 0
    ledger.history.undo()
    assert ledger[Task].all() == [] and ledger[LocalRule].all() == []


def test_nothing_chosen_is_refused(ledger) -> None:
    with pytest.raises(Refused, match="没有要记入的"):
        take_document(ledger, read_plan("今天天气很好。"), [], "a.txt", b"x", TODAY)


def test_a_document_of_a_hundred_pages_is_read_whole() -> None:
    text = (PLANS / "example-03.txt").read_text("utf-8")
    told = read_plan(text * 30)
    assert len(told.items) >= 30 * 10
