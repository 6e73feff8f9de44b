"""The keys that work everywhere, in words."""

from __future__ import annotations

KEYS = (
    ("Ctrl+K", "搜索全部内容，去任何页面"),
    ("Ctrl+N", "本页的主要操作，如记一次会议"),
    ("Ctrl+1 … Ctrl+9", "切换页面，Ctrl+0 是设置"),
    ("Ctrl+B", "左边只留图标，或带文字"),
    ("Ctrl+F", "筛选"),
    ("Alt+↓", "列表里按某一列的值筛选"),
    ("Enter 或 F2", "打开选中的一条"),
    ("Delete", "删除选中的一条（可撤销）"),
    ("Ctrl+Z", "撤销上一步，重开程序后也可以"),
    ("Ctrl+Y", "重做"),
    ("Ctrl+S", "保存"),
    ("Ctrl+Enter", "保存并接着记下一条"),
    ("Esc", "离开表单"),
    ("空格", "党费：登记或取消一个月"),
    ("Ctrl+P", "报表打印"),
    ("F1", "本页的帮助"),
)
