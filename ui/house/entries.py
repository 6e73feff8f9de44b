"""The pages in side-bar order. Each is imported when it is first shown, so that the window opens at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageEntry:
    """A page: its code (also its module's name), its title and icon, and the group it stands under."""

    code: str
    title: str
    icon: str
    group: str = ""
    key: str = ""
    """The digit that goes there with Ctrl."""
    within: str = ""
    """The page beside which it stands as a tab, where it has no line of its own in the side bar."""
    line: str = ""
    """What the line in the side bar says for it and its tabs; its title where nothing is said."""


PAGES = (
    PageEntry("home", "工作台", "home", key="1"),
    PageEntry("calendar", "日历", "calendar_ltr", within="home"),
    PageEntry("year_end", "年终整理", "checkbox_checked", within="home"),
    PageEntry("tasks", "任务清单", "clipboard_task", key="2", line="任务和台账"),
    PageEntry("superior_documents", "上级文件", "document", within="tasks"),
    PageEntry("special_registers", "专项台账", "table", within="tasks"),
    PageEntry("meetings", "会议活动", "people_team", "组织生活", key="3"),
    PageEntry("talks", "谈心谈话", "chat_multiple", "组织生活", key="4"),
    PageEntry("study", "学习教育", "hat_graduation", "组织生活", key="5"),
    PageEntry("appraisal", "民主评议", "notebook", "组织生活", key="6"),
    PageEntry("members", "党员名册", "people_list", "党员队伍", key="7"),
    PageEntry("registers", "党员管理", "person_board", within="members"),
    PageEntry("develop", "发展党员", "steps", "党员队伍", key="8"),
    PageEntry("dues", "党费收缴", "wallet", "党员队伍", key="9"),
    PageEntry("branch", "支部", "building", "党员队伍"),
    PageEntry("reports", "报表打印", "print", "台账"),
    PageEntry("statistics", "统计分析", "data_bar_vertical", "台账"),
    PageEntry("health", "台账体检", "checkbox_checked", "台账", line="体检和历史"),
    PageEntry("self_checks", "自查考核", "checkbox_checked", within="health"),
    PageEntry("history", "历史与备份", "history", within="health"),
)
SETTINGS = PageEntry("settings", "设置", "settings")


def line_of(code: str) -> str:
    """The page under whose line in the side bar a page stands."""
    return next((entry.within or code for entry in PAGES if entry.code == code), code)


def family(code: str) -> list[PageEntry]:
    """The pages that stand beside each other as tabs with this one; none where it stands by itself."""
    found = [entry for entry in PAGES if line_of(entry.code) == line_of(code)]
    return found if len(found) > 1 else []
