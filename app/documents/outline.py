"""The numbering of a document as an outline: chapters, paragraphs, rows of tables, whatever the signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.documents.numbers import CHINESE, level

_MONTH = rf"(?:\d{{1,2}}|{CHINESE}{{1,2}})"
TIME = rf"{_MONTH}月?(?:份)?[—~至到]{_MONTH}月份?|{_MONTH}月份?|第?[一二三四1-4]季度|[上下]半年"
"""A month, some months, a quarter or half a year by itself."""
# How a line may be numbered; the kinds are told apart, their order is that in which they are met.
KINDS = (
    ("chapter", re.compile(rf"第({CHINESE}+|\d+)[章编篇]\s*[：、]?")),
    ("stage", re.compile(rf"(第(?:{CHINESE}+|\d+)(?:阶段|步)|阶段(?:{CHINESE}|\d))\s*[：、]?(?!的)")),
    (
        "time",
        re.compile(
            rf"[【〔]?((?:{TIME})(?=\s*（[^（）]{{1,12}}）|[】〕：\s]|$)|全年|每月|每季度|常年)(?:\s*（[^（）]{{1,12}}）)?[】〕]?\s*：?$"
        ),
    ),
    ("part", re.compile(rf"第({CHINESE}+|\d+)[条部]分?\s*[：、]?")),
    ("roman", re.compile(r"([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])\s*[、.．]")),
    ("task", re.compile(rf"(?:任务|项目|行动|工程|举措)({CHINESE}+|\d+)\s*[：、]")),
    ("chinese", re.compile(rf"({CHINESE}+)\s*(?:、|\.(?!\d)|．)")),
    ("bracket", re.compile(rf"（({CHINESE}+)）\s*、?")),
    ("dotted", re.compile(r"(\d{1,2}(?:\.\d{1,2})+)(?:\.|、|\s)?(?=[^\d亿万元%年月个次人倍名])")),
    ("dashed", re.compile(r"(\d{1,2}—\d{1,2})(?:\.|、|\s)")),
    ("digit", re.compile(r"(\d{1,3})\s*(?:\.(?!\d)|\.(?=\d{1,2}月|20\d\d年)|．|、)")),
    ("digit_bracket", re.compile(r"（(\d{1,2})）\s*、?")),
    ("half_bracket", re.compile(r"(\d{1,2})）")),
    ("circle", re.compile(r"([①-⑳])")),
    ("caption", re.compile(r"【([^】\d]{2,20})】$")),
)
_LABEL = (
    "(?:责任|牵头|主责|承办|主办|实施|落实|配合|协办|协同|参与|参加)"
    "(?:单位|部门|主体|科室|处室|股室|党?支部|党总支|党组织)|责任人|牵头|配合|责任"
)
LABEL = re.compile(
    rf"[（\[【〔]?\s*(?P<kind>{_LABEL})\s*(?:及[^：]{{1,6}})?：\s*"
    rf"(?P<units>(?:（[^）\n]*）|(?!\s(?:{_LABEL})：)[^）\]】〕；\n])*)[）\]】〕]?"
)
SUPPORT = ("配合", "协办", "协同", "参与", "参加")
NOT_UNITS = re.compile(r"排第一位|下同|为牵头|按职责|分工负责|^等$|排名第一|排在第一")


@dataclass(eq=False)
class Block:
    """A paragraph, a heading or a row of a table, with its number and what stands below it."""

    number: str
    kind: str
    text: str
    """Without its number."""
    body: list[str] = field(default_factory=list[str])
    """Paragraphs without a number below it."""
    children: list[Block] = field(default_factory=list["Block"])
    parent: Block | None = None
    lead: list[str] = field(default_factory=list[str])
    support: list[str] = field(default_factory=list[str])
    deadline: str = ""
    """The time of a row of a table, by itself."""
    row: bool = False

    @property
    def path(self) -> str:
        """Its number below those of what it stands in: 三（二）1."""
        own = {
            "bracket": f"（{self.number}）",
            "digit_bracket": f"（{self.number}）",
            "half_bracket": f"{self.number}）",
            "stage": f"、{self.number}" if self.parent and self.parent.number else self.number,
        }
        mine = own.get(self.kind, self.number)
        over = self.parent
        if self.kind in ("dotted", "dashed") and over is not None and self.number.startswith(over.number):
            over = over.parent  # 1-2 says itself that it stands under 1
        above = over.path if over and over.kind and not self.row else ""
        return above + mine

    @property
    def whole(self) -> str:
        """Its text with the paragraphs below it."""
        return "\n".join([self.text, *self.body])

    def leaves(self) -> list[Block]:
        """The lowest blocks, in order."""
        return [leaf for child in self.children for leaf in child.leaves()] if self.children else [self]


def numbered(line: str) -> tuple[str, str, str] | None:
    """Kind, number and the rest of a numbered line; None for another."""
    told = level(line)
    stripped = told.lstrip(" \u3000\t*·•★☆◆◇●○■□▲△※◎➤")
    shift = len(told) - len(stripped)
    for kind, pattern in KINDS:
        match = pattern.match(stripped)
        if match and kind == "caption":
            return kind, "", match[1]
        if match:
            return kind, match[1].replace("—", "-"), line[shift + match.end() :].strip()
    return None


_COUNTED = re.compile(rf"(?:第({CHINESE}{{1,2}})[，,]\s*|({CHINESE}{{1,2}})[是要])(?=\S)")


def counted_out(line: str) -> tuple[str, str, str] | None:
    """一是抓好学习, 第一，抓好学习: a number where a document has no others, else a part of its paragraph."""
    match = _COUNTED.match(line.strip())
    return ("is", match[1] or match[2], line.strip()[match.end() :]) if match else None


_BULLET = re.compile(r"[●○■□▲△◆◇★☆➤▶•※]\s*(?=\S)")


def bulleted(line: str) -> tuple[str, str, str] | None:
    """●抓好学习: a paragraph of its own where a document has no numbers at all."""
    match = _BULLET.match(line.strip())
    return ("bullet", "", line.strip()[match.end() :]) if match else None


# --- lines ----------------------------------------------------------------------------------------------

_ENDS = "。！？；：”）)】〕]》…:;"


def paragraphs(text: str) -> list[str]:
    """The lines of a text, with those joined that a page or a narrow column had broken."""
    lines = [_unmarked(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    found: list[str] = []
    hard = _hard_width(lines)
    gap = False
    for line in lines:
        if not line.strip():
            gap = True
            continue
        if found and _broken(found[-1], line, hard, gap):
            found[-1] = found[-1].rstrip() + line.strip()
        else:
            found.append(line)
        gap = False
    return [part for line in found for part in _parts_of(line)]


_RUNNING = (
    (re.compile(r"\s*第(?:一|1)阶段"), re.compile(rf"(?<=[；;。])\s*(?=第(?:{CHINESE}|\d)阶段)")),
    (re.compile(r"\s*1\s*[.．、](?!\d)"), re.compile(r"(?<=[；;。])\s*(?=[2-9]\s*[.．、](?!\d))")),
    (re.compile(r"\s*①"), re.compile(r"(?<=[；;。])\s*(?=[②-⑳])")),
    (re.compile(r"\s*[（(]1[）)]"), re.compile(r"(?<=[；;。])\s*(?=[（(][2-9][）)])")),
    (re.compile(r"\s*[（(]一[）)]"), re.compile(rf"(?<=[；;。])\s*(?=[（(]{CHINESE}[）)])")),
)
"""How a line begins that counts its parts, and where the next ones begin: 1．……。2．……。"""


def _parts_of(line: str) -> list[str]:
    """A line that goes on with the next numbers, as a line for each."""
    for first, following in _RUNNING:
        if first.match(line):
            return following.split(line)
    return [line]


def _unmarked(line: str) -> str:
    """A line without the signs with which plain text marks headings, tables and what is bold."""
    plain = re.sub(r"^#{1,6} +", "", line.rstrip(" \u3000")).replace("**", "")
    if not re.fullmatch(r"\s*\|.+\|\s*", plain):
        return plain
    cells = [cell.strip() for cell in plain.strip().strip("|").split("|")]
    return "" if all(re.fullmatch(":?-+:?", cell) for cell in cells) else "\t".join(cells)


def _hard_width(lines: Sequence[str]) -> int:
    """The width at which every line is broken; 0 where lines are whole paragraphs."""
    widths = [len(line.strip()) for line in lines if line.strip()]
    if len(widths) < 8:
        return 0
    widest = sorted(widths)[int(len(widths) * 0.9)]
    near = sum(abs(width - widest) <= 2 for width in widths)
    return widest if widest <= 60 and near >= 0.35 * len(widths) else 0


def _broken(before: str, line: str, hard: int, gap: bool) -> bool:
    """Whether a line goes on with the one before."""
    told, head = level(before.strip()), level(line.strip())
    if "\t" in before or "\t" in line or numbered(line) or LABEL.match(head) or _SIGNATURE.search(head):
        return False
    opened = (
        told.count("（") > told.count("）") or told.count("《") > told.count("》") or told.count("“") > told.count("”")
    )
    if opened and len(told) > 8:
        return True
    if told.endswith(tuple(_ENDS)):
        return False
    if hard:
        last = told if len(told) <= hard + 4 else told[-hard:]
        return len(last) >= hard - 2 and not gap
    # A heading is a line without a stop in it; a broken paragraph has one, or a comma at its end.
    return ("。" in told and len(told) > 24) or told.endswith(("，", "、"))


_SIGNATURE = re.compile(r"^\s*20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|^附件|^抄送|印发$")


# --- tables ---------------------------------------------------------------------------------------------

COLUMNS = (
    ("number", re.compile(r"^(?:序号|编号|序|项次)$")),
    ("person", re.compile(r"(?:责任|牵头|分管|包联|包保)领导|责任人|负责人|联系人")),
    ("support", re.compile(r"配合|协办|协同|参与|参加单位")),
    (
        "lead",
        re.compile(
            r"牵头|责任|承办|主办|负责|落实单位|主责|实施单位|组织单位|^(?:党?支部|党组织|单位|部门|科室)(?:名称)?$"
        ),
    ),
    ("weight", re.compile(r"分值|权重|得分|评分|扣分|加分")),
    ("deadline", re.compile(r"时限|时间|期限|进度|节点|完成日|日期|月份|季度|(?:推进|实施)(?:计划|安排)")),
    ("group", re.compile(r"^(?:任务|工作|项目)?(?:类别|类型|分类|板块|维度)$|^一级指标$")),
    ("title", re.compile(r"会议(?:类型|名称)|任务|项目|事项|内容|主题|工作|活动|名称|类别|指标")),
    ("text", re.compile(r"措施|举措|要求|做法|标准|目标|说明|内容|形式|安排|考核|步骤|具体")),
)


WHEN = "when "
"""How the kind of a column begins that stands for a month or a quarter."""
_TIME_ALONE = re.compile(TIME)


def columns_of(cells: Sequence[str]) -> list[str] | None:
    """What the columns of a heading row are; None where it is no heading of a list of tasks."""
    found: list[str] = []
    times = [plain for cell in cells if _TIME_ALONE.fullmatch(plain := level("".join(cell.split())))]
    for cell in cells:
        plain = "".join(cell.split())
        if len(times) > 1 and level(plain) in times:
            found.append(f"{WHEN}{plain}")  # what is to be done in each quarter
            continue
        kind = next((name for name, pattern in COLUMNS if pattern.search(plain)), "") if len(plain) <= 12 else ""
        if kind == "title" and "title" in found:
            kind = "text"
        if kind in ("lead", "deadline") and kind in found:
            kind = "support" if kind == "lead" else ""
        found.append(kind)
    # Who answers in person is asked only where no column names a unit.
    found = [kind if kind != "person" else "" if "lead" in found else "lead" for kind in found]
    if "group" in found and "title" not in found:
        found[found.index("group")] = "title"
    named = ["text" if kind.startswith(WHEN) else kind for kind in found if kind]
    useful = {"title", "text"} & set(named)
    # 时间 beside 内容 is a list as well, with whatever behind it.
    least = 2 if found[:2] in (["deadline", "title"], ["deadline", "text"]) else 3
    return found if len(named) >= least and useful and (set(named) & {"number", "lead", "deadline", "weight"}) else None


def row_of(columns: Sequence[str], cells: Sequence[str]) -> Block | None:
    """A row of a list of tasks as a block; None where it holds no task."""
    told: dict[str, list[str]] = {}
    for kind, cell in zip(columns, cells, strict=False):
        if kind and cell.strip():
            told.setdefault(kind, []).append(cell.strip())
    title = "，".join(told.get("title", []))
    times = [f"{kind.removeprefix(WHEN)}：{cells[0]}" for kind, cells in told.items() if kind.startswith(WHEN)]
    text = "\n".join(filter(None, ["。".join(told.get("text", [])), *times]))
    if not (title or text):
        return None
    number = re.sub(
        r"[^\d\-.一二三四五六七八九十]", "", level("".join(told.get("number", []))).replace("—", "-")
    ).strip(".")
    block = Block(number, "row", title or text, [text] if title and text else [], row=True)
    block.lead, block.support = units_of("、".join(told.get("lead", []))), units_of("、".join(told.get("support", [])))
    block.deadline = "；".join(told.get("deadline", []))
    return block


def units_of(text: str) -> list[str]:
    """The units of a list, those that lead first: 机关党委、办公室牵头，各党支部配合 → each by itself."""
    plain = re.sub(r"（[^）]*）(?=[、，；\s/]|$)", "", level(text))  # 各村（社区）党组织 is a name
    first: list[str] = []
    kept: list[str] = []
    for clause in re.split(r"[，；]", plain):
        parts = [part for part in (part.strip(" 。.") for part in re.split(r"[、\s/]+", clause)) if part]
        # Who stands before the last one of a list that leads leads with it: 甲科、乙科牵头.
        together = bool(parts) and parts[-1].endswith("牵头")
        for part in parts:
            if not NOT_UNITS.search(part):
                unit = _TASK_OF_A_UNIT.sub("", re.sub(r"等$", "", re.sub(r"^(?:由|会同)", "", part)))
                (first if together or part.endswith("牵头") else kept).append(unit)
    return [unit for unit in dict.fromkeys([*first, *kept]) if unit]


_TASK_OF_A_UNIT = re.compile(r"(?:共同|具体|分别)?(?:牵头|负责|配合|参与|协助|落实)$")
_UNIT = (
    r"(?:各|有关|相关)?[^、，；：（）。\d]{0,14}?(?:部|办|室|处|科|股|所|站|队|院|馆|公司|街道|社区|专班|局|党委|团委|纪委|工委|总支|委员会|工会|妇联|协会|学会|党组|"
    r"组|单位|部门|中心|学院|党校|支部|组织|书记)(?:牵头|负责|配合|落实)?"
)
_LISTED = rf"{_UNIT}(?:[、，；]{_UNIT})*"
AT_THE_END = re.compile(
    rf"[（〔【\[](?P<bracketed>{_LISTED})[）〕】\]]。?$|(?:^|[。；])(?P<sentence>{_LISTED})(?:分别|共同|具体)?(?<=负责|落实)。?$"
)
"""Units in a bracket at the end of a paragraph, or a sentence there that says no more than that they see to it."""
