"""提示说明: why a record stands as it is, though a check has its doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.record import Problem, Record, Severity, entry, stored
from app.store import Reader, Store


@stored
class Explanation(Record, called="提示说明"):
    """The reason for one doubt about one record; `owner` is what its kind is called, `warning` the doubt as told."""

    owner: str = entry("所属类别", required=True)
    owner_id: int = entry("所属记录", required=True, of_owner="owner", part=True)
    warning: str = entry("提示", required=True, titles=True)
    reason: str = entry("理由", required=True)
    explained_on: date = entry("日期", required=True)


def doubts(problems: Iterable[Problem]) -> list[str]:
    """What is only doubtful, each once, in order."""
    return list(dict.fromkeys(problem.text for problem in problems if problem.severity is Severity.WARNING))


def explanations_of(store: Reader, kind: type[Record], record: int) -> dict[str, Explanation]:
    """What was explained of a record, by doubt."""
    return {item.warning: item for item in store[Explanation].all(owner=kind.called, owner_id=record)}


def explain(store: Store, kind: type[Record], record: int, reasons: Mapping[str, str], today: date) -> None:
    """Keep the reasons for the doubts about a record; one that was emptied is taken back, others stay."""
    table, known = store[Explanation], explanations_of(store, kind, record)
    with store.transaction("说明理由"):
        for warning, told in reasons.items():
            reason, old = told.strip(), known.get(warning)
            if old is not None and not reason:
                table.remove(old.id)
            elif reason and (old is None or old.reason != reason):
                number = old.id if old else 0
                table.save(
                    Explanation(
                        id=number,
                        owner=kind.called,
                        owner_id=record,
                        warning=warning,
                        reason=reason,
                        explained_on=today,
                    )
                )


def forget_reasons(store: Store, kind: type[Record], record: int) -> None:
    """Take the reasons away with the record they are about."""
    store[Explanation].remove_all(owner=kind.called, owner_id=record)
