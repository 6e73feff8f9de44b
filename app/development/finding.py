"""What does not fit on the way of an applicant."""

from __future__ import annotations

from dataclasses import dataclass

from app.record import Severity


@dataclass(frozen=True)
class Finding:
    """Something about a step that does not fit, in words, with the rule it comes from."""

    step: int
    text: str
    severity: Severity = Severity.WARNING
