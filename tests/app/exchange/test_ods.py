"""An OpenDocument table: merged cells are spread, hidden rows and columns known, as in an .xlsx."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from app.exchange.ods import ods_sheets
from app.exchange.raw import read_book

KIND = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def cell(text: str, **marks: int) -> str:
    told = "".join(f' table:number-{name.replace("_", "-")}="{value}"' for name, value in marks.items())
    return f'<table:table-cell office:value-type="string"{told}><text:p>{text}</text:p></table:table-cell>'


COVERED = "<table:covered-table-cell/>"


def ods(rows: str, columns: str = "", name: str = "花名册") -> bytes:
    body = f'<table:table table:name="{name}">{columns}{rows}</table:table>'
    content = (
        f"<office:document-content {SPACES}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", KIND)
        package.writestr("content.xml", content)
        manifest = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
        package.writestr("META-INF/manifest.xml", f"<manifest:manifest {SPACES}>{manifest}</manifest:manifest>")
    return buffer.getvalue()


def row(*cells: str, **marks: str) -> str:
    told = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in marks.items())
    return f"<table:table-row{told}>{''.join(cells)}</table:table-row>"


def test_a_cell_merged_down_belongs_to_each_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "表.ods"
    rows = row(cell("姓名"), cell("部门")) + row(cell("张一"), cell("办公室", rows_spanned=3, columns_spanned=1))
    rows += row(cell("李二"), COVERED) + row(cell("王三"), COVERED) + row(cell("赵四"), cell("财务"))
    path.write_bytes(ods(rows))
    (sheet,) = read_book(path)
    assert [line[1] for line in sheet.grid] == ["部门", "办公室", "办公室", "办公室", "财务"]
    assert set(sheet.merged) == {(2, 1), (3, 1)}


def test_a_heading_merged_across_and_hidden_rows_and_columns_are_known(tmp_path: Path) -> None:
    path = tmp_path / "表.ods"
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    rows = row(cell("联系方式", columns_spanned=3, rows_spanned=1), COVERED, COVERED, cell("备注"))
    rows += row(cell("电话"), cell("地址"), cell("邮箱"), cell(""))
    rows += row(cell("1"), cell("2"), cell("3"), cell("4"), visibility="filter", number_rows_repeated="2")
    path.write_bytes(ods(rows, columns))
    (sheet,) = read_book(path)
    assert sheet.grid[0][:3] == ("联系方式",) * 3
    assert sheet.hidden == {2, 3} and sheet.hidden_columns == {1, 2}


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"not a zip", ods("<broken")])
def test_what_is_no_such_table_has_nothing(raw: bytes) -> None:
    assert ods_sheets(raw) == {}


def test_a_million_repeated_rows_take_no_time() -> None:
    rows = row(cell("x", columns_spanned=2, rows_spanned=1), COVERED, number_rows_repeated="1048576")
    sheet = ods_sheets(ods(rows))["花名册"]
    assert len(sheet.merged) <= 20_001
