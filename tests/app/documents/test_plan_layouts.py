"""How superiors lay their documents out: brackets, labelled lines, months as headings, columns of a table."""

from __future__ import annotations

from app.documents.plan import read_plan
from tests.app.documents.telling import YEAR, counts, days, table


def test_units_in_a_bracket_at_the_end_are_units_without_any_label() -> None:
    told = read_plan(
        YEAR
        + "一、领导\n（一）研究党建不少于4次。〔党委办公室、组织部〕\n（二）抓好述职评议。（组织部牵头，各党支部）\n"
        "二、基础\n（三）印发细则（试行）。\n（四）开展培训（见附件）。"
    )
    assert [item.units for item in told.items] == [("党委办公室", "组织部"), ("组织部", "各党支部"), (), ()]
    assert [item.no for item in told.items] == ["（一）", "（二）", "（三）", "（四）"], (
        "numbers run on through the chapters"
    )
    assert told.items[1].lead == "组织部" and told.items[1].title == "抓好述职评议"
    row = table("序号|任务|措施|完成时限|责任单位", "1|理论学习|集中学习|全年|各支部配合，宣传部牵头")
    assert row.items[0].units == ("宣传部", "各支部")


def test_what_is_to_be_kept_at_a_share_and_in_both_halves_of_a_year_are_counts() -> None:
    told = read_plan(YEAR + "一、任务\n1.“双带头人”比例保持100%。\n2.上、下半年各组织一次警示教育大会。")
    assert counts(told) == [(100, "%", "once"), (1, "次", "half_year")]


def test_keeping_time_is_asked_and_themes_of_months_are_no_days() -> None:
    told = read_plan(
        "2026年党员学习计划\n一、活动主题\n4月：学党章\n5月：学条例\n二、要求\n（一）保证时间。每月学习不少于4学时。\n（二）做好笔记。"
    )
    assert [item.title for item in told.items] == ["保证时间", "做好笔记"] and days(told) == []
    assert all(item.for_branch for item in told.items)


def test_several_months_and_halves_of_a_year_are_headings_too() -> None:
    told = read_plan(
        "2026年党支部工作计划\n三月份\n1、讲党课1次。\n四月至六月\n1、发展党员1名，确定积极分子2名。\n"
        "第三季度（7-9月）\n1、参观学习。\n下半年\n1、书记述职。\n每月\n1、收缴党费。"
    )
    assert [item.no for item in told.items] == ["三月份1", "四月至六月1", "第三季度1", "下半年1", "每月1"]
    assert days(told) == ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]
    assert counts(told) == [(1, "次", "once"), (1, "名", "once"), (2, "名", "once")]


def test_numbered_lines_that_only_say_of_what_they_are_a_part_are_one_task() -> None:
    told = read_plan(
        YEAR + "一、政治\n（一）健全学习制度\n1.任务内容：集中学习全年不少于12次。\n"
        "2.完成时限：4月30日、12月31日\n3.责任单位：宣传部\n"
        "（二）规范发展\n1.工作目标：发展党员3名。\n2.责任单位：各党支部"
    )
    assert [(item.no, item.title, item.units) for item in told.items] == [
        ("一（一）", "健全学习制度", ("宣传部",)),
        ("一（二）", "规范发展", ("各党支部",)),
    ]
    assert days(told) == ["2026-04-30", "2026-12-31"]
    assert counts(told) == [(12, "次", "year"), (3, "名", "once")]


def test_a_column_of_branches_says_who_and_a_paper_that_a_branch_signs_is_its_own() -> None:
    told = table("序号|支部|项目名称|主要内容|完成时间|责任人", "1|综合支部|青蓝结对|选派10名党员结对|11月30日|陈某")
    assert told.items[0].units == ("综合支部",) and counts(told) == [(10, "名", "once")]
    signed = read_plan(
        "2026年党建责任书\n甲方：机关党委\n乙方：第一党支部\n一、目标\n1.党费收缴率100%。\n2.宣传稿件采用2篇。"
    )
    assert all(item.for_branch for item in signed.items)


