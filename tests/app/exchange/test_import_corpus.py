# ruff: noqa: DTZ001  one nasty file a line; days of a spreadsheet have no zone
"""Tables as offices really keep them: each nasty file with what must come of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from app.errors import Refused
from app.exchange.headings import Layout, guess
from app.exchange.mending import NEW_PERSON, Mending
from app.exchange.raw import read_book
from app.exchange.tables import KINDS, import_book, import_table, left_over, likely_kind, sheet_of
from app.people.members import Member, MemberStatus, enrol
from tests.make import partial

TABLES = Path(__file__).parents[2] / "tables"
TODAY = date(2026, 11, 22)
HEAD = ["姓名", "性别", "出生日期", "身份证号", "入党日期", "转正日期"]
SOUND = "11010519491231002X"
PERSON = ["张一", "男", "1980.10", "110101198001010010", "2004-05-20", "2005-05-20"]


def xlsx(*sheets: Sequence[Sequence[Any]], tweak: Callable[[Any, Any], None] | None = None, **options: Any) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, **options})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for r, cells in enumerate(rows):
            for c, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(r, c, cell, day)
                elif isinstance(cell, int | float):
                    sheet.write_number(r, c, cell)
                elif cell:
                    sheet.write_string(r, c, cell)
        if tweak:
            tweak(book, sheet)
    book.close()
    return buffer.getvalue()


def table(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> bytes:
    return xlsx([head, *rows])


def csv(text: str, encoding: str) -> bytes:
    return text.encode(encoding)


@dataclass(frozen=True)
class Nasty:
    """A file: its name and bytes, how many come in, and words that must be said (row, part of the reason)."""

    name: str
    data: bytes
    added: int
    told: tuple[tuple[int, str], ...] = ()
    people: tuple[str, ...] = ()
    field: tuple[str, str] | None = None


def with_number(number: Any) -> list[Any]:
    return ["张一", "", "", number, "2004-05-20", ""]


def born(value: Any) -> list[Any]:
    return ["张一", "男", value, "", "2004-05-20", ""]


def _hide(book: Any, sheet: Any) -> None:
    sheet.set_row(2, None, None, {"hidden": True})


def _formula(book: Any, sheet: Any) -> None:
    sheet.write_formula(1, 2, "=TODAY()-9000", None, "")


def _merge(book: Any, sheet: Any) -> None:
    sheet.merge_range(0, 0, 0, 5, "中共某支部党员花名册（2026年）")
    sheet.merge_range(1, 2, 1, 3, "基本情况")


def without_values(data: bytes) -> bytes:
    """The same workbook with the results of its formulas taken away, as programs that never computed leave it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for item in package.namelist():
            text = package.read(item)
            if item.startswith("xl/worksheets/"):
                text = text.replace(b"</f><v></v>", b"</f>").replace(b"</f><v>0</v>", b"</f>")
            copy.writestr(item, text)
    return out.getvalue()


