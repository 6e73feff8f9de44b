"""The kinds of superiors' documents, by invented ones: stages, months, tables, notices without numbers, bonds."""

from __future__ import annotations

from datetime import date

import pytest

from app.documents.plan import read_plan
from app.documents.taking import ProposalKind, proposals
from tests.app.documents.telling import YEAR, counts, days, items, table

# --- how a document is numbered -------------------------------------------------------------------------


def test_stages_are_items_each_with_its_last_day() -> None:
    told = read_plan(
        YEAR + "一、方法步骤\n第一阶段：动员部署（3月1日至3月15日）。各支部开会1次。\n"
        "第二阶段：自评申报（3月16日至5月31日）。各支部自评。\n第三阶段：总结（6月上旬—6月中旬）。街道验收。\n"
        "二、组织保障\n（一）加强领导。每月调度一次。"
    )
    assert items(told)[:2] == [
        ("一、第一阶段", "动员部署（3月1日至3月15日）"),
        ("一、第二阶段", "自评申报（3月16日至5月31日）"),
    ]
    assert days(told) == ["2026-03-15", "2026-05-31", "2026-06-20"]


def test_a_month_over_the_tasks_is_their_last_day_where_they_say_none() -> None:
    told = read_plan(
        YEAR + "4月\n1.主题党日：学习条例。\n2.支委会：4月20日前完成考察。\n第三季度\n1.党课：书记讲党课1次。\n"
    )
    assert [item.no for item in told.items] == ["4月1", "4月2", "第三季度1"]
    assert days(told) == ["2026-04-30", "2026-04-20", "2026-09-30"]


def test_numbers_that_say_their_chapter_are_not_put_behind_it() -> None:
    told = read_plan(
        YEAR + "1.政治建设\n1-1 落实制度，办公室负责。\n1-2 中心组学习全年不少于12次。\n2.组织建设\n2-1 抓好换届。"
    )
    assert [item.no for item in told.items] == ["1-1", "1-2", "2-1"]
    told = read_plan(YEAR + "一、任务\n1、培训\n1.1 书记：每年参加1次培训。\n1.2 党员：学习不少于32学时。")
    assert [item.no for item in told.items] == ["一1.1", "一1.2"]


@pytest.mark.parametrize("form", ["（{}）", "第{}条 "])
def test_numbers_that_run_on_through_the_chapters_stand_alone(form: str) -> None:
    signs = "123456" if "（" in form else "一二三四五六"
    lines = [f"{form.format(sign)}抓好第{sign}类工作，各支部落实。" for sign in signs]
    told = read_plan(YEAR + "\n".join(["第一章 甲", *lines[:3], "第二章 乙", *lines[3:]]))
    assert [item.no for item in told.items] == [form.format(sign).strip("第条 ") for sign in signs]


def test_what_is_counted_out_in_words_are_items_only_where_nothing_else_is_numbered() -> None:
    words = "一是抓好学习。每月2次。\n二是规范组织生活。每季度召开1次党员大会、上1次党课。\n"
    told = read_plan("第三党支部2026年工作计划\n" + words)
    assert items(told) == [("一", "抓好学习"), ("二", "规范组织生活")]
    assert counts(told) == [(2, "次", "month"), (1, "次", "quarter"), (1, "次", "quarter")]
    told = read_plan(YEAR + "（一）组织生活。\n" + words + "（二）党费。按月收缴。")
    assert [item.no for item in told.items] == ["（一）", "（二）"]


def test_headings_in_brackets_and_stars_before_numbers() -> None:
    told = read_plan(
        YEAR + "【政治建设】\n★1.落实首题制度（机关党委牵头，各支部落实，11月底前完成）\n"
        "【组织建设】\n2.调整支部设置（人事科牵头，上半年完成）"
    )
    assert items(told) == [("1", "落实首题制度"), ("2", "调整支部设置")]
    assert [(item.section, item.units) for item in told.items] == [
        ("政治建设", ("机关党委", "各支部")),
        ("组织建设", ("人事科",)),
    ]
    assert days(told) == ["2026-11-30", "2026-06-30"]
    assert [found.quote for found in told.dates] == ["11月底前完成", "上半年完成"]


