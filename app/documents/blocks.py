"""From the lines of a document to its outline: numbers, tables in either shape, and lines that name units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.documents.days import SIGNED
from app.documents.numbers import CHINESE, level
from app.documents.outline import (
    AT_THE_END,
    LABEL,
    SUPPORT,
    TIME,
    Block,
    bulleted,
    columns_of,
    counted_out,
    numbered,
    row_of,
    units_of,
)


def all_of(block: Block) -> Iterator[Block]:
    """A block and everything below it, in order."""
    yield block
    for child in block.children:
        yield from all_of(child)


def outline(lines: list[str]) -> Block:
    """The outline of the lines; what stands under no number is the body of its root."""
    if not (over := _labels_over(lines)):
        return _outlined(lines)
    root = _outlined(lines[: over[0]])
    for begin, end in zip(over, [*over[1:], len(lines)], strict=True):
        lead, support = _labelled(lines[begin])
        part = _outlined(lines[begin + 1 : end])
        root.body += part.body
        for block in part.children:
            _under(root, block)
            if not (block.lead or block.support):
                block.lead, block.support = list(lead), list(support)
    return root


def _labels_over(lines: list[str]) -> list[int]:
    """The lines that name units over what is theirs: the first before all numbers, the last before some; else none."""
    named = [n for n, line in enumerate(lines) if LABEL.match(level(line.strip())) and not numbered(line)]
    counted = [n for n, line in enumerate(lines) if numbered(line)]
    over = len(named) > 1 and bool(counted) and named[0] < counted[0] and named[-1] < counted[-1]
    return named if over else []


def _outlined(lines: list[str]) -> Block:
    root = Block("", "", "")
    stack: list[Block] = [root]
    columns: list[str] | None = None
    since: list[Block] = []
    named = False
    index = 0
    lines = _without_frame(lines)
    number_of = next((told for told in (numbered, counted_out) if any(map(told, lines))), bulleted)
    while index < len(lines):
        line = lines[index]
        cells = list(line.split("\t")) if "\t" in line else _spaced(line, columns)
        heading = columns_of(cells) if len(cells) > 1 else None
        if heading:
            columns, index = heading, index + 1
            continue
        column_lines = _heading_lines(lines, index) if not cells else None
        if column_lines:
            index = _listed_cells(lines, index + len(column_lines), column_lines, root, stack)
            continue
        if columns and (len(cells) >= min(3, len(columns)) or _over_rows(lines, index)):
            _take_row(lines, index, _aligned(columns, cells), columns, stack)
            index += 1
            continue
        told = number_of(line)
        label = LABEL.match(level(line.strip().lstrip("（(")))
        if label and not told:
            _label(line, since, stack)
            named = True
            if rest := _beside_labels(line):
                stack[-1].body.append(rest)
        elif told and not _in_sentence(told):
            if named:
                since.clear()  # the units were those of what stands before
                named = False
            block = _push(stack, told)
            since.append(block)
        elif stack[-1] is root:
            root.body.append(line.strip())
        else:
            stack[-1].body.append(line.strip())
        index += 1
    for block in all_of(root):
        _fold(block)
        _own_units(block)
    return root


def _take_row(lines: list[str], index: int, cells: list[str], columns: list[str], stack: list[Block]) -> None:
    """Put a row of a table below what stands over it; one that is a heading over others begins that."""
    if over := _over_rows(lines, index):
        _push(stack, over)
    elif block := row_of(columns, cells):
        _under(stack[-1] if stack[-1].kind != "row" else stack[0], block)


_OF_ROWS = re.compile(rf"（?({CHINESE}+)[）、.]?")


def _over_rows(lines: list[str], index: int) -> tuple[str, str, str] | None:
    """A row of a table with a number in words and a heading alone, over rows with numbers in digits; else None."""
    cells = [cell.strip() for cell in lines[index].split("\t")]
    told = list(filter(None, cells))
    found = _OF_ROWS.fullmatch(level(cells[0]))
    below = lines[index + 1].split("\t") if index + 1 < len(lines) else [""]
    if found and len(told) == 2 and re.fullmatch(r"\d+[.、]?", level(below[0].strip())):
        return "chinese", found[1], told[1]
    return None


_PART_OF_A_TASK = re.compile(
    r"(?:(?:(?:主要|具体|工作|推进|整改|任务|目标){0,2}(?:内容|任务|措施|要求|目标|举措|做法|成果))|"
    r"(?P<until>(?:完成|推进|整改|工作|实施)?(?:时限|时间|期限|时间节点|节点)))：(?P<told>.*)"
)


def _fold(block: Block) -> None:
    """Numbered lines that only say of what they are a part (内容, 完成时限, 责任单位) are the task above them."""
    parts = [_PART_OF_A_TASK.match(level(child.text)) for child in block.children]
    labels = [LABEL.match(level(child.text)) for child in block.children]
    folds = (block.kind and any(labels)) or any(part and part["until"] for part in parts)
    if not folds or not all(
        (part or label) and not child.children for part, label, child in zip(parts, labels, block.children, strict=True)
    ):
        return
    for part, child in zip(parts, block.children, strict=True):
        if part and part["until"]:
            block.deadline = child.text[part.start("told") :].strip(" 。")
        else:
            told = child.text[part.start("told") :] if part else child.text
            block.body += [told, *child.body]
    block.children = []


def _spaced(line: str, columns: list[str] | None) -> list[str]:
    """The cells of a row that a .pdf or a message left with nothing but spaces between them."""
    cells = line.split()
    if columns is None:
        return cells if len(cells) > 2 and cells[0] in ("序号", "编号", "月份", "时间") else []
    return cells if len(cells) == len(columns) and "。" not in line else []


def _without_frame(lines: list[str]) -> list[str]:
    """The lines without signature, day and number of the document, which ask for nothing."""
    kept: list[str] = []
    attached = False
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        told = level(line.strip())
        if re.match(r"附\s*件?\d?：", told):
            attached = True
            continue
        # The list of attachments goes on in short numbered lines.
        attached = attached and len(told) < 40 and "。" not in told and bool(numbered(told) or re.match(r"\d", told))
        if (
            attached
            or SIGNED.match(told)
            or (SIGNED.match(level(following)) and re.fullmatch(r"[^，。；：\t]{2,30}", told) and not numbered(told))
            or re.match(r"(?:抄送|主送|联系人|（联系人|（此件)", told)
            or (re.search(r"印发$", told) and len(told) < 30)
        ):
            continue
        kept.append(line)
    return kept


def _in_sentence(told: tuple[str, str, str]) -> bool:
    """Whether a line only seems numbered: the amount at its head."""
    kind, _, rest = told
    return (kind == "digit" and bool(re.match(r"\d+(?!\d*月)", rest))) or (not rest and kind == "circle")


def _push(stack: list[Block], told: tuple[str, str, str]) -> Block:
    kind, number, rest = told
    kinds = [block.kind for block in stack]
    if kind in kinds:
        del stack[kinds.index(kind) :]
    elif (
        kind in ("chapter", "caption")
        or (kind == "time" and "row" not in kinds)
        or (kind == "chinese" and any(k in ("bracket", "digit") for k in kinds) and "chapter" not in kinds)
    ):
        del stack[1:]
    block = Block(number, kind, rest)
    _under(stack[-1], block)
    stack.append(block)
    return block


def _under(parent: Block, block: Block) -> None:
    block.parent = parent
    parent.children.append(block)


def _label(line: str, since: list[Block], stack: list[Block]) -> None:
    """A line that names units holds for the paragraphs since the last such line that stand beside each other."""
    lead, support = _labelled(line)
    last = stack[-1]
    beside = last.parent.children if last.parent else [last]
    wanted = [
        block
        for block in beside
        if block in since and (block is last or not any(_named_in(block)))
        if not any(LABEL.search(level(text)) for text in (block.text, *block.body))
    ]
    for block in wanted if len(stack) > 1 else [last]:
        block.lead += [unit for unit in lead if unit not in block.lead]
        block.support += [unit for unit in support if unit not in block.support]


def _beside_labels(line: str) -> str:
    """What a line says beside the units that it names: 责任单位：宣传科；完成时限：5月底前."""
    told, rest, at = level(line), "", 0
    for match in LABEL.finditer(told):
        rest += line[at : match.start()]
        at = match.end()
    rest = (rest + line[at:]).strip(" 　；;，。、")
    return rest if re.search(r"[\u4e00-\u9fff]{2}", rest) else ""


def _labelled(text: str) -> tuple[list[str], list[str]]:
    lead: list[str] = []
    support: list[str] = []
    for match in LABEL.finditer(level(text)):
        units = units_of(re.sub(r"(?:排第一位|下同).*", "", match["units"]))
        (support if match["kind"].startswith(SUPPORT) else lead).extend(units)
    return lead, support


_BY = re.compile(
    r"[（，。；]?由(?P<lead>[^，。；（）]{2,20}?)牵头(?:负责|组织|"
    r"实施)?[，、]?(?:(?P<support>[^，。；（）]{2,40}?)(?:配合|协同|参与|协助))?"
)
_LED = re.compile(
    r"(?:^|[。；，（])(?P<lead>[^，。；（）：]{2,24})牵头[，、；]?(?P<support>[^，。；（）]{2,40}?)(?:配合|参与|协同|负责|落实)"
)
_BRACKETED = re.compile(
    r"（(?P<lead>[^（），。；：]{2,20}?)牵头[，、；]\s*(?P<support>[^（）。；：]{2,60}?)(?:配合|"
    r"参与|协同|落实)(?:[，；][^（）]{1,20})?）|（(?P<only>[^（），。；：]{2,20}?)牵头(?:负责|落实)?(?:[，；][^（）]{1,20})?）"
)


def _own_units(block: Block) -> None:
    """The units that the text of a block names itself."""
    for text in (block.text, *block.body):
        if "单位" in text or "部门" in text or "责任" in text or "牵头" in text or "配合" in text:
            lead, support = _labelled(text)
            block.lead += [unit for unit in lead if unit not in block.lead]
            block.support += [unit for unit in support if unit not in block.support]
    if not (block.lead or block.support):
        block.lead, block.support = _named_in(block)


def _named_in(block: Block) -> tuple[list[str], list[str]]:
    """The units that lead and support as a block says it in its sentences, without a label."""
    for text in (block.text, *block.body):
        if ended := AT_THE_END.search(level(text)):
            return units_of(ended["bracketed"] or ended["sentence"]), []
    told = level(block.whole)
    match = _BRACKETED.search(told) or _BY.search(told) or _LED.search(told)
    groups = match.groupdict() if match else {}
    return units_of(groups.get("lead") or groups.get("only") or ""), units_of(groups.get("support") or "")


# --- tables as they come out of documents ---------------------------------------------------------------


def _aligned(columns: list[str], cells: list[str]) -> list[str]:
    """The cells of a row under their columns: where cells are merged downwards, the first are lacking."""
    lacking = len(columns) - len(cells)
    if lacking <= 0:
        return cells
    first = level(cells[0].strip())
    told = {"number": r"\d+", "deadline": TIME}.get(columns[0], r"(?!)")
    return [""] * (0 if re.fullmatch(told, first) else lacking) + cells


def _heading_lines(lines: list[str], index: int) -> list[str] | None:
    """The columns of a table whose cells stand one on a line."""
    if level(lines[index].strip()) not in ("序号", "编号", "序", "月份"):
        return None
    heads: list[str] = []
    for line in lines[index : index + 9]:
        plain = line.strip()
        if len(plain) > 12 or re.fullmatch(r"\d+", plain) or numbered(plain):
            break
        heads.append(plain)
    while len(heads) >= 3:
        columns = columns_of(heads)
        if columns and columns[-1]:
            return columns
        heads.pop()
    return None


def _listed_cells(lines: list[str], index: int, columns: list[str], root: Block, stack: list[Block]) -> int:
    """Rows whose cells stand one on a line: a new row begins with the number that comes next."""
    expected, cells = 1, list[str]()

    def done() -> None:
        if cells:
            block = row_of(columns, cells)
            if block:
                _under(stack[-1] if stack[-1].kind != "row" else root, block)
        cells.clear()

    while index < len(lines):
        plain = lines[index].strip()
        told = numbered(plain)
        if begins := re.fullmatch(r"(\d{1,3})" + ("月份?" if columns[0] == "deadline" else ""), level(plain)):
            begins = begins if columns[0] == "deadline" or int(begins[1]) in (expected, 1) else None
        if begins:
            done()
            expected = int(begins[1]) + 1
            cells.append(plain)
        elif (
            told
            and told[0] in ("chinese", "bracket", "chapter")
            and len(cells) in (0, len(columns))
            and len(plain) < 40
        ):
            done()
            _push(stack, told)
        elif len(cells) >= len(columns) and not cells_end(plain):
            done()
            return index
        elif not cells:
            return index
        else:
            cells.append(plain)
        index += 1
    done()
    return index


def cells_end(plain: str) -> bool:
    """Whether a line may still belong to a cell: it is short and ends no document."""
    return len(plain) <= 12 and not SIGNED.match(level(plain))
