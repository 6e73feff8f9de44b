"""规则包: written, read, refused in words; laid over what the program brings; the branch's own changes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.rules.changes import (
    RuleChange,
    RulePack,
    check_change,
    own_pack,
    packs_of,
    read_figure,
    remove_change,
    remove_pack,
    save_change,
    take_pack,
    year_rules,
)
from app.rules.kinds import Layer
from app.rules.local_rules import LocalRule, RulePeriod, mute_rule, save_local_rule
from app.rules.meeting_types import MeetingType
from app.rules.packs import differences, digest_of, read_pack, write_pack
from app.rules.rulebook import rulebook_of, rulebook_on
from app.year.ledger import load_year
from app.year.standing import standing

TODAY = date(2026, 11, 21)
RULES = rulebook_on(TODAY)


def pack(kind: str = "hours", layer: Layer = Layer.SUPERIOR, **told: object) -> str:
    entry = {"code": "study_hours", "member": 40, "reason": "年度要点", "from": date(2026, 1, 1), **told}
    return write_pack("p1", "示例市直工委要点", layer, "示例市直工委", TODAY, {kind: [entry]})


def laid(*texts: str):
    return rulebook_on(TODAY, tuple(read_pack(text) for text in texts))


# --- what a pack changes --------------------------------------------------------------------------------


def test_a_pack_changes_the_figures_it_names_and_says_whose_they_are() -> None:
    book = laid(pack())
    assert book.hours is not None and RULES.hours is not None
    assert (book.hours.member, book.hours.committee) == (40, RULES.hours.committee)
    source = book.hours.source_of("member")
    assert (source.layer, source.source, source.reason, source.since) == (
        "上级",
        "示例市直工委要点",
        "年度要点",
        date(2026, 1, 1),
    )
    assert book.hours.source_of("committee").layer == "中央"
    (difference,) = differences(RULES, book)
    assert (difference.was, difference.becomes, difference.source) == ("32", "40", "示例市直工委要点")


def test_the_branch_lies_over_the_superior_whichever_came_first() -> None:
    own = pack(layer=Layer.BRANCH, member=48)
    for book in (laid(pack(), own), laid(own, pack())):
        assert book.hours is not None and book.hours.member == 48


def test_a_pack_holds_within_its_days_only() -> None:
    text = pack(**{"from": date(2026, 3, 1), "until": date(2026, 6, 30)})
    held = read_pack(text)
    hours = [
        rulebook_on(day, (held,)).hours
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert [rule.member for rule in hours if rule] == [32, 40, 40, 32]


@pytest.mark.parametrize(
    ("kind", "told", "read"),
    [
        ("committee", {"code": "committee_term", "most_members": 9}, lambda b: b.committee.most_members == 9),
        ("people", {"code": "people_terms", "letter_days": 60}, lambda b: b.people.letter_days == 60),
        ("collection", {"code": "dues_collection", "warn_months": 2}, lambda b: b.collection.warn_months == 2),
        ("remind", {"code": "reminders", "soon_days": 45}, lambda b: b.remind.soon_days == 45),
        ("remind", {"code": "reminders", "task_days": 3}, lambda b: b.remind.task_days == 3),
        ("absence", {"code": "absence", "months": 4}, lambda b: b.absence.months == 4),
        ("surplus", {"code": "election_surplus", "percent": 30}, lambda b: b.surplus.least_candidates(5) == 7),
        (
            "majority",
            {"code": "vote_ordinary", "quorum": {"numerator": 2, "denominator": 3, "reach": "at_least"}},
            lambda b: b.majorities["一般事项"].quorum.least(9) == 6,
        ),
        (
            "appraisal_rule",
            {"code": "appraisal_excellent", "excellent": {"numerator": 1, "denominator": 5, "reach": "at_least"}},
            lambda b: b.appraisal.excellent.most(11) == 2,
        ),
        ("fixed", {"code": "dues_farmer", "fen": 50}, lambda b: b.fixed_dues["农民"].fen == 50),
        ("bracket", {"code": "dues_employed", "cap_fen": 80000}, lambda b: b.dues_brackets["在职"].cap_fen == 80000),
        ("development", {"code": "development_terms", "notice_days": 7}, lambda b: b.development.notice_days == 7),
        (
            "quota",
            {"code": "theme_day", "minimum": 2},
            lambda b: {q.code: q.minimum for q in b.quotas}["theme_day"] == 2,
        ),
        ("talks", {"code": "talk_each_member", "minimum": 2}, lambda b: [t.minimum for t in b.talks][-1] == 2),
    ],
)
def test_every_kind_can_be_changed_by_a_higher_layer(kind: str, told: dict, read) -> None:
    text = write_pack("p", "要点", Layer.SUPERIOR, "", TODAY, {kind: [{**told, "reason": "要点", "from": TODAY}]})
    assert read(laid(text)) and not read(RULES)
    assert rulebook_on(date(2026, 11, 20), (read_pack(text),)).quotas == rulebook_on(date(2026, 11, 20)).quotas


def test_a_new_activity_of_a_superior_is_counted_from_its_day_on(ledger) -> None:
    told = {
        "code": "superior_warning",
        "label": "警示教育",
        "type": "警示教育",
        "period": "quarter",
        "minimum": 1,
        "audience": "branch",
        "source": "年度要点第三条",
        "from": date(2026, 7, 1),
    }
    take_pack(ledger, write_pack("p", "要点", Layer.SUPERIOR, "", TODAY, {"quota": [told]}), TODAY)
    quotas = [q for q in load_year(ledger, 2026).rulebook.quotas if q.code == "superior_warning"]
    assert [(q.since, q.level, q.layer) for q in quotas] == [(date(2026, 7, 1), "上级", "上级")]


def test_a_minimum_that_rises_within_the_year_counts_by_month(ledger) -> None:
    from app.people.members import Member, MemberStatus, enrol

    enrol(ledger, Member(name="甲一"), date(2026, 1, 1), status=MemberStatus.FULL)
    told = {"code": "theme_day", "minimum": 2, "reason": "要点", "from": date(2026, 7, 1)}
    take_pack(ledger, write_pack("p", "要点", Layer.SUPERIOR, "", TODAY, {"quota": [told]}), TODAY)
    duties = [d for d in standing(load_year(ledger, 2026), TODAY) if d.rule == "theme_day"]
    assert [duty.required for duty in duties] == [1] * 6 + [2] * 6
    assert [duty.period for duty in duties] == [f"2026-{month:02}" for month in range(1, 13)]


def test_the_day_the_text_of_2026_begins_can_be_moved(ledger) -> None:
    change = RuleChange(
        kind="development", code="development-2026", field="starts", value="2026-07-01", since=TODAY, reason="接通知"
    )
    save_change(ledger, change)
    rule = year_rules(ledger, 2026).development
    assert rule.on(date(2026, 6, 30)).code == "development_terms"
    assert rule.on(date(2026, 7, 1)).code == "development-2026"
    assert rulebook_of(2026).development.on(date(2026, 6, 30)).code == "development-2026"


# --- what is refused ------------------------------------------------------------------------------------

GOOD = pack()


def as_quota(text: str, code: str, line: str) -> str:
    return text.replace("[[hours]]", "[[quota]]").replace("study_hours", code).replace("member = 40", line)


def signed(text: str) -> str:
    """The text with the digest it should have."""
    return re.sub(r'^digest = ".*"$', f'digest = "{digest_of(text)}"', text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.replace("member = 40", "member = 41"), "校验码对不上"),
        (lambda t: t[: len(t) // 2], "规则包"),
        (lambda t: signed(t.replace("format = 1", "format = 2")), "比本程序新"),
        (lambda t: signed(t.replace("format = 1", 'format = "一"')), "格式版本"),
        (lambda t: signed(t.replace("[[hours]]", "[[weather]]")), "不认识的规则种类“weather”"),
        (lambda t: signed(t.replace("member = 40", "colour = 40")), "“colour”不认识"),
        (lambda t: signed(t.replace("from = 2026-01-01", "from = 2026-02-30")), "日期写错了"),
        (lambda t: signed(t.replace("from = 2026-01-01", 'from = "2026年1月"')), "不是日期"),
        (lambda t: signed(t.replace("from = 2026-01-01", "until = 2026-01-01")), "从哪一天起"),
        (lambda t: signed(t.replace("from = 2026-01-01", "from = 2026-01-01\nuntil = 2025-12-31")), "早于起始"),
        (lambda t: signed(t.replace('layer = "上级"', 'layer = "中央"')), "只随程序更新"),
        (lambda t: signed(t.replace('layer = "上级"', 'layer = "街道"')), "层级“街道”不认识"),
        (lambda t: signed(t.replace('reason = "年度要点"', 'reason = ""')), "没有写理由"),
        (lambda t: signed(t.replace("member = 40", 'member = "四十"')), "类型不对"),
        (lambda t: signed(t.replace("member = 40", "member = -1")), "数目不对"),
        (lambda t: signed(t.replace("member = 40", "member = true")), "类型不对"),
        (lambda t: signed(t.replace('code = "study_hours"', "code = 5")), "没有代码"),
        (lambda t: signed(t.replace("[[hours]]", "[hours]")), "写法不对"),
        (lambda _: "", "不是规则包"),
        (lambda _: "PK\x03\x04", "读不懂"),
        (lambda _: "a = " + "[" * 5000, "读不懂"),
        (lambda _: "x" * 1_000_001, "太大"),
        (lambda t: signed(as_quota(t, "new_one", "minimum = 2")), "不完整"),
        (lambda t: signed(as_quota(t, "theme_day", 'period = "week"')), "period"),
    ],
)  # fmt: skip
def test_what_is_no_good_pack_is_refused_in_words_and_nothing_changes(ledger, change, words: str) -> None:
    with pytest.raises(Refused, match=re.escape(words)):
        take_pack(ledger, change(GOOD), TODAY)
    assert ledger[RulePack].all() == [] and packs_of(ledger) == ()


def test_two_entries_over_the_same_days_are_refused() -> None:
    entry = {"code": "study_hours", "member": 40, "reason": "一", "from": date(2026, 1, 1)}
    text = write_pack("p", "要点", Layer.SUPERIOR, "", TODAY, {"hours": [entry, {**entry, "member": 44}]})
    with pytest.raises(Refused, match="日期重叠"):
        read_pack(text)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for wanted in (text, GOOD + text, GOOD.replace("member = 40", text)):
        try:
            read_pack(wanted)
        except Refused as refusal:
            assert refusal.text


def test_line_ends_and_a_mark_before_the_text_do_not_matter() -> None:
    assert read_pack("\ufeff" + GOOD.replace("\n", "\r\n")).title == "示例市直工委要点"


# --- kept in the ledger ---------------------------------------------------------------------------------


def test_a_pack_of_the_same_code_takes_the_place_of_the_earlier(ledger) -> None:
    take_pack(ledger, pack(), TODAY)
    with pytest.raises(Refused, match="已经导入过"):
        take_pack(ledger, pack(), TODAY)
    take_pack(ledger, pack(member=44), TODAY)
    (kept,) = ledger[RulePack].all()
    hours = year_rules(ledger, 2026).hours
    assert hours is not None and hours.member == 44
    remove_pack(ledger, kept)
    hours = year_rules(ledger, 2026).hours
    assert hours is not None and hours.member == 32
    ledger.history.undo()
    assert len(ledger[RulePack].all()) == 1


def test_the_branch_changes_a_figure_with_a_reason_and_gives_it_back(ledger) -> None:
    told = RuleChange(
        kind="people", code="people_terms", field="letter_days", value="60", since=TODAY, reason="县里要求"
    )
    kept = save_change(ledger, told)
    book = year_rules(ledger, 2026)
    assert book.people.letter_days == 60
    assert book.people.source_of("letter_days").reason == "县里要求"
    remove_change(ledger, kept)
    assert year_rules(ledger, 2026).people.letter_days == 90


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"value": "六十"}, "value"),
        ({"field": "colour"}, "field"),
        ({"until": date(2026, 1, 1)}, "until"),
        ({"kind": "weather"}, "kind"),
    ],
)
def test_a_change_that_cannot_be_is_told_beside_its_field(ledger, fields: dict, field: str) -> None:
    told = {"kind": "people", "code": "people_terms", "field": "letter_days", "value": "60", "since": TODAY}
    change = RuleChange(**{**told, "reason": "县里要求", **fields})
    assert [problem.field for problem in check_change(change)] == [field]
    with pytest.raises(Refused):
        save_change(ledger, change)


@pytest.mark.parametrize(
    ("kind", "field", "text", "value"),
    [
        ("committee", "remind_months", "3、6、1", [6, 3, 1]),
        ("collection", "large_fen", "1,200.00", 120000),
        ("development", "starts", "2026-06-01", date(2026, 6, 1)),
        ("development", "notice_before_candidate", "否", False),
        ("people", "letter_days", " 60 ", 60),
    ],
)
def test_figures_are_read_as_they_are_typed(kind: str, field: str, text: str, value: object) -> None:
    assert read_figure(kind, field, text) == value


@pytest.mark.parametrize(("text", "more"), [("超过 1/2", True), ("不少于 4/5", False), ("2/3", False)])
def test_a_share_is_read_as_it_is_typed(text: str, more: bool) -> None:
    assert (read_figure("majority", "quorum", text)["reach"] == "more_than") is more
    with pytest.raises(ValueError, match="超过"):
        read_figure("majority", "quorum", "5/4")


def test_the_branch_writes_its_own_rules_and_another_takes_them(ledger, vault, tmp_path) -> None:
    with pytest.raises(Refused, match="还没有自定"):
        own_pack(ledger, "自定", "甲支部", TODAY)
    save_change(
        ledger, RuleChange(kind="hours", code="study_hours", field="member", value="40", since=TODAY, reason="自加压力")
    )
    rule = LocalRule(
        label="志愿服务", type=MeetingType.VOLUNTEERING, period=RulePeriod.QUARTER, minimum=2, first_year=2026
    )
    save_local_rule(ledger, rule)
    mute_rule(ledger, "party_lecture", 2026, "合并到主题党日")
    text = own_pack(ledger, "自定", "甲支部", TODAY)
    held = read_pack(text)
    assert held.layer is Layer.BRANCH
    book = rulebook_of(2026, (held,))
    minimums = {quota.label: quota.minimum for quota in book.quotas}
    assert (minimums["志愿服务"], minimums["党课"]) == (2, 0)
    assert book.hours is not None and book.hours.member == 40
