"""名单: the words offered for a field, as the regulations list them and as the branch has edited them; own fields."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import resources
from app.errors import Refused
from app.record import Record, entry, stored
from app.store import Reader, Store


@stored
class ListWord(Record, called="名单用词", timeless=True):
    """A word that the branch added to a list, or (hidden) one it does not want to be offered."""

    list: str = entry("名单", required=True)
    word: str = entry("词", required=True, titles=True)
    hidden: bool = entry("不再提供", default=False)


@dataclass(frozen=True)
class WordList:
    """A list as shipped: its title, the standard it follows, its words, and whether the branch may edit it."""

    code: str
    title: str
    source: str
    editable: bool
    words: tuple[str, ...]


@cache
def word_lists() -> dict[str, WordList]:
    """The lists as shipped, by code."""
    found: list[dict[str, Any]] = tomllib.loads(resources.path("rules/lists.toml").read_text("utf-8"))["list"]
    return {raw["code"]: WordList(words=tuple(raw.pop("words")), **raw) for raw in found}


def offered(store: Reader, code: str) -> list[str]:
    """The words of a list as this branch has it."""
    own = store[ListWord].all(list=code)
    hidden = {word.word for word in own if word.hidden}
    added = [word.word for word in own if not word.hidden]
    return [word for word in (*word_lists()[code].words, *added) if word not in hidden]


def add_word(store: Store, code: str, word: str) -> None:
    """Add a word to a list, or offer a hidden one again; raises Refused."""
    shipped, plain = word_lists()[code], word.strip()
    if not shipped.editable:
        raise Refused(f"“{shipped.title}”是国家标准的代码表，不能改。")
    if not plain:
        raise Refused("请填写要增加的词。")
    own = next((item for item in store[ListWord].all(list=code) if item.word == plain), None)
    with store.transaction(f"修改名单“{shipped.title}”"):
        if own and own.hidden:
            store[ListWord].remove(own.id)
        elif own or plain in shipped.words:
            raise Refused(f"名单里已经有“{plain}”。")
        else:
            store[ListWord].save(ListWord(list=code, word=plain))


def hide_word(store: Store, code: str, word: str) -> None:
    """Offer a word no longer; what was entered with it stays."""
    own = next((item for item in store[ListWord].all(list=code) if item.word == word), None)
    with store.transaction(f"修改名单“{word_lists()[code].title}”"):
        if own:
            store[ListWord].remove(own.id)
        else:
            store[ListWord].save(ListWord(list=code, word=word, hidden=True))
