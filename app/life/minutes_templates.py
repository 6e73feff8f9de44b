"""会议模板: the frame of a kind of meeting that comes again: subject, agenda, outline. Never what was said."""

from __future__ import annotations

from dataclasses import replace

from app.life.meetings import AgendaItem, AgendaKind
from app.record import Record, entry, missing_entries, refuse_errors, stored
from app.rules.meeting_types import MeetingType
from app.store import Store


@stored
class MinutesTemplate(Record, called="会议模板", timeless=True):
    """会议模板. `agenda` holds one item a line: kind, a colon, and its title."""

    name: str = entry("模板名称", required=True, titles=True)
    type: MeetingType = entry("类型", required=True)
    subject: str = entry("主题", default="")
    agenda: str = entry("议题", default="", long=True)
    content: str = entry("内容提纲", default="", long=True)


def agenda_of(lines: str) -> tuple[AgendaItem, ...]:
    """The items that lines name, one each, without anything said; a line without a known kind is a discussion."""
    found: list[AgendaItem] = []
    kinds = {kind.value: kind for kind in AgendaKind}
    for line in lines.splitlines():
        kind, colon, title = line.replace(":", "：", 1).partition("：")
        known = kinds.get(kind.strip()) if colon or kind.strip() in kinds else None
        text = (title if known else line).strip()
        if text or known:
            made = AgendaItem(position=len(found) + 1, kind=known or AgendaKind.DISCUSSION, title=text)
            found.append(made)
    return tuple(found)


def save_template(store: Store, template: MinutesTemplate) -> MinutesTemplate:
    """Keep a template; the same name again replaces it. Raises Refused."""
    refuse_errors(missing_entries(template))
    known = store[MinutesTemplate].all(name=template.name)
    with store.transaction("保存会议模板"):
        return store[MinutesTemplate].save(replace(template, id=known[0].id) if known else template)


def remove_template(store: Store, template: MinutesTemplate) -> None:
    """Delete a template."""
    with store.transaction("删除会议模板"):
        store[MinutesTemplate].remove(template.id)