def test_a_notice_without_numbers_asks_in_sentences() -> None:
    told = read_plan(
        "关于做好走访慰问工作的通知\n各党支部：\n现就有关事项通知如下。请各支部摸底，6月10日前将名单报组织科。"
        "每个支部至少走访2户困难党员家庭，慰问金标准为每人500元。\n特此通知。\n某局机关党委\n2026年5月28日"
    )
    assert items(told)[0] == ("", "请各支部摸底，6月10日前将名单报组织科")
    assert len(told.items) == 2 and all(item.for_branch for item in told.items)
    assert counts(told) == [(2, "户", "once")] and days(told) == ["2026-06-10"]


# --- what asks for nothing ------------------------------------------------------------------------------


def test_standards_names_and_what_a_paper_says_of_itself_are_no_items() -> None:
    told = read_plan(
        YEAR + "一、评定标准\n90分以上的为五星级。\n二、述职内容\n（一）履职情况。\n三、责任目标\n1.支部每月学习2次。\n"
        "四、本责任书一式两份，双方各执一份。"
    )
    assert items(told) == [("三1", "支部每月学习2次")]


def test_a_weight_behind_a_heading_is_no_count() -> None:
    told = read_plan(
        "某局党支部考核办法\n第一条 发展党员（15%）。每半年考察一次。\n第二条 组织生活（25分）。支委会每月1次。"
    )
    assert counts(told) == [(1, "次", "half_year"), (1, "次", "month")]


# --- numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每个支部至少报送信息2篇、照片3张", [(2, "篇", "once"), (3, "张", "once")]),
        ("各支部推荐优秀党员1名、优秀党务工作者1名", [(1, "名", "once"), (1, "名", "once")]),
        ("各支部组建1支志愿服务队", [(1, "支", "once")]),
        ("每学期开展主题党日不少于5次", [(5, "次", "half_year")]),
        ("对关键岗位人员家访率100%", [(100, "%", "once")]),
        ("开展专项检查2轮次", [(2, "轮次", "once")]),
        ("每家企业每年为村办实事1—2件", [(1, "件", "year")]),
        ("全市培训村书记100人次", [(100, "人次", "once")]),
        ("6月前接收1名预备党员", [(1, "名", "once")]),
        ("每个支部推荐党员代表2名参加测评", [(2, "名", "once")]),
        ("确保90%以上的轮训覆盖面", [(90, "%", "once")]),
        ("满意率低于80%的限期整改", []),
        ("完成一项重要任务", []),
    ],
)
def test_numbers_that_must_be_reached(text: str, found: list[tuple[float, str, str]]) -> None:
    assert counts(read_plan(f"{YEAR}一、任务\n（一）抓落实。{text}。\n（二）抓总结。")) == found


def test_figures_in_an_aim_are_counts_and_what_stands_around_a_list_is_read() -> None:
    told = read_plan(
        YEAR + "一、工作目标\n建成示范支部10个、培养书记20名。\n二、任务\n（一）抓学习。\n备注：每月学习不少于2次。"
    )
    assert counts(told) == [(10, "个", "once"), (20, "名", "once"), (2, "次", "month")]


def test_a_range_leaves_no_half_number_in_what_is_counted() -> None:
    told = read_plan(YEAR + "一、任务\n（一）联户。每名党员联系5—10户群众。\n（二）总结。")
    assert told.counts[0].count.told == "每名党员联系群众"


@pytest.mark.parametrize(
    ("clause", "who"),
    [
        ("走访慰问困难党员不少于15名", ""),
        ("确保党员参与率达95%以上", "党员"),
        ("党员大会每季度召开一次", ""),
        ("社区党组织每月值班两天以上", "社区党组织"),
        ("组建党员志愿服务队100支", ""),
    ],
)
def test_who_is_bound(clause: str, who: str) -> None:
    told = read_plan(f"{YEAR}一、任务\n（一）抓落实。{clause}。\n（二）抓总结。")
    assert [found.count.who for found in told.counts] == [who]


# --- tables ---------------------------------------------------------------------------------------------


def test_who_answers_in_person_is_no_unit_beside_one() -> None:
    told = table("序号|工作任务|责任领导|责任单位|完成时间", "1|党员大会|李书记|组织科|12月底", "2|办实事||各支部|长期")
    assert [item.units for item in told.items] == [("组织科",), ("各支部",)]
    told = table("序号|工作任务|完成时间|责任人", "1|党课|6月|支部书记", "2|主题党日|每月|组织委员")
    assert [(item.units, item.for_branch) for item in told.items] == [(("支部书记",), True), (("组织委员",), True)]


