"""Where the tables of a file lie: headings in rows, merged cells, text files of every encoding and separator."""

from __future__ import annotations

from datetime import date

import pytest

from app.exchange.columns import COLUMNS
from app.exchange.headings import tables_of
from app.exchange.mending import Mending
from app.exchange.raw import read_book
from app.people.roster import load_roster
from tests.app.exchange.bringing import Office, xlsx

HEAD, ROW = ["姓名", "性别", "入党时间", "转正时间"], ["甲一", "男", "2001-07-01", "2002-07-01"]
TEXT = "姓名,性别,入党时间,转正时间\n甲一,男,2001-07-01,2002-07-01\n甲二,女,2001-07-01,2002-07-01\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_text_in_every_encoding_and_with_every_separator(office: Office, encoding: str, separator: str) -> None:
    office.takes("members", TEXT.replace(",", separator).encode(encoding), "册.csv")
    assert office.names == ["甲一", "甲二"]
    assert str(office.members["甲二"].confirmed) == "2002-07-01"


def test_traditional_text_in_big5(office: Office) -> None:
    office.takes("members", "姓名,民族,手機\n陳大文,漢,13800000001\n".encode("big5"), "冊.csv")
    assert office.names == ["陳大文"]


@pytest.mark.parametrize(
    "text",
    [
        'sep=;\n姓名;性别\n"甲一";男\n',
        '姓名,备注\n"甲一","一，二\n三"\n',
        '"姓名","备注"\r\n"甲一","说""好"""\r\n',
        "姓名\t备注\r甲一\t有\r",
        "\n\n姓名,备注\n甲一,有\n\n",
    ],
)
def test_text_as_programs_write_it(office: Office, text: str) -> None:
    office.takes("members", text, "册.xlsx")
    assert office.names == ["甲一"]


def test_a_comma_inside_quotes_is_no_separator(office: Office) -> None:
    office.takes("members", '姓名;备注\n甲一;"a,b,c,d,e"\n甲二;"a,b"\n', "册.xlsx")
    assert [who.note for who in office.members.values()] == ["a,b,c,d,e", "a,b"]


@pytest.mark.parametrize(
    "rows",
    [
        [["党员名册"], [], HEAD, ROW],
        [["党员名册"], ["填报单位：甲支部", "", "日期：2026年1月"], HEAD, ROW],
        [["姓名", "性别", "党籍信息", ""], ["", "", "入党时间", "转正时间"], ROW],
        [["基本情况", "", "党籍", ""], ["个人", "", "日期", ""], HEAD, ROW],
        [["姓 名", "性　别", "入党\n时间", "转正时间*"], ROW],
        [["姓名：", "性别（必填）", "【入党时间】", "转正 时间"], ROW],
        [["序号", *HEAD], ["1", *ROW]],
    ],
    ids=["title", "words", "two rows", "three rows", "breaks", "marks", "numbers"],
)
def test_headings_in_every_shape(office: Office, rows: list[list[str]]) -> None:
    office.takes("members", rows)
    who = office.members.get("甲一")
    if rows[0][0] == "姓名：":
        assert who is not None and str(who.confirmed) == "2002-07-01"
    else:
        assert who is not None and (str(who.joined), str(who.confirmed)) == ("2001-07-01", "2002-07-01")
    assert office.names == ["甲一"]


def test_merged_headings_over_columns_and_rows(office: Office) -> None:
    heads = [["姓名", "党籍信息", "", "联系"], ["", "入党时间", "转正时间", "手机"]]
    rows = [*heads, ["甲一", "2001-07-01", "2002-07-01", "1380"]]

    def merge(_: object, sheet) -> None:
        sheet.merge_range(0, 0, 1, 0, "姓名")
        sheet.merge_range(0, 1, 0, 2, "党籍信息")

    office.takes("members", rows, tweak=merge)
    assert (str(office.members["甲一"].joined), office.members["甲一"].phone) == ("2001-07-01", "1380")