ONE = "姓名,性别,入党日期\n张一,男,2004-05-20\n"
FILES = [
    Nasty("标题行.xlsx", xlsx([["某支部党员花名册"], [], HEAD, PERSON]), 1, people=("张一",)),
    Nasty(
        "两行合并表头.xlsx",
        xlsx(
            [
                ["名册"],
                ["姓名", "性别", "党籍信息", ""],
                ["", "", "入党时间", "转正时间"],
                ["张一", "男", "2004.5", "2005.5"],
            ]
        ),
        1,
        field=("joined", "2004-05"),
    ),
    Nasty(
        "合并标题.xlsx",
        xlsx(
            [[""], ["姓名", "性别", "", ""], ["", "", "出生年月", "学历"], ["张一", "女", "1980.10", "本科"]],
            tweak=_merge,
        ),
        1,
        field=("birth", "1980-10"),
    ),
    Nasty("隐藏行.xlsx", xlsx([HEAD, PERSON, ["李二", "男", "", "", "2004", ""]], tweak=_hide), 2, ((3, "隐藏"),)),
    Nasty("公式没有结果.xlsx", without_values(xlsx([HEAD, PERSON], tweak=_formula)), 0, ((2, "公式"),)),
    Nasty("GBK.csv", csv(ONE, "gbk"), 1, people=("张一",)),
    Nasty("UTF8.csv", csv(ONE, "utf-8"), 1, people=("张一",)),
    Nasty("BOM.csv", csv(ONE, "utf-8-sig"), 1, people=("张一",)),
    Nasty("UTF16.csv", csv(ONE, "utf-16"), 1, people=("张一",)),
    Nasty(
        "GB18030生僻字.csv",
        csv("姓名,性别\n张䶮,男\n李㼆,女\n王𫖯,男\n", "gb18030"),
        3,
        people=("张䶮", "李㼆", "王𫖯"),
    ),
    Nasty("分号分隔.csv", csv(ONE.replace(",", ";"), "utf-8"), 1, people=("张一",)),
    Nasty("制表符分隔.txt", csv(ONE.replace(",", "\t"), "utf-8"), 1, people=("张一",)),
    Nasty("身份证是数字.xlsx", table(with_number(110101198001010010)), 0, ((2, "末几位已经丢失"),)),
    Nasty("身份证科学计数.csv", csv("姓名,身份证号\n张一,1.10101E+17\n", "utf-8"), 0, ((2, "末几位已经丢失"),)),
    Nasty("身份证带制表符.xlsx", table(with_number(f"\t{SOUND}")), 1, field=("id_number", SOUND)),
    Nasty("身份证带引号.xlsx", table(with_number(f"'{SOUND}")), 1, field=("id_number", SOUND)),
    Nasty(
        "身份证小写全角.xlsx", table(with_number("１１０１０５１９４９１２３１００２x ")), 1, field=("id_number", SOUND)
    ),
    Nasty("身份证校验位错.xlsx", table(with_number("110105194912310021")), 1, ((2, "校验位"),)),
    Nasty(
        "身份证15位.xlsx",
        table(with_number("430102850615234")),
        1,
        ((2, "15 位"),),
        field=("id_number", "430102198506152349"),
    ),
    Nasty(
        "身份证15位数字.xlsx",
        table(with_number(430102850615234)),
        1,
        ((2, "15 位"),),
        field=("id_number", "430102198506152349"),
    ),
    Nasty(
        "同一身份证两行.xlsx",
        table(with_number(SOUND), ["李二", "", "", SOUND, "", ""]),
        1,
        ((3, "第 2 行的身份证号相同"),),
    ),
    Nasty("日期点.xlsx", table(born("1980.3")), 1, field=("birth", "1980-03")),
    Nasty("日期数字会丢零.xlsx", table(born(1980.1)), 0, ((2, "分不清是 1 月还是 10 月"),)),
    Nasty("日期中文.xlsx", table(born("1980年3月")), 1, field=("birth", "1980-03")),
    Nasty("日期八位.xlsx", table(born("19800301")), 1, field=("birth", "1980-03-01")),
    Nasty("日期八位数字.xlsx", table(born(19800301)), 1, field=("birth", "1980-03-01")),
    Nasty("日期序列号.xlsx", table(born(29281)), 1, field=("birth", "1980-03-01")),
    Nasty("真日期.xlsx", table(born(datetime(1980, 3, 1))), 1, field=("birth", "1980-03-01")),
    Nasty("1904日期.xlsx", xlsx([HEAD, born(datetime(1980, 3, 1))], date_1904=True), 1, field=("birth", "1980-03-01")),
    Nasty("日期不存在.xlsx", table(born("2024-02-30")), 0, ((2, "不是存在的日期"),)),
    Nasty("至今.xlsx", table(born("至今")), 0, ((2, "看不出是哪一天"),)),
    Nasty("全角数字日期.xlsx", table(born("１９８０．１０．０４")), 1, field=("birth", "1980-10-04")),
    Nasty("姓名有空格.xlsx", table(["张　三", "男", "", "", "2004", ""]), 1, people=("张三",)),
    Nasty("姓名有间隔号.xlsx", table(["阿依古丽•买买提", "女", "", "", "2004", ""]), 1, people=("阿依古丽·买买提",)),
    Nasty("姓名丢字.xlsx", table(["张?", "男", "", "", "2004", ""]), 0, ((2, "认不出的字"),)),
    Nasty("姓名空.xlsx", table(["", "男", "1980", "", "2004", ""]), 0, ((2, "姓名是空的"),)),
    Nasty("公式注入.xlsx", table(["=cmd|' /C calc'!A0", "男", "", "", "2004", ""]), 1, people=("=cmd|' /C calc'!A0",)),
    Nasty("重复表头.xlsx", xlsx([HEAD, PERSON, HEAD, ["李二", "女", "", "", "2004", ""]]), 2, people=("张一", "李二")),
    Nasty("合计行.xlsx", xlsx([HEAD, PERSON, ["合计", "1 人"], ["填表人：某某"]]), 1, people=("张一",)),
    Nasty("多个工作表.xlsx", xlsx([["说明"], ["请填第二张表"]], [HEAD, PERSON]), 1, people=("张一",)),
    Nasty(
        "同义表头.xlsx",
        xlsx([["党员姓名", "何时入党", "公民身份号码"], ["张一", "2004.5.20", SOUND]]),
        1,
        field=("joined", "2004-05-20"),
    ),
    Nasty("名为xlsx的xls.xlsx", (TABLES / "党员信息导出.xls").read_bytes(), 24),
    Nasty("名为xls的csv.xls", csv(ONE, "gbk"), 1, people=("张一",)),
    Nasty("性别写错.xlsx", table(["张一", "男女", "", "", "2004", ""]), 0, ((2, "性别应为男或女"),)),
    Nasty("列有零宽字符.xlsx", xlsx([["\u200b姓名", "入党 日期"], ["张一\ufeff", "2004"]]), 1, people=("张一",)),
]


