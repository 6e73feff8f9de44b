"""The rows below the headings of a file, with what was mended in place; whatever is not taken is counted and told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.exchange.columns import OWED, PAID, Columns
from app.exchange.headings import OF_A_TIME, OVER, Layout, heading_of, tables_of, unknown_columns
from app.exchange.mending import Mending
from app.exchange.months import years_told
from app.exchange.paths import at, key_of, paths
from app.exchange.raw import Cell, RawSheet, text_of
from app.exchange.reading import BESIDE, DITTO, Reading, Sure, plain
from app.exchange.sheet import BLOCK, LeftOut, Row, RowFault, Sheet
from app.exchange.ticked import in_words
from app.exchange.words import MADE_BY, SIGNED, SUMS, is_beside
from app.record import Severity

_SENTENCE = re.compile(r"[：:。；]|^[\d（(]+[、.．)）][^·]{5,}$")
_MADE_ON = re.compile(r"(19|20)\d\d(年|[-./]\d).*\d日?")
"""What stands alone below a table and is nobody: a remark, a numbered one, the day of making."""
VERSIONS = re.compile(r"旧|原表|历史|备份|模板|模版|样表|示例|副本|作废|copy|template|bak", re.IGNORECASE)


@dataclass
class _Laying:
    book: Sequence[RawSheet]
    mending: Mending
    columns: Columns
    rows: list[Row] = field(default_factory=list[Row])
    faults: list[RowFault] = field(default_factory=list[RowFault])
    left: list[LeftOut] = field(default_factory=list[LeftOut])


def lay_out(book: Sequence[RawSheet], columns: Columns, mending: Mending) -> Sheet | None:
    """Every row of every table that is taken; None where no table fits."""
    needed, field_of = columns.needed, columns.field_of
    known = [tables_of(book, number, field_of, needed) for number in range(len(book))]
    if mending.layout is None:
        said = [in_words(sheet, tables, columns) for sheet, tables in zip(book, known, strict=True)]
        changed = [number for number, sheet in enumerate(said) if sheet is not book[number]]
        book = said
        for number in changed:
            known[number] = tables_of(book, number, field_of, needed)
    tables = _taken(book, known, mending)
    if not tables:
        return None
    tables = [_with_role(book[table.sheet], table, columns) for table in tables]
    laying = _Laying(book, mending, columns)
    several = len({table.sheet for table in tables}) > 1
    for index, table in enumerate(tables):
        beside = [other for other in tables if other.sheet == table.sheet and other.heading == table.heading]
        first = next(other for other in tables if other.sheet == table.sheet)
        title = _with_year_of(title_of(book, table), title_of(book, first))
        _lay(laying, index, table, beside, several, (title, _over_heading(book, tables, table)))
    laying.left += _sheets_left(book, known, tables)
    headings: dict[str, str] = {}
    for table in tables:
        for name, column in table.columns.items():
            heading = heading_of(book[table.sheet], table, column)
            shared = [other for other, place in table.columns.items() if place == column and other != name]
            if shared and key_of(heading) not in map(key_of, columns.synonyms.get(name, ())):
                heading = f"{columns.title(name)}（{heading}）"  # one column says two things: not the same name twice
            headings.setdefault(name, heading)
    laid = dict.fromkeys(book[table.sheet].name for table in tables if book[table.sheet].laid)
    told = tuple(f"“{name}”不是一行一条的表，排成一行一条再读，下面的行号是排好以后的" for name in laid)
    return Sheet(
        title_of(book, tables[0]), tuple(laying.rows), headings, tuple(laying.faults), tuple(laying.left), told
    )


def _with_role(sheet: RawSheet, table: Layout, columns: Columns) -> Layout:
    """The table with the column that says of each row whether it is owed or paid, whatever stands above that column."""
    if "role" not in columns.synonyms or "role" in table.columns:
        return table
    rows = [cells for cells in sheet.grid[table.heading + 1 : table.ends] if not is_beside(_first(cells))]
    for column in range(max(map(len, rows), default=0)):
        said = [word for row in rows if (word := _packed(text_of(at(row, column))))]
        known = [word for word in said if word in OWED or word in PAID]
        if len({*known}) > 1 and len(known) * 2 > len(said) and not {*OWED}.isdisjoint(known):
            others = {name: place for name, place in table.columns.items() if place != column}
            return replace(table, columns={**others, "role": column})
    return table


Known = Sequence[Sequence[Layout]]
"""The tables of each sheet of a file."""


def _taken(book: Sequence[RawSheet], known: Known, mending: Mending) -> list[Layout]:
    """The tables that are read: the one that was pointed at, those of the sheets that were chosen, else the usual."""
    if mending.layout is not None:
        return [mending.layout]
    best = _best(book, known)
    if mending.sheets is not None:
        return [table for number in sorted(mending.sheets) if number < len(known) for table in known[number]]
    return [table for number, tables in enumerate(known) if not _why_not(book, known, number, best) for table in tables]


def _best(book: Sequence[RawSheet], known: Known) -> Layout | None:
    tables = [table for listed in known for table in listed]
    return max(tables, key=lambda table: (book[table.sheet].shown, len(table.columns)), default=None)


def _why_not(book: Sequence[RawSheet], known: Known, number: int, best: Layout | None) -> str:
    """Why a sheet is not taken unasked; empty when it is: shown, no old version, with the columns of the best one."""
    sheet = book[number]
    if not known[number] or best is None:
        return "没有认得的表头"
    if not sheet.shown and any(other.shown for other in book):
        return "这张工作表是隐藏的"
    if number == best.sheet:
        return ""
    if VERSIONS.search(sheet.name):
        return "名称像是旧表、备份或模板"
    own, wanted = set(known[number][0].columns), set(best.columns)
    if len(own & wanted) * 2 < len(own | wanted):
        return "表头与另一张差得多"
    return ""


def _sheets_left(book: Sequence[RawSheet], known: Known, tables: Sequence[Layout]) -> Iterator[LeftOut]:
    """The sheets that are not taken, with how many rows they have."""
    taken, best = {table.sheet for table in tables}, _best(book, known)
    for number, sheet in enumerate(book):
        if number in taken:
            continue
        rows = sum(1 for cells in sheet.grid if any(text_of(cell) for cell in cells))
        reason = _why_not(book, known, number, best) or "没有选"
        can = number if known[number] else None
        yield LeftOut(f"工作表“{sheet.name}”", f"的 {rows} 行", rows, reason, can)


def title_of(book: Sequence[RawSheet], table: Layout) -> str:
    """The words that may tell the year of a table: of file, sheet and the rows above."""
    sheet = book[table.sheet]
    seen: list[str] = []
    for row in range(table.above, min(table.top, len(sheet.grid))):
        for cell in sheet.grid[row]:
            text = text_of(cell)
            if text and text not in seen:
                seen.append(text)
    return "\n".join([sheet.title, *seen])


def _over_heading(book: Sequence[RawSheet], tables: Sequence[Layout], table: Layout) -> str:
    """What the line directly over a heading calls its rows, where each of several tables of a sheet has one."""
    tops = {other.top for other in tables if other.sheet == table.sheet}
    grid = book[table.sheet].grid
    banners = [_banner(grid[top - 1]) if top else "" for top in tops]
    return _banner(grid[table.top - 1]) if len(tops) > 1 and all(banners) else ""


def _with_year_of(title: str, first: str) -> str:
    """The title of a table with the year of the first one on its sheet, where it tells none itself."""
    years = years_told(first)
    return title if years_told(title) or len(years) != 1 else f"{title}\n{years[0]}年"


def _lay(
    laying: _Laying, index: int, table: Layout, beside: Sequence[Layout], several: bool, over: tuple[str, str]
) -> None:
    """`over`: the words of its title, and what the line directly over its heading calls its rows."""
    sheet, mending = laying.book[table.sheet], laying.mending
    headings = {name: laying.columns.title(name) for name in laying.columns.synonyms}
    headings |= {name: heading_of(sheet, table, column) for name, column in table.columns.items()}
    name_of_sheet = sheet.name if several else ""
    title, banner = over[0], table.over or over[1]
    others = {column for other in beside if other is not table for column in other.columns.values()}
    own = [name for name, column in table.columns.items() if column not in others]
    above: Mapping[str, Cell] = {}
    dropped: dict[str, list[int]] = {}
    width, longest = max(_headed(sheet, table)) + 1, max(table.columns, key=table.columns.__getitem__)
    end = table.ends if table.ends is not None else len(sheet.grid)
    for number, cells in enumerate(sheet.grid[table.heading + 1 : end], table.heading + 2):
        key = index * BLOCK + number
        known = {name: at(cells, column) for name, column in table.columns.items()}
        if mending.edits:
            known |= {name: mending.edits[key, name] for name in known if (key, name) in mending.edits}
        shared, across = _merged(sheet, number - 1, table) if sheet.merged else (NO_FIELDS, ())
        row = Row(number, known, headings, key, name_of_sheet, title, shared, banner, across)
        if table.over and not any(row.text(name) for name in own):
            continue  # nothing of this kind was held in the month of the row
        why = (
            ""
            if key in mending.taken_rows
            else _no_row(row, cells, table, laying.columns.needed, alone=len(beside) == 1)
        )
        if why == BANNER:
            banner = _banner(cells)
        if why:
            if why != EMPTY:
                dropped.setdefault(why, []).append(key)
            continue
        if banner:
            row = _below_banner(row, banner, table, laying.columns)
        row = _as_above(row, above, laying.faults)
        above = row.cells
        laying.rows.append(row)
        laying.faults += _cell_faults(row, sheet, table, mending)
        if sheet.separated and not mending.accepts(key, longest):
            laying.faults += _longer(row, longest, cells[width:])
    place = f"“{sheet.name}”" if several else ""
    for why, keys in dropped.items():
        numbers = "、".join(str(key % BLOCK) for key in keys[:8]) + ("等" if len(keys) > 8 else "")
        laying.left.append(LeftOut(place, f"第 {numbers} 行（共 {len(keys)} 行）", len(keys), why, None, tuple(keys)))
    if table is beside[0]:
        _tell_columns(laying, sheet, table, beside[1:], end, place)


LONGEST_DITTO = 8
"""Signs; a longer cell says something itself."""
PERSONAL = ("id_number", "phone")
NO_FIELDS: frozenset[str] = frozenset()
EMPTY, BANNER = "空行", "像是分组的标题行"
REPEATED, SUM, FOOTER, NUMBERED = "重复的表头", "合计行", "像是表尾的说明", "只有序号"


def _no_row(row: Row, cells: Sequence[Cell], table: Layout, needed: Sequence[str], *, alone: bool) -> str:
    """Why a line of a sheet is no row of its table; empty when it is one.

    A footer says nothing where a row must say something: a line with a day or a type is a row whatever it begins with.
    """
    first = _first(cells)
    if _banner(cells):
        return BANNER
    full = first and all(row.text(name) for name in needed) and first not in row.headings.values()
    begins = _packed(first)
    more = any(row.text(name) for name in table.columns if name not in needed or len(needed) > 1)
    if full and more and not SUMS.match(begins) and not SIGNED.match(begins) and not row.shared:
        return ""
    if MADE_BY.match(begins):
        return FOOTER
    filled = {name: _packed(row.text(name)) for name in table.columns if row.text(name)}
    written = [_packed(text_of(cell)) for cell in cells if text_of(cell)]
    if not written or not (filled or alone):
        return EMPTY
    first = written[0]
    if not filled:
        return NUMBERED if re.fullmatch(r"[\d.]+", first) else FOOTER
    if all(key_of(at(cells, column)) == key_of(row.headings[name]) for name, column in table.columns.items()):
        return REPEATED
    # What a row must say and says beside its first word; the number of people of a sum is nothing of the kind.
    must = [
        name
        for name in needed
        if name in filled and not re.fullmatch(r"\d+[人名次场期个]?|[\d.\-/年月日]+", filled[name])
    ]
    must = [name for name in must if filled[name] != first and not SIGNED.match(filled[name])]
    rest = [name for name in filled if filled[name] != first]
    wide = len(table.columns) > 2 and len(filled) > 2 and not rest and len(row.shared & filled.keys()) > 1
    if SUMS.match(first) and not must:
        return SUM
    if SIGNED.match(first) and not must and all(SIGNED.match(filled[name]) for name in rest):
        return FOOTER
    if SIGNED.fullmatch(first) and not must:
        return FOOTER
    if wide:
        return BANNER
    made = filled.keys() == {"name"} and _MADE_ON.fullmatch(first)
    if not rest and not must and len(table.columns) > 2 and (_SENTENCE.search(first) or made or len(first) > 20):
        return FOOTER
    return ""


def _first(cells: Sequence[Cell]) -> str:
    """What is written first in a line."""
    return next((text for cell in cells if (text := text_of(cell))), "")


def _packed(text: str) -> str:
    return "".join(text.split())


def _merged(sheet: RawSheet, line: int, table: Layout) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """The fields of a row that have their value from another cell, and those that share one cell of the row itself."""
    places = {(line, column): name for name, column in table.columns.items()}
    shared = frozenset(name for place, name in places.items() if place in sheet.merged)
    groups: dict[tuple[int, int], list[str]] = {}
    for place, name in sorted(places.items()):
        corner = sheet.merged.get(place, place)
        if corner[0] == line:
            groups.setdefault(corner, []).append(name)
    return shared, tuple(tuple(names) for names in groups.values() if len(names) > 1)


def _banner(cells: Sequence[Cell]) -> str:
    """What a line that stands over rows calls them, without its number and count: （一）第二党支部（12人）."""
    if len({cell for cell in cells if cell not in (None, "")}) > 4:
        return ""  # cheap, for every row is asked
    written = list(dict.fromkeys(plain(cell) for cell in cells if text_of(cell)))
    counted = len(written) == 2 and re.fullmatch(r"共?计?\d+[人名]", _packed(written[1]))
    if not written or not (len(written) == 1 or counted):
        return ""
    text = re.sub(r"^(\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、.])", "", _packed(written[0]))
    text = re.sub(r"\(.*?\)|[:：].*|共?计?\d+[人名]$", "", text)
    return text if OVER.search(text) or OF_A_TIME.fullmatch(text) else ""


def _below_banner(row: Row, banner: str, table: Layout, columns: Columns) -> Row:
    """A row with what the line over it says: its group, or its branch."""
    for ending, name in (("组", "group"), ("支部", "branch")):
        if banner.endswith(ending) and name in columns.synonyms and name not in table.columns:
            heading = columns.title(name)
            return replace(row, cells={**row.cells, name: banner}, headings={**row.headings, name: heading})
    return row


def _as_above(row: Row, above: Mapping[str, Cell], faults: list[RowFault]) -> Row:
    """The row with what stands above in the place of 同上; said of each, and wrong where nothing stands above."""
    resolved: dict[str, Cell] = {}
    for name, cell in row.cells.items():
        if not isinstance(cell, str) or len(cell) > LONGEST_DITTO or (said := _packed(cell)) not in DITTO | BESIDE:
            continue
        value = above.get(name)
        if text_of(value) and name not in PERSONAL and said not in BESIDE:
            resolved[name] = value
            faults.append(row.fault(name, f"写着“{said}”，按上一行的“{text_of(value)}”", Severity.WARNING))
        else:
            faults.append(row.fault(name, f"写着“{said}”，看不出是什么，请填上"))
    return replace(row, cells={**row.cells, **resolved}) if resolved else row


def _cell_faults(row: Row, sheet: RawSheet, table: Layout, mending: Mending) -> Iterator[RowFault]:
    index = row.number - 1
    if index in sheet.hidden:
        first = next(iter(table.columns))
        yield row.fault(first, "这一行在表里是隐藏的，请看是否要导入", Severity.WARNING)
    if not (sheet.formulas or sheet.errors or sheet.struck):
        return
    for name, column in table.columns.items():
        if (index, column) in sheet.formulas and (row.key, name) not in mending.edits:
            text = "单元格是公式，文件里没有算出来的结果，请在 Excel 里打开保存一次，或在这里填上"
            yield row.fault(name, text)
        if (index, column) in sheet.errors and (row.key, name) not in mending.edits:
            yield row.fault(name, "单元格是错误值（#N/A 一类），请在 Excel 里改正，或在这里填上")
        said = row.text(name)
        if (index, column) in sheet.struck and said and not mending.accepts(row.key, name):
            yield row.doubt(name, Reading(said, said, Sure.ASKED, f"“{said}”划了删除线，仍要导入请勾选"))


def _headed(sheet: RawSheet, table: Layout) -> set[int]:
    """The columns that have a heading, or are read without one."""
    named = {column for column, path in enumerate(paths(sheet, table.top, table.heading)) if path}
    return named | set(table.columns.values())


def _longer(row: Row, name: str, more: Sequence[Cell]) -> Iterator[RowFault]:
    """A row of a text file with more cells than its heading: a separator inside a text has moved what stands behind."""
    behind = [text for cell in more if (text := text_of(cell))]
    if behind:
        why = f"这一行比表头多 {len(behind)} 格（{'、'.join(behind[:3])}），像是内容里有分隔符，各格可能错位，请核对"
        yield row.doubt(name, Reading(row.text(name), row.text(name), Sure.ASKED, why))


def _tell_columns(
    laying: _Laying, sheet: RawSheet, table: Layout, beside: Sequence[Layout], end: int, place: str
) -> None:
    for column, above in unknown_columns(sheet, table, beside):
        filled = sum(1 for cells in sheet.grid[table.heading + 1 : end] if text_of(at(cells, column)))
        if filled:
            heading = heading_of(sheet, table, column)
            same = table.columns.get(laying.columns.field_of(above) or "")
            why = "程序里没有这一项" if same is None else f"与“{heading_of(sheet, table, same)}”一列重复，读了那一列"
            laying.left.append(LeftOut(place, f"“{heading}”一列（{filled} 格）", filled, why))
    headed = _headed(sheet, table)
    rows = [cells for cells in sheet.grid[table.heading + 1 : end] if not MADE_BY.match(_packed(_first(cells)))]
    for column in range(max(map(len, rows), default=0)):
        if column in headed:
            continue
        texts = [text for cells in rows if (text := text_of(at(cells, column)))]
        if any(not re.fullmatch(r"\d{1,4}", text) for text in texts):
            place_of = f"第 {column + 1} 列（{len(texts)} 格）"
            laying.left.append(LeftOut(place, place_of, len(texts), "没有表头"))
    for name, column in table.columns.items():
        if column in sheet.hidden_columns:
            heading = heading_of(sheet, table, column)
            laying.faults.append(
                RowFault(table.heading + 1, heading, "这一列在表里是隐藏的，已读入", Severity.WARNING, name)
            )
