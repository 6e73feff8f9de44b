"""组织架构: who has not handed in, which branches merged."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.collection.structure import read_structure
from app.errors import Refused
from db.collection import DuckCollection
from db.vault import FileVault
from tests.app.collection.handing_up import AS_OF, YEAR, gather, hand_up


def test_who_did_not_hand_in_is_told_by_the_structure(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection, tmp_path: Path
) -> None:
    hand_up(vault, ledgers[0], folder / "a.zbbs")
    gather(collection, folder)
    table = tmp_path / "架构.csv"
    table.write_text(
        "党委,党总支,支部\n示例单位党委,生产总支,一车间支部\n,,二车间支部\n,机关总支,机关支部\n", "utf-8-sig"
    )
    collection.place(read_structure(table))
    assert collection.ask("not_handed_in", year=YEAR) == [
        ("示例单位党委", "机关总支", "机关支部", ""),
        ("示例单位党委", "生产总支", "二车间支部", ""),
    ]
    (branch,) = collection.ask("branches", year=YEAR, first=date(2025, 1, 1), last=AS_OF)
    assert branch[4:6] == ("生产总支", "示例单位党委")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("名称\n甲\n", "没有找到支部"),
        ("支部\n甲支部\n甲支部\n", "相同的支部"),
        ("支部,代码\n甲,1\n乙,1\n", "相同的代码"),
        ("支部,并入\n甲,丙\n乙,\n", "没有这个支部"),
        ("支部,并入\n甲,甲\n", "就是它自己"),
    ],
)
def test_a_doubtful_structure_is_refused(tmp_path: Path, text: str, words: str) -> None:
    table = tmp_path / "架构.csv"
    table.write_text(text, "utf-8-sig")
    with pytest.raises(Refused, match=words):
        read_structure(table)


def test_a_merged_branch_is_shown_as_such_and_not_waited_for(
    vault: FileVault, ledgers: list[Path], folder: Path, collection: DuckCollection, tmp_path: Path
) -> None:
    hand_up(vault, ledgers[0], folder / "a.zbbs")
    gather(collection, folder)
    table = tmp_path / "架构.csv"
    table.write_text("支部,并入\n一车间支部,机关支部\n二车间支部,机关支部\n机关支部,\n", "utf-8-sig")
    collection.place(read_structure(table))
    assert collection.ask("not_handed_in", year=YEAR) == [("", "", "机关支部", "")]
    assert collection.ask("merged") == [("一车间支部", "", "机关支部", YEAR), ("二车间支部", "", "机关支部", None)]
    assert collection.ask("earlier_branches", year=YEAR + 1) == []
    table.write_text("支部\n一车间支部\n机关支部\n", "utf-8-sig")
    collection.place(read_structure(table))
    assert collection.ask("merged") == []
    assert [row[1] for row in collection.ask("earlier_branches", year=YEAR + 1)] == ["一车间支部"]


def test_a_collection_made_before_merging_could_be_told_is_opened(collection: DuckCollection, tmp_path: Path) -> None:
    import duckdb

    path = tmp_path / "旧.zbhz"
    DuckCollection(path, new=True).close()
    with closing(duckdb.connect(str(path))) as engine:
        engine.execute("DROP TABLE merged")
    with closing(DuckCollection(path)) as opened:
        assert opened.ask("merged") == []
