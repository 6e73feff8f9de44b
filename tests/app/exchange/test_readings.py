"""What a single cell says: days, amounts, words, names. Certain where there is one reading, else told or asked."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from app.dues.bases import DuesCategory
from app.exchange.days import FOUNDED, Span, read_when
from app.exchange.meeting_types import read_types
from app.exchange.post_words import read_posts
from app.exchange.reading import Sure, read_amount
from app.exchange.words import Outsider, read_category, read_remark, read_status
from app.names import plain_name, tidy_name
from app.people.members import MemberStatus
from app.pinyin import matches
from app.rules.meeting_types import MeetingType

TODAY = date(2026, 11, 26)
ANY = Span(FOUNDED, TODAY)
OF_2026 = Span(FOUNDED, TODAY, 2026)

DAYS = [
    ("190512", "2019-05-12"),
    ("191001", "2019-10-01"),
    ("210701", "2021-07-01"),
    ("198711", "1987-11"),
    ("199907", "1999-07"),
    ("19801004", "1980-10-04"),
    (19800301, "1980-03-01"),
    (45352, "2024-03-01"),
    ("45352", "2024-03-01"),
    (1998.5, "1998-05"),
    (1998.11, "1998-11"),
    ("2001.12", "2001-12"),
    ("2010/7/1 0:00", "2010-07-01"),
    ("2010-07-01T00:00:00", "2010-07-01"),
    ("98.7.1", "1998-07-01"),
    ("98年7月", "1998-07"),
    ("20.7.1", "2020-07-01"),
    ("13/1/1998", "1998-01-13"),
    ("２０２１．７．１", "2021-07-01"),
    ("2021、7、1", "2021-07-01"),
    ("2021年7月1号", "2021-07-01"),
    ("二〇二一年七月一日", "2021-07-01"),
    ("二○二一年七月", "2021-07"),
    ("一九九八年十二月三十一日", "1998-12-31"),
    ("1998 7 1", "1998-07-01"),
    ("1998. 7. 1", "1998-07-01"),
    ("198O.10.4", "1980-10-04"),
    ("1980.10.4。", "1980-10-04"),
    ("'1980-10-04", "1980-10-04"),
    ("1998—7—1", "1998-07-01"),
    ("1998–07", "1998-07"),
    ("公元1998年7月1日", "1998-07-01"),
    ("19850300", "1985-03"),
    ("1985.03.00", "1985-03"),
    ("1985年03月00日", "1985-03"),
    ("1985-00-00", "1985"),
    (date(1980, 3, 1), "1980-03-01"),
]


@pytest.mark.parametrize(("cell", "day"), DAYS, ids=str)
def test_a_day_with_one_reading_is_read(cell, day: str) -> None:
    told = read_when(cell, ANY)
    assert told is not None and told.value is not None
    assert (str(told.value.day), told.stands) == (day, True)


@pytest.mark.parametrize(
    ("cell", "readings"),
    [
        ("1998.1", ["1998-01", "1998-10"]),
        (1998.1, ["1998-01", "1998-10"]),
        ("2021.1", ["2021-01", "2021-10"]),
        ("201107", ["2011-07", "2020-11-07"]),
        ("201011", ["2010-11", "2020-10-11"]),
        ("25.7.1", ["2025-07-01", "1925-07-01"]),
        ("7/1/1998", ["1998-01-07", "1998-07-01"]),
        ("20111", ["1955-01-22", "2011-01"]),
        ("1998年左右", ["1998"]),
        ("约1998年", ["1998"]),
        ("1998年7月上旬", ["1998-07"]),
        ("2021年7月1日（星期五）", ["2021-07-01"]),
        ("3月9日", ["2026-03-09"]),
    ],
    ids=str,
)
def test_a_day_with_several_readings_is_asked(cell, readings: list[str]) -> None:
    told = read_when(cell, ANY)
    assert told is not None and told.value is not None
    assert (told.sure, [str(told.value.day), *told.others]) == (Sure.ASKED, readings)
    assert told.why


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("2091-07-01", "在今天之后"),
        ("2026-11-27", "在今天之后"),
        ("1890", "早于"),
        ("1921-06", "早于"),
        ("2024-02-30", "不是存在的日期"),
        ("1998年13月", "不是存在的日期"),
        ("0000-00-00", "不是存在的日期"),
        ("1985.00.05", "不是存在的日期"),
        ("1985.3.0", "不是存在的日期"),
        ("至今", "看不出是哪一天"),
        ("农历1998年7月", "看不出是哪一天"),
        ("甲", "看不出是哪一天"),
        (time(9, 0), "没有日期"),
    ],
    ids=str,
)
def test_a_day_that_cannot_be_is_refused_in_words(cell, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        read_when(cell, ANY)


@pytest.mark.parametrize("cell", ["", None, "—", "/", "无", "不详"])
def test_no_day_is_no_day(cell) -> None:
    assert read_when(cell, ANY) is None


@pytest.mark.parametrize(
    ("cell", "day", "start", "end"),
    [
        ("2026年3月5日 14:30", "2026-03-05", time(14, 30), None),
        ("2026年3月6日下午", "2026-03-06", None, None),
        ("2026年3月6日下午3点半", "2026-03-06", time(15, 30), None),
        ("2026年3月6日下午三点半", "2026-03-06", time(15, 30), None),
        ("2026年3月6日晚上七点至九点", "2026-03-06", time(19), time(21)),
        ("2026年3月6日学习三点意见", "2026-03-06", None, None),
        ("2026.3.7（星期六）", "2026-03-07", None, None),
        (datetime(2026, 3, 8, 14, 30), "2026-03-08", time(14, 30), None),  # noqa: DTZ001
        ("2026年3月10日9:00-11:00", "2026-03-10", time(9, 0), time(11, 0)),
        ("2026-3-5 下午2:30—4:30", "2026-03-05", time(14, 30), time(16, 30)),
        ("2026年3月5日 9-11时", "2026-03-05", time(9, 0), time(11, 0)),
        ("2026/3/5 2:30 PM", "2026-03-05", time(14, 30), None),
        ("202603051430", "2026-03-05", time(14, 30), None),
        ("3月9日", "2026-03-09", None, None),
        ("3.9", "2026-03-09", None, None),
        ("3月5日（周四）下午3:00", "2026-03-05", time(15, 0), None),
        ("2026年3月5日-6日", "2026-03-05", None, None),
        ("2026.3.5-3.7", "2026-03-05", None, None),
    ],
    ids=str,
)
def test_the_time_of_a_meeting_is_kept_beside_its_day(cell, day: str, start: time | None, end: time | None) -> None:
    told = read_when(cell, OF_2026)
    assert told is not None and told.value is not None and told.stands
    assert (str(told.value.day), told.value.start, told.value.end) == (day, start, end)


@pytest.mark.parametrize(
    ("cell", "fen", "sure"),
    [
        (57.699999999999996, 5770, Sure.LITERAL),
        (6333.299999999999, 633330, Sure.LITERAL),
        ("57.699999999999996", 5770, Sure.LITERAL),
        (0.1 + 0.2, 30, Sure.LITERAL),
        ("1,234.50", 123450, Sure.READ),
        ("１２３．４", 12340, Sure.READ),
        ("￥90", 9000, Sure.READ),
        ("90元", 9000, Sure.READ),
        ("人民币50元整", 5000, Sure.READ),
        ("¥ 1,200.00", 120000, Sure.READ),
        ("5000元/月", 500000, Sure.READ),
        ("12元5角", 1250, Sure.READ),
        ("12元零5分", 1205, Sure.READ),
        ("五十元", 5000, Sure.READ),
        ("人民币壹佰贰拾叁元伍角整", 12350, Sure.READ),
        ("贰拾元零伍分（现金）", 2005, Sure.PROPOSED),
        (2999.995, 300000, Sure.PROPOSED),
        ("36.205", 3621, Sure.PROPOSED),
        ("50（微信）", 5000, Sure.PROPOSED),
    ],
)
def test_an_amount_is_what_the_sheet_shows(cell, fen: int, sure: Sure) -> None:
    told = read_amount(cell)
    assert (told.value, told.sure) == (fen, sure)
    assert bool(told.why) == (sure is Sure.PROPOSED)


@pytest.mark.parametrize(
    "cell", ["36，21", "36,21", "12,34,567", "1.234,56", "√", "-5", "一百二元", "1e3", "5千", "50元5"]
)
def test_what_is_no_certain_amount_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=cell[:2]):
        read_amount(cell)


@pytest.mark.parametrize(
    ("text", "posts", "odd"),
    [
        ("书记", ["书记"], []),
        ("党支部书记", ["书记"], []),
        ("甲支部书记", ["书记"], []),
        ("支部书记兼组织委员", ["书记", "组织委员"], []),
        ("书记、宣传委员", ["书记", "宣传委员"], []),
        ("组织、宣传委员", ["组织委员", "宣传委员"], []),
        ("副书记（主持工作）", ["副书记"], []),
        ("党委书记、支部书记", ["书记"], ["党委书记"]),
        ("支委", ["支部委员"], []),
        ("第一党小组组长", ["党小组组长"], []),
        ("党组书记", [], ["党组书记"]),
        ("团支部书记", [], ["团支部书记"]),
        ("原支部书记", [], ["原支部书记"]),
        ("总支书记", [], ["总支书记"]),
        ("机关纪委书记", [], ["机关纪委书记"]),
        ("乙支部书记", [], ["乙支部书记"]),
        ("工会主席", [], ["工会主席"]),
        ("纪检委员(2023.5-2025.5)", [], ["纪检委员(2023.5-2025.5)"]),
        ("书记（2024年5月至2027年5月）", ["书记"], []),
        ("书记（2024.5至今）", ["书记"], []),
        ("副书记（拟任）、组织委员", ["组织委员"], ["副书记(拟任)"]),
        ("宣传委员（已免）", [], ["宣传委员(已免)"]),
        ("支委（负责宣传）", ["支部委员"], []),
        ("支委（组织委员）", ["组织委员"], []),
        ("支部委员（纪检）", ["纪检委员"], []),
        ("党委委员（组织）", [], ["党委组织委员"]),
        ("组织宣传委员", ["组织委员", "宣传委员"], []),
        ("副书记、组宣委员", ["副书记", "组织委员", "宣传委员"], []),
        ("组织兼宣传委员", ["组织委员", "宣传委员"], []),
        ("总支组织宣传委员", [], ["总支组织宣传委员"]),
        ("第一党小组副组长", [], ["第一党小组副组长"]),
        ("书　记", ["书记"], []),
        ("组织委员（兼宣传委员）", ["组织委员", "宣传委员"], []),
        ("副书记（兼组织委员、纪检委员）", ["副书记", "组织委员", "纪检委员"], []),
        ("委员（宣传、纪检）", ["宣传委员", "纪检委员"], []),
        ("原组织委员、现宣传委员", ["宣传委员"], ["原组织委员"]),
        ("原书记，现任组织委员", ["组织委员"], ["原书记"]),
        ("纪检监察委员", ["纪检委员"], []),
        ("支部书记 2023.5", ["书记"], []),
        ("组织委员，2023年5月起", ["组织委员"], []),
        ("书记2024.5-至今、组织委员", ["书记", "组织委员"], []),
        ("宣传委员，2022.3-2025.3", [], ["宣传委员(2022.3-2025.3)"]),
        ("无", [], []),
    ],
)
def test_only_posts_of_this_branch_count(text: str, posts: list[str], odd: list[str]) -> None:
    found, others = read_posts(text, "中共甲支部委员会", date(2026, 11, 26))
    assert ([post.value for post in found], list(others)) == (posts, odd)


@pytest.mark.parametrize(
    ("text", "heading", "status", "outsider"),
    [
        ("正式党员", "人员类别", MemberStatus.FULL, None),
        ("中共党员", "政治面貌", MemberStatus.FULL, None),
        ("中共预备党员", "政治面貌", MemberStatus.PROBATIONARY, None),
        ("中共党员（预备）", "政治面貌", MemberStatus.PROBATIONARY, None),
        ("预", "预/正", MemberStatus.PROBATIONARY, None),
        ("正", "预/正", MemberStatus.FULL, None),
        ("是", "是否预备党员", MemberStatus.PROBATIONARY, None),
        ("否", "是否预备", MemberStatus.FULL, None),
        ("已转正", "人员类别", MemberStatus.FULL, None),
        ("停止党籍", "党籍状态", MemberStatus.SUSPENDED, None),
        ("群众", "政治面貌", None, Outsider.OTHER),
        ("民盟盟员", "政治面貌", None, Outsider.OTHER),
        ("农工党员", "政治面貌", None, Outsider.OTHER),
        ("九三学社社员", "政治面貌", None, Outsider.OTHER),
        ("共青团员", "政治面貌", None, Outsider.OTHER),
        ("入党积极分子", "人员类别", None, Outsider.ACTIVIST),
        ("发展对象", "人员类别", None, Outsider.TARGET),
    ],
)
def test_the_column_says_who_is_a_member(text: str, heading: str, status, outsider) -> None:
    told = read_status(text, heading)
    assert told is not None
    assert (told.status, told.outsider) == (status, outsider)


@pytest.mark.parametrize(
    ("text", "category", "sure"),
    [
        ("在职", DuesCategory.EMPLOYED, Sure.LITERAL),
        ("公务员", DuesCategory.EMPLOYED, Sure.READ),
        ("退休", DuesCategory.RETIRED, Sure.READ),
        ("离休", DuesCategory.RETIRED, Sure.READ),
        ("退休人员", DuesCategory.RETIRED, Sure.READ),
        ("下岗", DuesCategory.UNEMPLOYED, Sure.READ),
        ("学生", DuesCategory.STUDENT, Sure.LITERAL),
        ("务农", DuesCategory.FARMER, Sure.READ),
        ("内退", DuesCategory.EMPLOYED, Sure.ASKED),
        ("个体户", None, Sure.ASKED),
        ("未退休", None, Sure.ASKED),
        ("农民工", None, Sure.ASKED),
        ("即将退休", DuesCategory.RETIRED, Sure.ASKED),
        ("2027年退休", DuesCategory.RETIRED, Sure.ASKED),
        ("2019年退休", DuesCategory.RETIRED, Sure.READ),
        ("退休（原教师）", DuesCategory.RETIRED, Sure.READ),
        ("退休返聘", DuesCategory.RETIRED, Sure.ASKED),
        ("退休（返聘）", DuesCategory.RETIRED, Sure.ASKED),
        ("非在职", DuesCategory.EMPLOYED, Sure.ASKED),
        ("原下岗", DuesCategory.UNEMPLOYED, Sure.ASKED),
        ("待业", DuesCategory.UNEMPLOYED, Sure.READ),
        ("农村党员", None, Sure.ASKED),
        ("流动党员", None, Sure.ASKED),
    ],
)
def test_a_category_of_dues_that_is_not_known_is_asked(text: str, category, sure: Sure) -> None:
    told = read_category(text, "党费类别", TODAY)
    assert told is not None and (told.value, told.sure) == (category, sure)


@pytest.mark.parametrize("text", ["正式党员", "中共党员", "预备", "普通党员", "党员", "/"])
def test_what_tells_of_no_category_is_left_to_the_usual_one(text: str) -> None:
    assert read_category(text, "人员类别", TODAY) is None


@pytest.mark.parametrize(
    ("text", "status", "category", "certain"),
    [
        ("离退休", None, DuesCategory.RETIRED, True),
        ("2020年退休", None, DuesCategory.RETIRED, False),
        ("2025年3月去世", MemberStatus.DECEASED, None, False),
        ("2025年5月转出至市局", MemberStatus.TRANSFERRED, None, False),
        ("预备党员", MemberStatus.PROBATIONARY, None, True),
    ],
)
def test_a_remark_only_asks(text: str, status, category, certain: bool) -> None:
    (told,) = read_remark(text, TODAY)
    assert (told.status, told.category, told.whole) == (status, category, certain)


@pytest.mark.parametrize("text", ["2027年退休", "负责离退休支部联络", "拟于明年退休"])
def test_a_retirement_to_come_or_of_others_is_none(text: str) -> None:
    assert not any(told.likely or told.whole for told in read_remark(text, TODAY))


@pytest.mark.parametrize("dot", "·．.‧•▪˙－・･—")
def test_the_dots_of_a_name_are_one(dot: str) -> None:
    assert plain_name(f"努尔{dot}甲提") == "努尔·甲提"
    assert matches("努尔·甲提", f"努尔{dot}甲")


def test_a_name_with_a_dot_is_found_by_its_initials_and_without_the_dot() -> None:
    assert all(matches("努尔·甲提", query) for query in ("nejt", "努尔甲", "nuerjiati", "nej"))


@pytest.mark.parametrize(
    ("said", "name", "remark"),
    [
        ("王\ue863", "王䶮", ""),
        ("⻘⼭", "青山", ""),
        ("张 三", "张三", ""),
        ("张　　三", "张三", ""),
        ("孙二（预备）", "孙二", "预备"),
        ("周五*", "周五", "*"),
        ("钱(女)", "钱", "女"),
        ("Anna  Lee", "Anna Lee", ""),
        ("李𤇾", "李𤇾", ""),
    ],
)
def test_a_name_is_kept_without_what_was_added_to_it(said: str, name: str, remark: str) -> None:
    assert tidy_name(said) == (name, remark)


@pytest.mark.parametrize("kind", list(MeetingType))
def test_every_type_of_the_program_is_read(kind: MeetingType) -> None:
    assert read_types(kind.value) == (kind,)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("党章学习", [MeetingType.CONSTITUTION]),
        ("观看警示教育片", [MeetingType.WARNING_EDUCATION]),
        ("专题组织生活会", [MeetingType.LIFE_MEETING]),
        ("支部大会", [MeetingType.GENERAL]),
        ("党员活动日", [MeetingType.THEME_DAY]),
        ("理论学习", [MeetingType.STUDY]),
        ("组织生活会和民主评议", [MeetingType.LIFE_MEETING, MeetingType.APPRAISAL]),
        ("主题党日+党课", [MeetingType.THEME_DAY, MeetingType.LECTURE]),
        ("三会一课", []),
        ("民主测评", []),
    ],
)
def test_the_types_of_offices_are_understood(text: str, types: list[MeetingType]) -> None:
    assert list(read_types(text)) == types
