"""The name that a row of a roster tells: whose it is, or why it can be none."""

from __future__ import annotations

import re

from app.exchange.member_status import LEFT, MemberTaking
from app.exchange.persons import TITLE
from app.exchange.reading import Reading, Sure
from app.exchange.words import packed, read_remark
from app.names import HAN, tidy_name

NOBODY = (
    *("必填", "选填", "填写", "文本", "格式", "无", "空缺", "空", "待定", "暂缺", "暂无", "缺", "缺额", "虚位", "姓名"),
    *("待补", "待补充", "待录入", "待核实", "待填", "未填", "不详", "未知", "党员", "新党员", "同志", "本人"),
    *(
        "空白",
        "群众",
        "职工",
        "员工",
        "领导",
        "全体",
        "其他",
        "其它",
        "无此人",
        "查无此人",
        "待调入",
        "党员姓名",
        "人员",
    ),
    *("书记", "副书记", "支部书记", "委员", "支委", "组织委员", "宣传委员", "纪检委员", "青年委员", "统战委员"),
)
"""What stands in a list where nobody is."""
_HIDDEN = re.compile(rf"{HAN}[*×xX○]+{HAN}|^{HAN}[*×xX○]+$|^{HAN}某")
"""王*五, 王××, 郑某某: names as they are published."""
_EXAMPLE = re.compile(r"[(]?(填写|填表)?(示例|样例|范例|举例)[)]?[:：]?|^例[:：]")
_UNIT = re.compile("(支部|小组|总支|党委|委员会|公司|集团|医院|学校|车间|科室|部门|名单|名册|人数)$")
_TITLED = re.compile(rf"(.{{1,4}}?)({TITLE.pattern})")
_NO_NAME = re.compile(
    r"([A-Za-z])\1+|(测试|[Tt]est|TEST).*|(全体|所有|各位).*|N/A|TRUE|FALSE|(REF|NAME|VALUE|NULL|DIV/0)[!?]?|[-—/]+|[\d.]+|[第共计]+\d.*|.*\d[人名组期届年月日]"
)
_TWO_NAMES = re.compile(rf"{HAN} ?[/\\、,，;；|+&] ?{HAN}")
_NUMBER_IN = re.compile(rf"{HAN}[/、]?\d+$")
_CALLED = re.compile(rf"[小老阿]{HAN}")
"""How somebody is called, not named: 小王, 老李."""
_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|宇文|长孙|端木|南宫|百里|呼延|轩辕|拓跋|独孤|西门|万俟|申屠"
)
_TWO_APART = re.compile(rf"(?!{_COMPOUND.pattern}){HAN}{{2,3}}[ \u3000]+{HAN}{{2,3}}|{HAN}{{2,3}}[ \u3000]+[男女]")
"""张三 李四: a gap in a name of two characters is for looks, one behind them may part two names."""
_TWO_LINES = re.compile(rf"{HAN}{{2}}\s*\n\s*{HAN}{{2}}")


def read_name(reading: MemberTaking) -> str:
    """The name of the person of a row; what stands beside it is told or asked."""
    said = reading.row.text("name")
    name, remark = tidy_name(said)
    if not said:
        reading.wrong("name", "姓名是空的")
    elif _HIDDEN.search(packed(said)):
        reading.wrong("name", f"姓名“{said}”里像是隐去了字，请写全名")
    elif re.search(r"[?？\ufffd□\ue000-\uf8ff]", name):
        reading.wrong("name", f"姓名“{said}”里有认不出的字，可能是生僻字丢失，请改正")
    elif not name or _NO_NAME.fullmatch(name) or name in NOBODY or _UNIT.search(name):
        reading.wrong("name", f"“{said}”不像姓名，请改正")
    elif _EXAMPLE.search(packed(said)):
        stem = _EXAMPLE.sub("", packed(said))
        reading.take("name", Reading(said, stem, Sure.ASKED, f"“{said}”像是填表的示例，是真有这个人请勾选"))
        return stem
    elif (titled := _TITLED.fullmatch(name)) is not None:
        stem, title = titled[1], titled[2]
        if title == "同志" and len(stem) > 1:
            reading.tell("name", f"姓名后面的“{title}”没有当作姓名，已按“{stem}”")
            return stem
        likely = stem if len(stem) > 1 else name
        asked = Reading(said, likely, Sure.ASKED, f"“{said}”里的“{title}”像是职务，请核对姓名")
        return reading.take("name", asked) or name
    elif why := _doubt_of(said, name):
        reading.take("name", Reading(said, name, Sure.ASKED, why))
    else:
        _beside_name(reading, name, remark)
    return name


def _doubt_of(said: str, name: str) -> str:
    """Why the words of a cell may be no name of one person, as a question; empty where nothing says so."""
    doubts = (
        (_TWO_NAMES.search(name), f"“{said}”像是两个人或两种写法，是一个人的姓名请勾选"),
        (_NUMBER_IN.search(name), f"“{said}”里有数字，是姓名的一部分请勾选"),
        (_TWO_LINES.search(said), f"“{name}”在表里分两行写，是一个人的姓名请勾选"),
        (_TWO_APART.fullmatch(said.strip()), f"“{said}”中间空着，像是两个词，是一个人的姓名请勾选"),
        (_CALLED.fullmatch(name), f"“{name}”像是称呼，不是全名，是姓名请勾选"),
        (name.endswith("等"), f"“{name}”像是几个人，是姓名请勾选"),
    )
    return next((why for found, why in doubts if found), "")


def _beside_name(reading: MemberTaking, name: str, remark: str) -> None:
    """Ask or tell of what stands beside a name that is one."""
    said = reading.row.text("name")
    if any(item.status in LEFT for item in read_remark(remark, reading.today)):
        why = f"姓名后面写着“{remark}”，仍按在册党员记入的请勾选"
        reading.take("name", Reading(said, name, Sure.ASKED, why))
    elif _is_alone(reading):
        why = f"这一行只有“{said}”，没有别的内容，是党员的姓名请勾选"
        reading.take("name", Reading(said, name, Sure.ASKED, why))
    elif remark:
        reading.tell("name", f"姓名后面的“{remark}”没有当作姓名，已按“{name}”")


def _is_alone(reading: MemberTaking) -> bool:
    """Whether nothing but a name stands in a row that nobody said is one, and no other question is asked of it."""
    row, told = reading.row, {"name", "group", "branch"}
    return not row.texts.keys() - told and "party" not in row.cells and row.key not in reading.mending.taken_rows
