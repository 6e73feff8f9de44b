"""任务清单 (挂图作战): what a plan gave the branch to do: who leads, by when, how far, closed with what evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.record import Problem, Record, Severity, Unit, entry, missing_entries, refuse_errors, stored
from app.store import Store
from app.work.rectifications import open_in


@stored
class Task(Record, called="任务"):
    """任务, with the columns of the usual 任务清单. The first-named unit leads; `percent` is 0 to 100."""

    task: str = entry("任务", required=True, titles=True, long=True)
    source: str = entry("来源文件", default="")
    lead: str = entry("牵头", default="")
    partners: str = entry("配合", default="")
    set_on: date = entry("下达日期", required=True, tells_year=True)
    due_on: date | None = entry("时限", default=None, ahead=True)
    percent: int = entry("进度（%）", default=0, unit=Unit.PERCENT)
    progress: str = entry("进展", default="", long=True)
    evidence: str = entry("佐证", default="")
    closed_on: date | None = entry("销号日期", default=None, tells_year=True)


def check_task(task: Task, today: date) -> list[Problem]:
    """What is wrong or doubtful with a task."""
    problems = missing_entries(task)
    if not 0 <= task.percent <= 100:
        problems.append(Problem("percent", "进度请填 0 至 100"))
    if task.due_on and task.due_on < task.set_on:
        problems.append(Problem("due_on", "时限早于下达日期"))
    if task.closed_on and task.closed_on > today:
        problems.append(Problem("closed_on", "日期在今天之后"))
    if task.closed_on and task.percent < 100:
        problems.append(Problem("percent", f"已销号，进度却是 {task.percent}%", Severity.WARNING))
    if task.closed_on and not task.evidence.strip():
        problems.append(Problem("evidence", "销号没有写佐证，检查时会被问到", Severity.WARNING))
    return problems


def save_task(store: Store, task: Task, today: date) -> Task:
    """Enter a task, or say how far it is; raises Refused."""
    refuse_errors(check_task(task, today))
    with store.transaction("修改任务" if task.id else "登记任务"):
        return store[Task].save(task)


def remove_task(store: Store, task: Task) -> None:
    """Delete a task entered by mistake."""
    with store.transaction("删除任务"):
        store[Task].remove(task.id)


def tasks_of_year(tasks: Sequence[Task], year: int) -> list[Task]:
    """Those that were open on a day of the year: set by its end and not closed before it."""
    return [task for task in tasks if open_in(task.set_on, task.closed_on, year)]
