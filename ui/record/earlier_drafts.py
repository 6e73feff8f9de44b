"""Drafts that an earlier program kept, in the shape they have now: nothing that was typed is lost by an update."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.record import Record

TALK_FIELDS = {"day": "talked_on"}
TALK_AFTER = ("follow_up", "follow_up_due", "followed_up_on", "followed_up_how")
MEETING_FIELDS = {"day": "held_on", "minutes": "study_minutes"}


def as_now(kind: type[Record], content: Mapping[str, Any]) -> dict[str, Any]:
    """A draft with its id, what it was given, its fields and its parts."""
    if "fields" in content:
        return {"given": {}, "parts": {}, **content}
    texts = dict(content.get("texts", {}))
    told: dict[str, Any] = {"id": _id_of(content), "given": {}, "fields": texts, "parts": {}}
    turn = {"Talk": _talk, "Meeting": _meeting, "Member": _member, "DuesBasis": _basis, "Election": _election}
    if kind.__name__ in turn:
        turn[kind.__name__](content, told)
    if kind.__name__ == "Applicant":
        told["parts"] = {"applied": texts.pop("applied", "")}
    if kind.__name__ == "DevelopmentStep":
        told["given"] = {"applicant": content.get("applicant"), "step": content.get("step")}
        told["parts"] = {"meeting": texts.pop("meeting", "")}
    return told


def _id_of(content: Mapping[str, Any]) -> int:
    return next((content[name] for name in ("id", "plan", "occasion") if content.get(name)), 0)


def _talk(content: Mapping[str, Any], told: dict[str, Any]) -> None:
    names = ("day", "talker", "partner", "kind", "place", "content", "opinion", "private")
    told["fields"] = {TALK_FIELDS.get(name, name): content[name] for name in names if name in content}
    told["fields"] |= dict(zip(TALK_AFTER, content.get("after", ()), strict=False))


def _meeting(content: Mapping[str, Any], told: dict[str, Any]) -> None:
    texts = told["fields"]
    told["fields"] = {MEETING_FIELDS.get(name, name): text for name, text in texts.items()}
    told["fields"] |= {"place": content.get("place", ""), "content": content.get("content", "")}
    told["given"] = {"planned": content.get("planned") or None}
    roll, approvals = content.get("roll", []), content.get("approvals") or [""] * len(content.get("roll", []))
    told["parts"] = {
        "types": content.get("types", []),
        "group": content.get("group"),
        "roll": {
            "rows": [[*line, approval] for line, approval in zip(roll, approvals, strict=False)],
            "touched": content.get("touched", False),
        },
        "votes": content.get("votes", []),
        "agenda": {name: content.get(name) for name in ("agenda", "tasks", "closed") if name in content},
    }


def _member(content: Mapping[str, Any], told: dict[str, Any]) -> None:
    texts = told["fields"]
    work = {name: texts.pop(name) for name in ("department", "duty", "position") if name in texts}
    extras = {name.removeprefix("extra_"): texts.pop(name) for name in list(texts) if name.startswith("extra_")}
    sex, status, group = (*content.get("choices", ()), "", "", "")[:3]
    texts["sex"] = sex
    told["parts"] = {
        "arrival": {"since": content.get("since", ""), "status": status, "group": group, "work": work},
        "extras": extras,
    }


def _basis(content: Mapping[str, Any], told: dict[str, Any]) -> None:
    told["given"] = {"member": content.get("member", 0)}
    told["parts"] = {"pay": dict(told["fields"])}


def _election(content: Mapping[str, Any], told: dict[str, Any]) -> None:
    told["parts"] = {"candidates": content.get("rows", [])}
