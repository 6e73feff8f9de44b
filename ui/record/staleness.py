"""A record that was changed elsewhere while its form was open: what nobody typed over is taken over, the rest told."""

from __future__ import annotations

from collections.abc import Mapping

from app.record import Record, entries
from ui.kit.record_fields import RecordFields


def take_over(form: RecordFields, was: Record, now: Record, shown: Mapping[str, str]) -> str:
    """Have what was changed elsewhere in the form, where nothing else was typed; what to say of it.

    `was` is the record as it was shown, with the texts `shown`; `now` the one of the ledger.
    """
    changed = [item for item in entries(type(now)) if getattr(was, item.name) != getattr(now, item.name)]
    typed = form.texts()
    both = [item for item in changed if item.name in typed and typed[item.name] != shown.get(item.name)]
    kept = {name: value for name, value in vars(now).items() if name in typed}
    own = {name: text for name, text in typed.items() if text != shown.get(name)}
    form.load(kept)
    form.set_texts(own)
    taken = "、".join(item.label for item in changed if item not in both)
    parts = [f"{taken}已换成现在的内容"] if taken else []
    if both:
        parts.append(f"{'、'.join(item.label for item in both)}您也改了，再保存就以您填的为准")
    return f"这条记录刚才在别处改过：{'；'.join(parts)}。请看过再保存一次。"