def test_the_times_in_a_cell_are_days_each_with_its_own_words() -> None:
    told = table(
        "序号|任务|责任部门|推进计划",
        "1|质量行动|党群部|一季度：制定方案；12月上旬：总结验收",
        "2|检查|纪委|7月、11月",
        "3|大会|党群部|3、6、9、12月",
    )
    assert days(told) == ["2026-03-31", "2026-12-10", "2026-07-31", "2026-11-30", *days(told)[4:]]
    assert days(told)[4:] == ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]
    assert told.dates[0].quote == "一季度：制定方案"


def test_a_table_of_months_is_a_list_of_tasks_also_one_cell_on_a_line() -> None:
    rows = ["月份|主题|内容|要求", "3月|学雷锋|志愿服务|每个支部至少1次", "4月|缅怀先烈|祭扫|4月5日前完成"]
    for told in (table(*rows), read_plan(YEAR + "\n".join("\n".join(row.split("|")) for row in rows))):
        assert [item.title for item in told.items] == ["学雷锋", "缅怀先烈"]
        assert days(told) == ["2026-03-31", "2026-04-05"] and counts(told) == [(1, "次", "once")]


def test_a_column_of_categories_is_not_the_task_and_how_often_is_about_it() -> None:
    told = table(
        "类别|序号|工作内容|频次要求|完成时间", "规定动作|1|支部党员大会|每季度至少1次|全年", "|2|支委会|每月1次|每月"
    )
    assert items(told) == [("1", "支部党员大会"), ("2", "支委会")]
    assert [found.count.told for found in told.counts] == ["支部党员大会", "支委会"]


def test_a_table_with_nothing_but_spaces_between_its_cells() -> None:
    told = table("序号 时间 会议类型 内容 主持人", "1 1月 支部党员大会 总结工作 书记", "2 2月 支委会 研究换届 书记")
    assert items(told) == [("1", "支部党员大会"), ("2", "支委会")] and days(told) == ["2026-01-31", "2026-02-28"]
    assert all(item.for_branch for item in told.items)


# --- the document ---------------------------------------------------------------------------------------


def test_whom_a_document_goes_to_says_whose_its_items_are() -> None:
    body = "一、要求\n（一）注重实效。防止形式主义。\n（二）加强宣传。"
    for head in ("关于开展活动的通知\n各基层党支部：\n", "第三党支部2026年学习计划\n"):
        assert all(item.for_branch for item in read_plan(head + body).items)
    assert not any(item.for_branch for item in read_plan("关于开展活动的通知\n各科室：\n" + body).items)


def test_the_year_of_all_its_days_is_the_document_s() -> None:
    told = read_plan("工程实施方案\n一、动员（2026年3月）。开会。\n二、总结（2026年11月—12月）。11月20日前报送。")
    assert told.year == 2026 and days(told)[-1] == "2026-11-20"
    told = read_plan(
        "工程实施方案\n一、动员（2026年3月）。开会。\n二、总结（2027年1月）。20日前报送。\n三、学习《规划（2024年3月）》。"
    )
    assert told.year is None


def test_a_plan_of_several_years_goes_by_the_year_told_last_in_a_paragraph() -> None:
    told = read_plan(
        "三年行动计划（2026—2028年）\n一、启动（2026年1月—5月）。6月底前审定。\n二、提升（2027年）。2027年10月底前建成8个。"
    )
    assert told.year is None
    assert days(told) == ["2026-05-31", "2026-06-30", "2027-10-31"] and counts(told) == [(8, "个", "once")]


def test_a_remark_below_a_list_may_say_until_when() -> None:
    told = read_plan(YEAR + "1.抓学习。\n2.抓换届。\n备注：各支部每半年报送一次，时间为6月25日、12月25日前。")
    assert days(told) == ["2026-06-25", "2026-12-25"]


def test_a_month_at_the_beginning_of_a_heading_is_that_of_the_tasks_below() -> None:
    told = read_plan(
        YEAR
        + "（一）一月份：“温暖过冬”主题党日\n1.慰问党员3户；\n2.集中学习1次。\n"
        + "（二）二月份：“走基层”主题党日\n志愿服务1次。"
    )
    assert items(told)[-1] == ("（二）", "二月份：“走基层”主题党日")
    assert [(day.item, day.due_on) for day in told.dates] == [
        ("（一）", "2026-01-31"),
        ("（一）1", "2026-01-31"),
        ("（一）2", "2026-01-31"),
        ("（二）", "2026-02-28"),
    ]


