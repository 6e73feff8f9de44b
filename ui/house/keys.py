"""The keys that work everywhere, in words."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.kit.basic import button, label, row
from ui.kit.theme import theme

KEYS = (
    ("Ctrl+K", "搜索全部内容，去任何页面"),
    ("Ctrl+N", "本页的主要操作，如记一次会议"),
    ("Ctrl+1 … Ctrl+9", "切换页面，Ctrl+0 是设置"),
    ("Ctrl+B", "左边只留图标，或带文字"),
    ("Ctrl+F", "筛选"),
    ("Enter 或 F2", "打开选中的一条"),
    ("Delete", "删除选中的一条（可撤销）"),
    ("Ctrl+Z", "撤销上一步，重开程序后也可以"),
    ("Ctrl+Y", "重做"),
    ("Ctrl+S", "保存"),
    ("Ctrl+Enter", "保存并接着记下一条"),
    ("Esc", "离开表单"),
    ("空格", "党费：登记或取消一个月"),
    ("Ctrl+P", "报表打印"),
    ("F1", "显示本页"),
)


def show_keys(parent: QWidget) -> None:
    """A list of the keys."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("快捷键")
    box = QVBoxLayout(dialog)
    box.setContentsMargins(*([theme().px(20)] * 4))
    box.addWidget(label("快捷键", "head"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(24))
    grid.setVerticalSpacing(theme().px(8))
    for number, (keys, text) in enumerate(KEYS):
        grid.addWidget(label(keys, "secondary"), number, 0)
        grid.addWidget(label(text), number, 1)
    box.addLayout(grid)
    box.addLayout(row(None, button("关闭", dialog.accept)))
    dialog.open()