def test_a_first_half_in_a_document_signed_at_the_end_of_a_year_is_the_next() -> None:
    body = (
        "关于做好组织生活会的通知\n各党支部：\n1.学习。12月25日前完成。\n"
        "2.查摆。1月10日前形成清单。\n3.整改。2月底前报送。\n某委员会\n"
    )
    assert days(read_plan(body + "2023年12月20日")) == ["2023-12-25", "2024-01-10", "2024-02-29"]
    assert days(read_plan(body + "2026年1月5日")) == ["2026-12-25", "2026-01-10", "2026-02-28"]


def test_units_of_one_task_are_not_those_of_the_one_before() -> None:
    told = read_plan(
        YEAR + "1.抓班子。\n责任单位：党建办\n配合单位：各村（社区）党组织\n2.抓集体经济。\n"
        "责任单位：农业办\n3.抓教育。\n责任单位：组织办"
    )
    assert [item.units for item in told.items] == [("党建办", "各村（社区）党组织"), ("农业办",), ("组织办",)]
    both = read_plan(
        YEAR + "一、任务\n1.抓班子。\n2.抓队伍。\n牵头单位：组织部\n配合单位：各支部\n3.抓宣传。\n牵头单位：宣传部"
    )
    assert [item.units for item in both.items] == [("组织部", "各支部"), ("组织部", "各支部"), ("宣传部",)]


def test_a_row_without_its_last_cell_keeps_its_others() -> None:
    told = table("月份|会议类型|主要内容|参加人员|备注", "1月|支委会|研究计划|支委|", "3月|党课|学习全会精神|全体党员")
    assert [item.title for item in told.items] == ["支委会", "党课"] and days(told) == ["2026-01-31", "2026-03-31"]


def test_columns_of_quarters_say_what_is_to_be_done_until_their_ends() -> None:
    told = table(
        "序号|工作任务|一季度|二季度|三季度|四季度|责任单位",
        "1|理论学习|制定计划|读书班不少于3天|专题研讨1次|总结评估|宣传部",
    )
    assert told.items[0].units == ("宣传部",) and counts(told) == [(3, "天", "once"), (1, "次", "once")]
    assert days(told) == ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]


def test_a_sentence_may_say_who_sees_to_it() -> None:
    told = read_plan(
        YEAR + "（一）强基。排查到位。县委组织部牵头，各乡镇党委负责。\n"
        "（二）领航。分级培训。县委组织部、县委党校负责。\n（三）数字。按期完成。"
    )
    assert [item.units for item in told.items] == [("县委组织部", "各乡镇党委"), ("县委组织部", "县委党校"), ()]


def test_the_year_that_is_assessed_is_not_that_of_the_meeting() -> None:
    told = read_plan(
        "关于召开2025年度支部书记抓党建述职评议会的通知\n各党支部：\n1.撰写报告。1月10日前报送。\n某局机关党委\n2026年1月4日"
    )
    assert told.year == 2026 and days(told) == ["2026-01-10"] and told.issuer == "某局机关党委"


def test_bullets_are_paragraphs_where_there_are_no_numbers_and_bare_months_are_days() -> None:
    told = read_plan("2026年支部工作要点\n重点抓好以下工作：\n●加强学习：每人撰写心得2篇。\n●规范生活：6月底前开会。")
    assert [item.title for item in told.items] == ["加强学习", "规范生活"]
    assert counts(told) == [(2, "篇", "once")] and days(told) == ["2026-06-30"]
    assert days(table("月份|主题|学习内容|责任支部", "1|宗旨|全会精神|第一支部", "4-5|法治|宪法|各支部")) == [
        "2026-01-31",
        "2026-05-31",
    ]


