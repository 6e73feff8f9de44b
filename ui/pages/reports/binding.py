"""封面和装订: which cover, which volume, leaves between the parts, minutes each on a page."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from app.reports.catalogue import Binding, Cover
from ui.kit.basic import button, label, row
from ui.kit.segmented import Segmented
from ui.kit.theme import theme

VOLUME = 12
"""Characters of a volume's name that have room on the cover."""


class BindingDialog(QDialog):
    """Asks how the book is to be bound."""

    def __init__(self, binding: Binding, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("封面和装订")
        look = theme()
        box = QVBoxLayout(self)
        box.setContentsMargins(*([look.px(16)] * 4))
        box.setSpacing(look.px(10))
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self.cover = Segmented([(cover.name, cover.value) for cover in Cover])
        self.cover.choose(binding.cover.name)
        self.volume = QLineEdit(binding.volume)
        self.volume.setMaxLength(VOLUME)
        self.volume.setPlaceholderText("如 全一册、第一册；可以不填")
        self.volume.setAccessibleName("册次")
        self.apart = QCheckBox("会议记录一次一页（不勾就接着印）")
        self.apart.setChecked(binding.minutes_apart)
        self.dividers = QCheckBox("各部分之间插分隔页（从右手页开始，适合双面装订）")
        self.dividers.setChecked(binding.dividers)
        done = button("确定", self.accept, kind="primary")
        done.setDefault(True)
        box.addLayout(row(label("封面", "secondary"), self.cover, None))
        box.addLayout(row(label("册次", "secondary"), self.volume))
        box.addWidget(self.apart)
        box.addWidget(self.dividers)
        box.addLayout(row(None, button("取消", self.reject), done))

    @property
    def binding(self) -> Binding:
        """What was chosen."""
        return Binding(
            Cover[self.cover.current],
            self.volume.text().strip(),
            dividers=self.dividers.isChecked(),
            minutes_apart=self.apart.isChecked(),
        )