def test_tables_below_one_another_are_both_read(office: Office) -> None:
    other = ["姓名", "联系电话", "入党时间", "转正时间"]
    rows = [["正式党员"], HEAD, ROW, [], ["预备党员"], other, ["乙一", "138", "2026-05-01", ""]]
    office.takes("members", rows)
    assert office.names == ["甲一", "乙一"] and office.members["乙一"].phone == "138"


def test_a_heading_repeated_on_each_page_is_no_person(office: Office) -> None:
    office.takes("members", [HEAD, ROW, HEAD, ["甲二", "女", "2001-07-01", "2002-07-01"]])
    assert office.names == ["甲一", "甲二"] and office.wrong == []


def test_hidden_rows_and_columns_are_told(office: Office) -> None:
    def hide(_: object, sheet) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    office.takes("members", [HEAD, ROW, ["甲二", "女", "2001-07-01", "2002-07-01"]], tweak=hide)
    assert office.names == ["甲一", "甲二"]
    assert office.says("这一行在表里是隐藏的") and office.says("这一列在表里是隐藏的")


def test_rows_that_look_like_none_can_be_taken_after_all(office: Office) -> None:
    rows = [["姓名", "手机", "备注"], ["单位甲", "", ""], ["甲一", "138", ""]]
    office.takes("members", rows)
    assert office.names == ["甲一"]
    (left,) = office.outcome.left_out
    office.takes("members", rows, mending=Mending(taken_rows=frozenset(left.rows)))
    assert "单位甲" in office.names


def test_a_book_of_1904_tells_the_same_days(office: Office) -> None:
    from datetime import date

    office.takes("members", xlsx({"册": [["姓名", "入党时间"], ["甲一", date(2001, 7, 1)]]}, date_1904=True), "册.xlsx")
    assert str(office.members["甲一"].joined) == "2001-07-01"


def test_the_tables_of_a_sheet_are_found_with_all_that_they_need(tmp_path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(xlsx({"册": [HEAD, ROW, ["单位", "日期"], ["甲", "乙"]]}))
    book = read_book(path)
    (only,) = tables_of(book, 0, COLUMNS["members"].field_of, ("name",))
    assert (only.heading, only.columns) == (0, {"name": 0, "sex": 1, "joined": 2, "confirmed": 3})


def test_the_same_as_above_is_what_stands_above_and_said(office: Office) -> None:
    rows = [["姓名", "党小组", "入党时间", "工作部门"], ["甲一", "第一党小组", "2001.7.1", "办公室"]]
    rows += [["甲二", "同上", "〃", "同上"], ["甲三", "″", "2003.7.1", "财务科"], ["甲四", "", "同上", "同 上"]]
    office.takes("members", rows)
    day = date(2026, 11, 26)
    roster = load_roster(office.ledger)
    told = {p.name: (str(p.joined), roster.department(p.id, day)) for p in roster.members}
    assert told == {
        "甲一": ("2001-07-01", "办公室"),
        "甲二": ("2001-07-01", "办公室"),
        "甲三": ("2003-07-01", "财务科"),
        "甲四": ("2003-07-01", "财务科"),
    }
    assert len({roster.group(office.members[name].id, day) for name in ("甲一", "甲二", "甲三")}) == 1
    assert roster.group(office.members["甲四"].id, day) is None
    assert office.says("写着“同上”，按上一行的“第一党小组”")


def test_the_same_as_above_where_nothing_stands_above_is_wrong(office: Office) -> None:
    office.takes("members", [["姓名", "党小组", "性别"], ["甲一", "同上", "男"], ["甲二", "", "女"]])
    assert office.names == ["甲二"] and office.wrong == [(2, "group")]


def test_a_number_or_a_phone_is_never_the_same_as_above(office: Office) -> None:
    office.takes("members", [["姓名", "联系电话"], ["甲一", "13800000000"], ["甲二", "同上"]])
    assert office.names == ["甲一"] and office.wrong == [(3, "phone")]
