"""How far something is: a duty of the year as a small card, the colours of the lights."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from app.work.rectifications import Light
from app.year.standing import Duty
from ui.kit.basic import Card, label, row
from ui.kit.theme import theme

LIGHT_TONES = {Light.CLOSED: "ok", Light.GREEN: "info", Light.AMBER: "due", Light.RED: "missing"}
"""The colour of a light."""
SHORT = {"talk_committee": "委员之间", "talk_committee_member": "委员与党员", "talk_each_member": "每名党员"}


def progress_card(duty: Duty) -> Card:
    """A duty's name, what is done of what is asked, and a bar."""
    card = Card(padding=14)
    card.body.setSpacing(theme().px(6))
    done = label(f"{duty.done} / {duty.required}" if duty.required else "不适用", "secondary")
    card.body.addLayout(row(label(SHORT.get(duty.rule, duty.label)), None, done))
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, max(1, duty.required))
    bar.setValue(min(duty.done, max(1, duty.required)))
    bar.setAccessibleName(f"{duty.label}进度")
    card.body.addWidget(bar)
    card.setToolTip(f"依据：{duty.source}")
    return card
