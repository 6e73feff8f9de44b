from __future__ import annotations

import pytest

from app.pinyin import matches


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("罗建军", "ljj"),
        ("罗建军", "luojian"),
        ("罗建军", "建军"),
        ("曹英平", "caoyp"),
        ("曹英平", "cyingp"),
        ("单雄", "sx"),
        ("单雄", "dx"),
        ("曾志强", "zzq"),
        ("曾志强", "czq"),
        ("仇英", "qy"),
        ("解明", "xm"),
        ("查良", "zl"),
        ("盖文", "gw"),
        ("阿依古丽·买买提", "aygl"),
        ("ZHANG San", "zhang"),
        ("罗建军", ""),
    ],
)
def test_found_by_characters_pinyin_and_initials_in_every_reading(name: str, query: str) -> None:
    assert matches(name, query)


@pytest.mark.parametrize(("name", "query"), [("罗建军", "ljz"), ("罗建军", "宋"), ("罗建军", "luob")])
def test_others_are_not_found(name: str, query: str) -> None:
    assert not matches(name, query)