def test_a_title_that_is_spread_or_stands_below_others() -> None:
    assert read_plan("2026 年 党 建 工 作 任 务 清 单\n1.抓学习。").title == "2026年党建工作任务清单"
    assert read_plan("某局党组\n2026年度党建目标责任书\n一、任务\n1.学习。").title == "2026年度党建目标责任书"


def test_a_day_that_stands_alone_is_quoted_with_what_is_to_be_done() -> None:
    told = read_plan(
        YEAR + "一、要求\n1.报材料。3月10日前，各支部将报告报组织科。\n2.总结。\n时间：3月下旬\n对象：书记"
    )
    assert [found.quote for found in told.dates] == ["3月10日前，各支部将报告报组织科", "时间：3月下旬"]


def test_labels_in_any_brackets_name_units() -> None:
    told = read_plan(YEAR + "一、工程\n（一）示范。〔责任单位：组织部、农业局，各乡镇党委〕\n（二）头雁。")
    assert told.items[0].units == ("组织部", "农业局", "各乡镇党委")


def test_a_schedule_of_several_lines_asks_and_each_line_may_begin_with_its_month() -> None:
    told = read_plan(
        "2026年发展党员工作计划\n一、计划\n发展党员8名。\n二、时间安排\n2月份：上报发展计划。\n6月底前：完成上半年任务。\n"
        "三、分工\n培养联系人每半年写出考察意见1份。"
    )
    assert [item.no for item in told.items] == ["一", "二", "三"] and days(told) == ["2026-02-28", "2026-06-30"]
    assert counts(told) == [(8, "名", "once"), (1, "份", "half_year")]


def test_points_in_a_table_of_marks_are_no_counts() -> None:
    told = table(
        "考核项目|考核内容|分值|评分标准",
        "组织生活|每季度召开党员大会1次|20|少1次扣2分",
        "党员教育|学习不少于32学时|15|不达标不得分",
    )
    assert [item.title for item in told.items] == ["组织生活", "党员教育"]
    assert counts(told) == [(1, "次", "quarter"), (32, "学时", "once")]


def test_a_number_before_a_month_is_that_of_the_next_item() -> None:
    told = read_plan(YEAR + "一、任务\n1.培养积极分子2名。\n2.6月底前完成上半年任务。\n3、7月1日前讲党课1次。")
    assert [item.no for item in told.items] == ["一1", "一2", "一3"]
    assert days(told) == ["2026-06-30", "2026-07-01"]
    told = read_plan(YEAR + "一、任务\n（一）收缴党费。\n2.5万元以内。\n（二）开展总结。")
    assert [item.no for item in told.items] == ["一（一）", "一（二）"]


def test_how_often_below_a_heading_is_about_it() -> None:
    told = read_plan(
        YEAR
        + "一、要求\n1、支部党员大会。一般每季度召开一次。\n"
        + "2、考勤。6个月以上不参加的，或超过6个月的，按规定处理。"
    )
    assert [found.count.told for found in told.counts] == ["支部党员大会，召开"]
    (rule,) = [item for item in proposals(told, date(2026, 1, 1)) if item.kind is ProposalKind.RULE]
    assert rule.title == "每季支部党员大会至少 1 次"


def test_who_issues_a_document_is_no_row_of_its_table() -> None:
    assert table("序号|项目|时间|责任单位", "1|主题教育|3月|机关工委").issuer == ""


def test_days_of_each_course_are_a_count() -> None:
    told = read_plan(YEAR + "一、培训\n（一）举办培训班4期，每期2天。\n（二）总结。")
    assert counts(told) == [(4, "期", "once"), (2, "天", "once")]


def test_a_row_with_a_heading_alone_stands_over_those_below_it() -> None:
    told = table(
        "序号|工作任务|责任单位|完成时限",
        "一|抓实理论武装",
        "1|学习党章|党建办|6月底",
        "（二）|建强组织||",
        "2|达标创优|各党支部|10月底",
        "3|按期换届|各党支部|12月底",
    )
    assert [(item.no, item.section, item.title) for item in told.items] == [
        ("1", "抓实理论武装", "学习党章"),
        ("2", "建强组织", "达标创优"),
        ("3", "建强组织", "按期换届"),
    ]


def test_rows_with_numbers_in_words_are_tasks_themselves() -> None:
    told = table("序号|工作任务|责任单位|完成时限", "一|学习党章||", "二|按期换届|各党支部|12月底")
    assert [item.title for item in told.items] == ["学习党章", "按期换届"]
