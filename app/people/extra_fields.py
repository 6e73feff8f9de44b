"""自设项目: fields of the roster of the branch's own."""

from __future__ import annotations

from app.people.members import Member
from app.record import Problem, Record, entry, missing_entries, refuse_errors, stored
from app.store import Store

MOST_EXTRA_FIELDS = 6


@stored
class ExtraField(Record, called="自设项目", timeless=True):
    """A field of the roster of the branch's own."""

    name: str = entry("自设项目", required=True, titles=True)


@stored
class ExtraValue(Record, called="自设项目内容"):
    """What an own field says of a member."""

    member: int = entry("党员", required=True, of=Member, part=True, titles=True)
    field: int = entry("自设项目", required=True, of=ExtraField)
    text: str = entry("内容", default="", personal=True)


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
