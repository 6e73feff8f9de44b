"""名单: the words offered for a field, as the regulations list them and as the branch has edited them; own fields."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import resources
from app.branch import refuse_errors
from app.errors import Refused
from app.record import Problem, Record, entry, missing_entries, stored
from app.store import Store

MOST_EXTRA_FIELDS = 6


@stored
class ListWord(Record):
    """A word that the branch added to a list, or (hidden) one it does not want to be offered."""

    list: str = entry("名单", required=True)
    word: str = entry("词", required=True)
    hidden: bool = entry("不再提供", default=False)


@stored
class ExtraField(Record):
    """A field of the roster of the branch's own."""

    name: str = entry("自设项目", required=True)


@stored
class ExtraValue(Record):
    """What an own field says of a member."""

    member: int = entry("党员", required=True)
    field: int = entry("自设项目", required=True)
    text: str = entry("内容", default="")


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


def offered(store: Store, code: str) -> list[str]:
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


def add_extra_field(store: Store, name: str) -> ExtraField:
    """Give the roster one more field; raises Refused."""
    field = ExtraField(name=name.strip())
    problems, known = missing_entries(field), store[ExtraField].all()
    if any(item.name == field.name for item in known):
        problems.append(Problem("name", f"已经有“{field.name}”"))
    if len(known) >= MOST_EXTRA_FIELDS:
        problems.append(Problem("name", f"自设项目最多 {MOST_EXTRA_FIELDS} 个"))
    refuse_errors(problems)
    with store.transaction("增加自设项目"):
        return store[ExtraField].save(field)


def remove_extra_field(store: Store, field: int) -> None:
    """Take an own field away with what it said of everybody; it can be undone."""
    with store.transaction("删除自设项目"):
        store[ExtraField].remove(field)


def set_extra(store: Store, member: int, texts: dict[int, str]) -> None:
    """What the own fields say of a member, by field."""
    known = {value.field: value for value in store[ExtraValue].all(member=member)}
    with store.transaction("修改自设项目内容"):
        for field, text in texts.items():
            before = known.get(field)
            if before and not text:
                store[ExtraValue].remove(before.id)
            elif text and (before is None or before.text != text):
                store[ExtraValue].save(ExtraValue(id=before.id if before else 0, member=member, field=field, text=text))