def test_numbers_of_other_kinds() -> None:
    ordinal = read_plan("2026年主题党日安排\n第一，统一时间。每次不少于2小时。\n第二，丰富形式。开展活动4次。")
    assert [(item.no, item.title) for item in ordinal.items] == [("一", "统一时间"), ("二", "丰富形式")]
    roman = read_plan("2026年支部工作计划\nⅠ、学习\n1. 每月学习2次；\nⅡ、组织\n1. 发展党员1名；")
    assert [item.no for item in roman.items] == ["Ⅰ1", "Ⅱ1"]
    tasks = read_plan(
        "2026年重点任务\n任务一：强化引领\n责任部门：党群部\n任务二：夯实基础\n责任部门：各党支部\n完成时限：9月30日"
    )
    assert [(item.no, item.units) for item in tasks.items] == [("一", ("党群部",)), ("二", ("各党支部",))]
    assert days(tasks) == ["2026-09-30"]


def test_a_line_of_labels_may_say_until_when_and_how_much() -> None:
    told = read_plan(
        YEAR + "1.政治体检。\n责任单位：各支部；完成时限：5月底前；要求：形成报告1份。\n2.做好总结。\n责任单位：办公室"
    )
    assert [item.units for item in told.items] == [("各支部",), ("办公室",)]
    assert days(told) == ["2026-05-31"] and counts(told) == [(1, "份", "once")]


def test_units_named_over_what_is_theirs_hold_until_the_next_are_named() -> None:
    plan = read_plan(
        "2026年度党建工作责任清单\n责任主体：机关党委\n（一）学习\n1．举办培训班1期。\n"
        "责任主体：党支部\n（一）组织生活\n1．支委会每月1次。\n（二）党员管理\n1．流动党员每半年联系1次。"
    )
    assert [item.units for item in plan.items] == [("机关党委",), ("党支部",), ("党支部",)]


def test_the_title_of_a_paper_without_numbers_is_none_of_its_items() -> None:
    plan = read_plan("2026年第三季度主题党日活动安排\n七月：重温入党誓词。\n八月：观看警示教育片1部。")
    assert [item.title for item in plan.items] == ["七月：重温入党誓词", "八月：观看警示教育片1部"]
    assert days(plan) == ["2026-07-31", "2026-08-31"]


def test_a_table_in_marks_of_plain_text_is_a_table() -> None:
    plan = read_plan(
        "# 2026年度重点任务\n## 一、规定动作\n| 序号 | 任务 | 要求 | 完成时限 |\n|---|:---|---|---|\n"
        "| 1 | **党课** | 支部书记讲党课不少于2次 | 6月底 |\n| 2 | 组织生活会 | 召开1次 | 2027年1月底前 |"
    )
    assert [(item.no, item.title) for item in plan.items] == [("1", "党课"), ("2", "组织生活会")]
    assert counts(plan) == [(2, "次", "once"), (1, "次", "once")] and days(plan) == ["2026-06-30", "2027-01-31"]


def test_a_notice_of_what_branches_hold_asks_branches() -> None:
    plan = read_plan(
        "关于召开2025年度组织生活会的通知\n一、学习研讨。会前集中学习不少于1次。\n二、查摆问题。列出清单。"
    )
    assert [item.for_branch for item in plan.items] == [True, True]


def test_who_stands_before_the_one_that_leads_leads_with_it() -> None:
    told = read_plan(
        YEAR + "一、任务\n1.深化学习。(机关党委、办公室牵头，各科室、局属各单位配合)\n"
        "2.抓实教育。\n牵头：总支办公室  配合：各党支部\n3.办好实事。\n责任支部：房产科党支部、物业科党支部"
    )
    assert [item.units for item in told.items] == [
        ("机关党委", "办公室", "各科室", "局属各单位"),
        ("总支办公室", "各党支部"),
        ("房产科党支部", "物业科党支部"),
    ]


