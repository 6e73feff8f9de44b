"""What the words of a column mean: whether somebody is a member and of which status, the posts, the category of dues.

Only the columns that are kept for it decide. Remarks are looked through for what ought to be asked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from app.dues.bases import DuesCategory
from app.exchange.days import counted
from app.exchange.reading import Reading, Sure
from app.exchange.simplified import simplified
from app.people.members import Leaving, MemberStatus


class Outsider(StrEnum):
    """Who stands in the lists of a unit and is no member."""

    ACTIVIST = "入党积极分子"
    TARGET = "发展对象"
    APPLICANT = "入党申请人"
    OTHER = "不是党员"


SUMS = re.compile(r"(本页|本月|本年|全年|累计)?[合总小共]计|合计金额|累计|(以上|总)?共计?\d+[人名]|总?人数")
_MAKERS = "填表|填报|制表|打印|导出|审核|复核|审批|批准|负责|经办|收款|核对|统计|联系|说明|备注|注"
_OF_MAKERS = "(人|单位|日期|时间|电话)?"
SIGNED = re.compile(
    rf"第\d+页.*|[—-]*以下(空白|无正文)|[此本]表|.{{0,8}}[盖签]章$|年月日$|略$|附件\d*$|报送单位|(党?支部|党委|党总支|上级.{{0,4}})意见$"
    r"|[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]+月.{0,4}$"
    rf"|({_MAKERS}|截止|截至|签字|签章|盖章|支部书记签|单位|日期|时间){_OF_MAKERS}[:：（(\d]?|.*[:：]$"
)
"""What stands below or between the rows of a table and is none of them: sums, and who made it, when, for what."""
MADE_BY = re.compile(rf"({_MAKERS}){_OF_MAKERS}[:：]")
"""What begins a line about the table, however many of its cells are filled: 填表人：甲一, 审核：乙二."""
DEVELOPING = (Outsider.ACTIVIST, Outsider.TARGET, Outsider.APPLICANT)


@lru_cache(maxsize=8192)  # the words of a column come again and again
def packed(text: str) -> str:
    """A text in half width and simplified characters without spaces."""
    return re.sub(r"\s", "", simplified(unicodedata.normalize("NFKC", text))).rstrip("。;,、")


def is_beside(first: str) -> bool:
    """Whether a line that begins so is about the table or sums it up, and is none of its rows."""
    told = packed(first)
    return bool(SUMS.match(told) or SIGNED.match(told))


def branch_core(name: str) -> str:
    """The name of a branch as it is compared: 中共机关第三支部委员会 and 机关第三党支部 are one."""
    core = re.sub(r"^(中共|中国共产党)|委员会$", "", packed(name)).replace("党支部", "支部")
    # 一支部, 1支部 and 第1支部 are 第一支部.
    found = re.search(r"第?([一二三四五六七八九十]+|\d+)支部$", core)
    return core[: found.start()] + f"第{found[1] if found[1].isdecimal() else counted(found[1])}支部" if found else core


def group_core(name: str) -> str:
    """The name of a group as it is compared: 第一党小组, 1组 and 第1小组 are one."""
    told = packed(name)
    found = re.fullmatch(r"第?([一二三四五六七八九十]+|\d+)(党?小?组|支部第?组)?", told)
    return counted(found[1]) if found and not found[1].isdecimal() else found[1] if found else told


# --- status ---------------------------------------------------------------------------------------------

_OUTSIDERS = (
    (Outsider.ACTIVIST, re.compile(r"积极分子")),
    (Outsider.TARGET, re.compile(r"发展对象|拟(发展|接收|吸收)")),
    (Outsider.APPLICANT, re.compile(r"申请人|申请入党")),
    (
        Outsider.OTHER,
        re.compile(
            r"群众|团员|无党派|非党|民主党派|[民农工]建|民[盟革进建]|农工|致公|九三|台盟|少先队|学社|同盟|未入党"
        ),
    ),
)
_ENDED = (
    (MemberStatus.SUSPENDED, re.compile(r"停止党籍")),
    (MemberStatus.TRANSFERRED, re.compile(r"转出|迁出|转走|调离|调出|调走|关系.{0,12}(转|迁)(至|到|往|去)")),
    (MemberStatus.DECEASED, re.compile(r"去世|死亡|逝世|已故|病故")),
    (MemberStatus.EXPELLED, re.compile(r"出党|开除|除名|退党|脱党|劝退")),
    (MemberStatus.PROBATION_CANCELLED, re.compile(r"取消预备")),
)
_LEAVING = (
    (Leaving.EXPELLED, re.compile("开除")),
    (Leaving.REFUSED_ADVICE, re.compile("劝而不退")),
    (Leaving.SELF_LEFT, re.compile("脱党")),
    (Leaving.ADVISED, re.compile("劝退|劝其退党|劝告退党")),
    (Leaving.RESIGNED, re.compile("自愿退党|自行退党|申请退党|要求退党")),
    (Leaving.OTHER_REMOVAL, re.compile("除名")),
)
UNCONFIRMED = (
    "未转正",
    "尚未转正",
    "还未转正",
    "待转正",
    "未到期",
    "预备期",
    "预备期内",
    "预备期未满",
    "预备",
    "预备党员",
)
"""What offices write in the place of a day of confirmation that has not come."""
CONFIRMED = ("已转正", "转正", "已按期转正", "按期转正", "已转", "是", "√", "正式", "正式党员")
"""What they write in its place when they mean that it has come."""
_NOT_YET = re.compile("[未待将拟不没尚][^()]{0,4}(转正|转为|正式)|延长|期满|取消|曾|原|以前|转正[前中]")
_OF_A_STATUS = re.compile(
    "中国共产党|中共|共产党|正式|预备期|预备|候补|党员|已?(按期)?转(为)?正|考察期?|期内|身份|类别|[正预()\\[\\]、,。./→]"
)
_BEFORE_MORE = re.compile("^(中共)?(正式|预备)?(党员)?")
_YES, _NO = ("是", "√", "✓", "✔", "Y", "YES", "1", "有"), ("否", "×", "X", "N", "NO", "0", "不是", "没有")


def read_yes(text: str) -> bool:
    """Whether a cell says yes: 是, √, 1; raises ValueError in Chinese for what says neither yes nor no."""
    told = text.strip().upper()
    if told in _YES or told in _NO:
        return told in _YES
    raise ValueError(f"“{text}”看不出是还是否，请写“是”或“否”")


@dataclass(frozen=True)
class ToldStatus:
    """What a column says of somebody: a status, or that the person is no member."""

    status: MemberStatus | None = None
    outsider: Outsider | None = None
    partly: bool = False
    """中共党员 alone: a member, probably a full one, but the days decide."""
    beside: str = ""
    """What else the cell says, that is no word of a status."""
    torn: bool = False
    """Whether what else it says may mean the other status: 预备期满待转正."""
    over: str = ""
    """The words over the rows that say it, where no column does."""


def outsider_in(told: str) -> Outsider | None:
    """Who is no member by a packed text; None where it says nothing of the kind."""
    return next((outsider for outsider, words in _OUTSIDERS if _holds(words, told)), None)


def ended_in(told: str) -> MemberStatus | None:
    """The status of somebody who has left by a packed text; None where it says nothing of the kind."""
    return next((status for status, words in _ENDED if _holds(words, told)), None)


_NOT_SO = re.compile(
    r"((拟|即将|将要?|待|准备|正在|办理)[^、,，;；()]{0,2}|(未|不|非(?!正常)|曾|原)(被|予|经|曾|再|为|是|办理)?)$"
)
"""What stands before a word that is not so, not yet or no more."""
_NO_MORE = re.compile(
    r"[^、,，;；]{0,2}((办理|手续|申请)?中$|未(落实|办|批|完成|接收|到)|[(（]?(待批|待定|拟)|(?<!待)恢复)"
)
"""What stands behind one."""


def _holds(words: re.Pattern[str], told: str) -> bool:
    """Whether a text says one of the words of now: not 拟转出, 未去世, 原群众, 转出办理中, 停止党籍（已恢复）."""
    return any(
        not _NOT_SO.search(told[: found.start()]) and not _NO_MORE.match(told, found.end())
        for found in words.finditer(told)
    )


def leaving_in(told: str) -> Leaving | None:
    """How somebody left the Party by a packed text; None where it does not say."""
    return next((leaving for leaving, words in _LEAVING if words.search(told)), None)


@lru_cache(maxsize=1024)
def read_status(text: str, heading: str) -> ToldStatus | None:
    """The meaning of a cell under 人员类别, 预/正, 是否预备, 政治面貌; None when it says nothing.

    Raises ValueError in Chinese for a word that is not known.
    """
    told = packed(text).upper()
    if told in ("", "-", "—", "/", "正常", "正常党籍", "在册", "在籍"):
        return None
    above = packed(heading)
    if above.startswith("是否") and told in _YES + _NO:
        return _answered(above, yes=told in _YES)
    if (outsider := outsider_in(told)) is not None:
        if outsider is Outsider.OTHER and re.search("(?<!非)(中共|共产党|正式|预备)党员", told):
            raise ValueError(f"“{text}”看不出是不是党员")
        return ToldStatus(outsider=outsider)
    if (ended := ended_in(told)) is not None:
        return ToldStatus(ended)
    if re.search("[非不](再?是)?(正式|预备)", told):
        raise ValueError(f"“{text}”看不出是正式党员还是预备党员")
    full, waiting = told == "正" or re.search("正式|转正", told), told == "预" or re.search("预备|候补", told)
    if told in UNCONFIRMED:
        return ToldStatus(MemberStatus.PROBATIONARY)
    if full or waiting:
        status = MemberStatus.PROBATIONARY if waiting or _NOT_YET.search(told) else MemberStatus.FULL
        beside = _OF_A_STATUS.sub("", told)
        beside = "" if not beside or category_in(beside) else _BEFORE_MORE.sub("", text).strip("（）() ")
        return ToldStatus(status, beside=beside, torn=bool(full and waiting) or bool(_NOT_YET.search(told)))
    if re.fullmatch(r"(中共|共产党)?党员(\(.*\))?|中共|中国共产党(党员)?|共产党员|党员.{0,4}", told):
        return ToldStatus(MemberStatus.FULL, partly=True)
    if category_in(told) is not None:  # 退休党员 under 人员类别 tells of the dues
        return None
    raise ValueError(f"“{text}”看不出是正式党员还是预备党员")


def _answered(heading: str, *, yes: bool) -> ToldStatus | None:
    if "预备" in heading:
        return ToldStatus(MemberStatus.PROBATIONARY if yes else MemberStatus.FULL)
    if "正式" in heading or "转正" in heading:
        return ToldStatus(MemberStatus.FULL if yes else MemberStatus.PROBATIONARY)
    if "党员" in heading:
        return ToldStatus(MemberStatus.FULL, partly=True) if yes else ToldStatus(outsider=Outsider.OTHER)
    return None


# --- dues -----------------------------------------------------------------------------------------------

_CATEGORIES = (
    (DuesCategory.EXEMPT, re.compile(r"免[交缴]")),
    (DuesCategory.RELIEF, re.compile(r"低保|最低生活保障|抚恤|救济")),
    (DuesCategory.STUDENT, re.compile(r"学生|研究生在读|在校")),
    (DuesCategory.FARMER, re.compile(r"农民(?!工)|务农|村民|农牧渔民|农户")),
    (DuesCategory.UNEMPLOYED, re.compile(r"下岗|失业|待业|无业|灵活就业困难")),
    (DuesCategory.RETIRED, re.compile(r"(?<!未)(?<!内)(?<!不)[离退]休|(?<!内)退职")),
    (
        DuesCategory.EMPLOYED,
        re.compile(r"在职|在岗|在编|干部|职工|公务员|(事业|企业|机关|技术|管理).*(岗|人员)|聘用|合同制|工勤"),
    ),
)


@lru_cache(maxsize=1024)
def category_in(text: str) -> DuesCategory | None:
    """The category of dues that a word of a column means; None where it means none, 内退 among them."""
    told = packed(text)
    return next((category for category, words in _CATEGORIES if words.search(told)), None)


_MAY_BE_OTHER = re.compile(
    r"(即将|将要?|拟|快要?|临近|接近|准备|预计|待|申请|尚?未|不|非|曾|原|明年|年底|今年)[^、,，;；]{0,3}([离退]休|在职|在岗|在编|下岗|失业|低保)"
    "|返聘|延迟退休|延退"
)
"""What says that the word for a category may not hold."""


def read_category(text: str, heading: str, today: date) -> Reading[DuesCategory] | None:
    """The category of a cell kept for it; None when it tells of something else; an unknown word is asked.

    So is one that does not hold yet by `today`, holds no more, or not for all that somebody is paid.
    """
    told, above = packed(text), packed(heading)
    if told in ("", "-", "—", "/", "无"):
        return None
    if above.startswith("是否") and told in _YES + _NO:
        if "在职" in above and told in _NO:
            why = "不在职，按离退休请勾选，其他情况请选"
            others = tuple(category.value for category in DuesCategory if category is not DuesCategory.RETIRED)
            return Reading(text, DuesCategory.RETIRED, Sure.ASKED, why, others)
        retired = told in _YES and "在职" not in above
        return Reading(text, DuesCategory.RETIRED if retired else DuesCategory.EMPLOYED, Sure.READ)
    if re.search(r"内退|内部退养|退养|退居二线|离岗", told):
        why = f"“{text}”在办退休手续以前按在职计，请核对"
        return Reading(text, DuesCategory.EMPLOYED, Sure.ASKED, why, (DuesCategory.RETIRED.value,))
    found = category_in(told)
    others = tuple(category.value for category in DuesCategory if category is not found)
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", told)]
    doubtful = any(year > today.year for year in years) or _MAY_BE_OTHER.search(re.sub(r"\((?!返聘).*?\)", "", told))
    if found is not None and doubtful:
        return Reading(text, found, Sure.ASKED, f"“{text}”看不准是不是{found}，请核对", others)
    if found is not None:
        return Reading(text, found, Sure.LITERAL if told == found.value else Sure.READ)
    if not re.sub("普通|一般", "", _OF_A_STATUS.sub("", told)):
        return None
    return Reading(text, None, Sure.ASKED, f"“{text}”不是认得的党费类别，请选一个", others)


# --- remarks --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Remark:
    """What the words of a remark may mean: a status, a category of dues, or that somebody is no member."""

    status: MemberStatus | None = None
    category: DuesCategory | None = None
    outsider: Outsider | None = None
    whole: bool = False
    """Whether the remark is that word and nothing else."""
    likely: bool = False
    """Whether it says so of the person and of a time that has come."""


_WHOLE_STATUS = {
    "预备党员": MemberStatus.PROBATIONARY,
    "预备": MemberStatus.PROBATIONARY,
    "预备期": MemberStatus.PROBATIONARY,
    "正式党员": MemberStatus.FULL,
    "正式": MemberStatus.FULL,
}


_SO = re.compile(
    r"(已|现已|已经|于|自)?((19|20)\d\d年?(\d{1,2}月?)?(\d{1,2}日?)?)?(已|起|办理|正式)?([离退]休|离退休|下岗|失业|务农)"
    r"(人员|职工|教师|干部|党员|老干部)?"
)


@lru_cache(maxsize=1024)
def read_remark(text: str, today: date) -> tuple[Remark, ...]:
    """What ought to be asked about a remark; what lies after today has not come."""
    told = packed(text).strip("。.")
    if not told:
        return ()
    if told in _WHOLE_STATUS:
        return (Remark(status=_WHOLE_STATUS[told], whole=True),)
    found: list[Remark] = []
    for status, words in _ENDED:
        if _holds(words, told):
            found.append(Remark(status=status, whole=bool(words.fullmatch(told))))
    outsider = outsider_in(told)
    if outsider and not re.search(r"介绍人|联系|培养|负责|曾|原|年", told):
        found.append(Remark(outsider=outsider, whole=True))
    elif re.search(r"预备", told):
        found.append(Remark(status=MemberStatus.PROBATIONARY))
    category = category_in(told) if re.search(r"[离退]休|下岗|失业|待业|低保|免[交缴]|内退|务农|学生", told) else None
    if category:
        so, years = _SO.fullmatch(told), [int(year) for year in re.findall(r"(?:19|20)\d\d", told)]
        come = so is not None and all(year <= today.year for year in years)
        found.append(Remark(category=category, whole=come and not years, likely=come))
    elif "内退" in told:
        found.append(Remark(category=DuesCategory.EMPLOYED))
    return tuple(found)
