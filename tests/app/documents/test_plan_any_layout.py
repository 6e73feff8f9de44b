"""However a document is numbered and names its units, what it asks for is what it says."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.plan import read_plan

NUMERALS = "一二三四五六七八九十"
HEADS = ("强化理论武装", "严格组织生活", "建强支部队伍", "抓好党员教育", "规范党费收缴", "加强作风建设", "做好发展党员")
UNITS = st.lists(
    st.sampled_from(("机关党委", "组织科", "宣传部", "各党支部", "第一党支部", "人事处", "纪检组", "办公室")),
    min_size=1,
    max_size=3,
    unique=True,
)
# A sentence, its counts (number, unit, period) and its days.
SENTENCES = (
    ("各党支部每月召开支委会不少于１次", ((1, "次", "month"),), ()),
    ("每季度至少召开一次支部党员大会", ((1, "次", "quarter"),), ()),
    ("支部书记每年讲党课不少于2次", ((2, "次", "year"),), ()),
    ("每半年开展1次警示教育", ((1, "次", "half_year"),), ()),
    ("每两个月开展一次主题党日", ((1, "次", "two_months"),), ()),
    ("每名党员撰写心得体会不少于三篇", ((3, "篇", "once"),), ()),
    ("举办培训班2期，每期不少于3天", ((2, "期", "once"), (3, "天", "once")), ()),
    ("党员参与率达到90%以上", ((90, "%", "once"),), ()),
    ("5月底前完成自查", (), ("2026-05-31",)),
    ("于4月21日前上报计划", (), ("2026-04-21",)),
    ("上半年完成换届", (), ("2026-06-30",)),
    ("第三季度末前完成整改", (), ("2026-09-30",)),
    ("6月10日至20日开展集中轮训", (), ("2026-06-20",)),
    ("主题党日每次参加人数不超过30人", (), ()),
    ("每月25日前缴纳党费", (), ()),
    ("庆祝建党105周年", (), ()),
)
NUMBERED = {
    "below its chapter": (lambda chapter, own, _: f"{chapter}{own}", lambda own, _: f"{own}."),
    "in brackets": (
        lambda chapter, own, _: f"{chapter}（{NUMERALS[own - 1]}）",
        lambda own, _: f"（{NUMERALS[own - 1]}）",
    ),
    "running on": (lambda _, __, running: str(running), lambda _, running: f"{running}、"),
}
BRACKETS = {
    "with a label": lambda units: f"（责任单位：{'、'.join(units)}）",
    "square": lambda units: f"〔{'、'.join(units)}〕",
    "who leads": lambda units: f"（{units[0]}牵头{'，' + '、'.join(units[1:]) + '配合' if units[1:] else ''}）",
    "in a line": lambda units: f"\n责任单位：{'、'.join(units)}",
}


@settings(max_examples=150)
@given(data=st.data())
def test_items_units_counts_and_days_are_those_of_the_document(data: st.DataObject) -> None:
    path, begin = NUMBERED[data.draw(st.sampled_from(sorted(NUMBERED)))]
    bracket = BRACKETS[data.draw(st.sampled_from(sorted(BRACKETS)))]
    lines = ["某局机关党委2026年党建工作要点"]
    items: list[tuple[str, str, tuple[str, ...]]] = []
    counts: Counter[tuple[str, float, str, str]] = Counter()
    days: set[tuple[str, str]] = set()
    for chapter in NUMERALS[: data.draw(st.integers(2, 3))]:
        lines.append(f"{chapter}、{data.draw(st.sampled_from(HEADS))}")
        for own in range(1, data.draw(st.integers(2, 4))):
            number = path(chapter, own, len(items) + 1)
            head, units = data.draw(st.sampled_from(HEADS)), data.draw(UNITS)
            told = data.draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True))
            body = "".join(f"{sentence}。" for sentence, _, _ in told)
            lines.append(f"{begin(own, len(items) + 1)}{head}。{body}{bracket(units)}")
            items.append((number, head, tuple(units)))
            counts.update((number, *count) for _, found, _ in told for count in found)
            days |= {(number, day) for _, _, found in told for day in found}
    if data.draw(st.booleans()):
        lines += ["某局机关党委", "2026年2月20日"]
    plan = read_plan("\n".join(lines))
    assert [(item.no, item.title, item.units) for item in plan.items] == items
    found = Counter((c.item, c.count.minimum, c.count.unit, c.count.period) for c in plan.counts)
    assert found == counts
    assert {(day.item, day.due_on) for day in plan.dates} == days