def test_numbers_and_stages_that_run_on_in_one_line_are_parts_each() -> None:
    told = read_plan(
        YEAR + "一、步骤\n第一阶段：部署启动（2月）；第二阶段：全面推进（3—10月）；第三阶段：总结验收（11—12月）。\n"
        "二、保障\n1．各支部3月20日前制定计划。2．建立培训档案。3．投入2.5万元。"
    )
    assert [item.title for item in told.items] == [
        *("部署启动（2月）", "全面推进（3—10月）", "总结验收（11—12月）"),
        *("各支部3月20日前制定计划", "建立培训档案", "投入2.5万元"),
    ]
    assert days(told) == ["2026-02-28", "2026-10-31", "2026-12-31", "2026-03-20"]


def test_a_line_that_only_begins_a_list_is_no_heading() -> None:
    told = read_plan(YEAR + "1、请于3月28日前报送计划。\n2、计划应包含：支部党员大会1次、支委会3次。")
    assert told.items[1].title == "计划应包含：支部党员大会1次、支委会3次"


def test_what_stands_over_the_duties_of_a_branch_and_its_members_is_theirs() -> None:
    told = read_plan(
        "某局2026年党建工作责任清单\n（一）支部书记责任\n1、带头讲课，每年不少于2次；\n（二）党员责任\n1、按月足额交纳党费；\n"
        "（三）党委责任\n1、研究全局工作；"
    )
    assert [item.for_branch for item in told.items] == [True, True, False]
    told = read_plan(
        "关于创建活动的通知\n公司所属各党支部：\n一、要求\n（1）提高认识。（2）加强宣传，每月报送稿件1篇。"
    )
    assert [(item.title, item.for_branch) for item in told.items] == [
        ("提高认识", True),
        ("加强宣传，每月报送稿件1篇", True),
    ]


def test_a_day_below_a_month_is_of_it() -> None:
    told = read_plan(
        "2026年上半年党建工作安排\n1月\n①召开组织生活会（20日前）；\n②慰问困难党员。\n2月\n①每月5日前报表，会后3日前归档。"
    )
    assert days(told) == ["2026-01-20", "2026-01-31", "2026-02-28"]
    assert days(table("时间|内容", "3月|制定计划，15日前报送", title="2026年安排\n"))[-1] == "2026-03-15"


def test_what_is_studied_is_no_demand_unless_it_says_what_to_do() -> None:
    told = read_plan(
        YEAR + "一、学习内容\n1.全国教育大会精神；\n2.深入学习党章。\n3.《条例》，撰写心得1篇。\n二、要求\n1.做好笔记。"
    )
    assert [item.no for item in told.items] == ["一2", "一3", "二1"]


def test_a_number_before_a_month_is_a_number_from_the_first_line_on() -> None:
    told = read_plan(
        "2026年支部活动安排\n1.6月5日前，每人撰写心得1篇；\n2.6月28日下午2:30，在三楼会议室召开表彰大会；\n3.自愿捐款，截止日期7月31日。"
    )
    assert [item.no for item in told.items] == ["1", "2", "3"]
    assert told.items[1].title == "6月28日下午2:30，在三楼会议室召开表彰大会"
    assert days(told) == ["2026-06-05", "2026-06-28", "2026-07-31"]


def test_circled_numbers_in_one_line_and_units_of_every_kind_at_its_end() -> None:
    told = read_plan(
        YEAR + "一、任务\n（一）管理更精细\n①每月记录。②流动党员每季度至少联系1次；③送学上门，全年不少于2次。\n"
        "（二）设置更规范\n党员不足3人的，5月底前调整到位。（人事股、各党支部）"
    )
    assert [item.no for item in told.items] == ["一（一）①", "一（一）②", "一（一）③", "一（二）"]
    assert told.items[3].units == ("人事股", "各党支部")
    assert [found.item for found in told.counts] == ["一（一）②", "一（一）③"]