def saved(tmp_path: Path, nasty: Nasty) -> Path:
    path = tmp_path / nasty.name
    path.write_bytes(nasty.data)
    return path


@pytest.mark.parametrize("nasty", FILES, ids=lambda nasty: nasty.name)
def test_each_nasty_file_comes_in_as_it_should(ledger, tmp_path, nasty: Nasty) -> None:
    outcome = import_book(ledger, "members", read_book(saved(tmp_path, nasty)), TODAY, Mending())
    members = ledger[Member].all()
    assert (outcome.added, len(members)) == (nasty.added, nasty.added), [f.reason for f in outcome.faults]
    for row, word in nasty.told:
        assert any(fault.row == row and word in fault.reason for fault in outcome.faults), outcome.faults
    if nasty.people:
        assert tuple(member.name for member in members) == nasty.people
    if nasty.field:
        assert str(getattr(members[0], nasty.field[0])) == nasty.field[1]


UNREADABLE = [
    ("空.xlsx", b"", "空文件"),
    ("空表.xlsx", xlsx([[]]), "没有内容"),
    ("加密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + b"EncryptedPackage", "密码"),
    ("坏.xlsx", b"PK\x03\x04" + b"\x00\x01" * 200, "不是能读的表格"),
    ("网页.xls", "<html><table><tr><td>姓名</td></tr></table></html>".encode(), "不是能读的表格"),
    ("没有表头.xlsx", xlsx([["一", "二"], ["三", "四"]]), "没有找到需要的列：姓名"),
    ("图片.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "文字编码|没有找到"),
]


@pytest.mark.parametrize(("name", "data", "word"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_what_cannot_be_read_is_refused_in_words(ledger, tmp_path, name: str, data: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused, match=word):
        import_table(ledger, "members", path, TODAY)
    assert ledger[Member].all() == []


def test_a_file_that_is_gone_or_locked_is_refused_in_words(ledger, tmp_path, monkeypatch) -> None:
    with pytest.raises(Refused, match="找不到"):
        import_table(ledger, "members", tmp_path / "没有.xlsx", TODAY)
    path = tmp_path / "打开着.xlsx"
    path.write_bytes(table(PERSON))

    def locked(_: Path) -> bytes:
        raise PermissionError(13, "used by another program")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(Refused, match="正在打开它的 Excel"):
        import_table(ledger, "members", path, TODAY)


@pytest.mark.slow
def test_thousands_of_rows_come_in_as_one_action(ledger, tmp_path) -> None:
    path = tmp_path / "几千人.csv"
    path.write_text("姓名,性别,入党日期\n" + "".join(f"人{n}号,男,2004-05-20\n" for n in range(3000)), "utf-8")
    outcome = import_table(ledger, "members", path, TODAY)
    assert outcome.added == 3000
    ledger.history.undo()
    assert ledger[Member].all() == []


# --- mended in place, chosen, left over -----------------------------------------------------------------


def test_a_fault_mended_in_its_cell_lets_the_row_in(ledger, tmp_path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(table(born("1980.13"), ["李二", "女", "", "", "2004", ""]))
    book = read_book(path)
    first = import_book(ledger, "members", book, TODAY, Mending(), dry_run=True)
    assert [(f.row, f.field) for f in first.refused] == [(2, "birth")]
    assert ledger[Member].all() == []
    done = import_book(ledger, "members", book, TODAY, Mending(edits={(2, "birth"): "1980.12"}))
    assert (done.added, done.refused) == (2, [])
    assert str(ledger[Member].all()[0].birth) == "1980-12"


def test_rows_that_stay_out_are_saved_with_their_reasons(ledger, tmp_path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(xlsx([["某支部名册"], HEAD, PERSON, born("2024-02-30")]))
    book = read_book(path)
    outcome = import_book(ledger, "members", book, TODAY, Mending())
    layout = guess(book, KINDS["members"].columns.field_of)
    assert layout is not None
    rows = left_over(book, layout, outcome)
    assert rows[0] == [*HEAD, "没有导入的原因"]
    assert rows[1][0] == "张一" and "不是存在的日期" in rows[1][-1]
    assert len(rows) == 2


def test_columns_can_be_pointed_at_by_hand(ledger, tmp_path) -> None:
    path = tmp_path / "怪表.xlsx"
    path.write_bytes(xlsx([["甲列", "乙列"], ["2004.5", "张一"]]))
    book = read_book(path)
    with pytest.raises(Refused, match="自己指定表头和列"):
        sheet_of("members", book, Mending())
    layout = Layout(sheet=0, heading=0, columns={"joined": 0, "name": 1})
    import_book(ledger, "members", book, TODAY, Mending(layout=layout))
    assert [(m.name, str(m.joined)) for m in ledger[Member].all()] == [("张一", "2004-05")]


def test_a_difference_is_taken_only_when_it_is_chosen(ledger, tmp_path) -> None:
    known = enrol(ledger, Member(name="张一", id_number=SOUND, education="专科"), TODAY, status=MemberStatus.FULL)
    path = tmp_path / "新名册.xlsx"
    path.write_bytes(xlsx([["姓名", "身份证号", "学历", "籍贯"], ["张一", SOUND, "本科", "湖南长沙"]]))
    book = read_book(path)
    seen = import_book(ledger, "members", book, TODAY, Mending(), dry_run=True)
    assert [(d.field, d.was, d.new, d.taken) for d in seen.differences] == [("education", "专科", "本科", False)]
    import_book(ledger, "members", book, TODAY, Mending())
    now = ledger[Member].get(known.id)
    assert (now.education, now.native_place) == ("专科", "湖南长沙")
    import_book(ledger, "members", book, TODAY, Mending(taken=frozenset({(2, "education")})))
    assert ledger[Member].get(known.id).education == "本科"


def test_the_same_name_and_birth_date_asks_who_it_is(ledger, tmp_path) -> None:
    known = enrol(ledger, Member(name="张一", birth=partial("1980-10")), TODAY, status=MemberStatus.FULL)
    path = tmp_path / "名册.xlsx"
    path.write_bytes(table(["张一", "男", "1980.10", SOUND, "2004-05-20", ""]))
    book = read_book(path)
    asked = import_book(ledger, "members", book, TODAY, Mending(), dry_run=True)
    assert (asked.added, asked.updated) == (0, 1)
    assert any("不是同一个人的" in fault.reason for fault in asked.notices)
    other = import_book(ledger, "members", book, TODAY, Mending(persons={2: NEW_PERSON}), dry_run=True)
    assert other.added == 1
    import_book(ledger, "members", book, TODAY, Mending(persons={2: known.id}))
    assert ledger[Member].get(known.id).id_number == SOUND


def test_rows_can_be_left_out(ledger, tmp_path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(table(PERSON, ["李二", "女", "", "", "2004", ""]))
    import_book(ledger, "members", read_book(path), TODAY, Mending(left_out=frozenset({3})))
    assert [member.name for member in ledger[Member].all()] == ["张一"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("党员花名册.xlsx", "members"),
        ("党员信息导出.xls", "members"),
        ("组织生活台账.xlsx", "meetings"),
        ("谈心谈话记录.xlsx", "talks"),
        ("党费收缴登记表（2026年）.xlsx", "dues"),
    ],
)
def test_the_kind_of_a_table_is_seen(name: str, kind: str) -> None:
    assert likely_kind(read_book(TABLES / name)) == kind
