"""四库: lectures, cases, material and people that the branch keeps in repositories which it names itself."""

from __future__ import annotations

from datetime import date

from app.record import Record, entry, missing_entries, refuse_errors, stored
from app.store import Store

LIST = "repository"
"""The list of names, edited with the other lists."""


@stored
class RepositoryItem(Record, called="入库资料"):
    """One entry of a repository: a lecture with lecturer and outline, a case, a paper."""

    repository: str = entry("所属库", required=True, words="repository")
    title: str = entry("题目", required=True, titles=True)
    lecturer: str = entry("主讲人/作者", default="")
    dated_on: date | None = entry("日期", default=None, tells_year=True)
    source: str = entry("来源", default="")
    outline: str = entry("提纲", default="", long=True)


def save_item(store: Store, item: RepositoryItem) -> RepositoryItem:
    """Put something into a repository, or correct it; raises Refused."""
    refuse_errors(missing_entries(item))
    with store.transaction("修改入库资料" if item.id else "资料入库"):
        return store[RepositoryItem].save(item)


def remove_item(store: Store, item: RepositoryItem) -> None:
    """Take something out of its repository."""
    with store.transaction("删除入库资料"):
        store[RepositoryItem].remove(item.id)
