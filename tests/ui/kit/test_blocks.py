"""Where a block of the clipboard goes in a grid, and what found no place."""

from __future__ import annotations

from ui.kit.blocks import Block, block_of, placed

GRID = Block(["张三", "李四", "王五", "王五"], ["姓名", "优秀", "合格"])


def test_a_block_without_names_goes_in_order_from_the_cell() -> None:
    fitted = GRID.fit([["1", "2"], ["3", "4"]], 1, 1)
    assert fitted.cells == {(1, 1): "1", (1, 2): "2", (2, 1): "3", (2, 2): "4"}
    assert fitted.left_out == []


def test_a_block_with_names_goes_to_the_people_whatever_their_order() -> None:
    fitted = GRID.fit([["李四", "8"], ["张三", "9"]], 0, 0)
    assert fitted.cells == {(1, 1): "8", (0, 1): "9"}
    # Also when the cursor stands in the first column that is typed.
    assert GRID.fit([["李四", "8"], ["张三", "9"]], 2, 1).cells == {(1, 1): "8", (0, 1): "9"}


def test_headings_tell_the_columns() -> None:
    fitted = GRID.fit([["姓名", "合格", "优秀"], ["李四", "8", "9"]], 0, 0)
    assert fitted.cells == {(1, 2): "8", (1, 1): "9"}


def test_what_finds_no_place_is_told() -> None:
    assert GRID.fit([["1", "2", "3"]] * 5, 0, 1).left_out == ["右边多出 1 列", "下面多出 1 行"]
    named = GRID.fit([["张三", "1"], ["赵六", "2"], ["李四", "3"]], 0, 0)
    assert named.left_out == ["赵六（表里没有）"]
    assert named.cells == {(0, 1): "1", (1, 1): "3"}


def test_namesakes_are_not_guessed() -> None:
    fitted = GRID.fit([["张三", "1"], ["王五", "2"], ["王五", "3"]], 0, 0)
    assert fitted.cells == {(0, 1): "1"}
    assert fitted.left_out == ["王五、王五（重名，请手工填）"]


def test_a_line_break_inside_a_cell_stays_in_its_cell() -> None:
    assert placed('张三\t"第一行\n第二行"\n李四\t好\n') == [["张三", "第一行\n第二行"], ["李四", "好"]]
    assert placed("") == []


def test_a_copied_block_comes_back_as_it_was_and_is_a_table_elsewhere() -> None:
    rows = [["张三", "一\n二"], ["李四", '说"好"']]
    made = block_of(rows)
    assert placed(made.text()) == rows
    assert "<td>张三</td>" in made.html()
    assert "<td>说&quot;好&quot;</td>" in made.html()
