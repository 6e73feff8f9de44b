"""全部规定 and 规则包 in the settings; the first day of records in the wizard and on the first screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton

from app.branch.branch import the_branch
from app.people.posts import PostTitle
from app.rules.changes import RuleChange, RulePack
from app.rules.kinds import Layer
from app.rules.local_rules import ChosenRuleSet
from app.rules.packs import read_pack, write_pack
from app.year.standing import State
from ui.house.welcome import Welcome, Wizard

PACK = write_pack(
    "p1",
    "示例市直工委要点",
    Layer.SUPERIOR,
    "示例市直工委",
    date(2026, 7, 1),
    {"hours": [{"code": "study_hours", "member": 40, "reason": "年度要点", "from": date(2026, 1, 1)}]},
)


def test_a_figure_is_changed_with_a_reason_and_given_back(page, workspace) -> None:
    view = page("settings", "figures").figures
    view.search.setText("介绍信")
    assert [f.field for f in view.table.rows_model.rows] == ["letter_days"]
    view.table.selectRow(0)
    editors = view.form.form.editors
    assert editors["value"].text() == "90"
    editors["value"].setText("六十")
    view.form.save()
    assert "不是整数" in view.form.form.fields["value"].fault
    editors["value"].setText("60")
    view.form.save()
    assert "理由" in view.form.form.fields["reason"].fault
    editors["reason"].setText("县里要求")
    view.form.save()
    (kept,) = workspace.session.ledger[RuleChange].all()
    assert (kept.field, kept.value, kept.since) == ("letter_days", "60", workspace.session.today())
    assert workspace.session.ledger_of_year().rulebook.people.letter_days == 60
    assert view.table.rows_model.rows[0].layer == "本支部"


def test_a_figure_stays_in_its_form_after_it_was_left_or_saved(page, workspace) -> None:
    view = page("settings", "figures").figures
    assert view.form.figure == view.table.current(), "the first one is shown"
    view.search.setText("介绍信")
    view.table.selectRow(0)
    view.form.form.editors["value"].setText("60")
    view.form.leave()
    assert view.form.form.editors["value"].text() == "90"
    view.form.form.set_texts({"value": "60", "reason": "县里要求"})
    assert view.form.save()
    assert view.form.form.editors["value"].text() == "60"
    view.form.form.set_texts({"value": "70", "reason": "县里要求"})
    assert view.form.save()
    assert [kept.value for kept in workspace.session.ledger[RuleChange].all()] == ["70"]
    view.form.remove()
    assert workspace.session.ledger[RuleChange].all() == []
    assert view.form.form.editors["value"].text() == "90"


def test_the_figures_are_those_of_the_day_that_is_asked_for(page) -> None:
    view = page("settings", "figures").figures
    view.search.setText("学时")
    assert any("32 学时" in f.told for f in view.table.rows_model.rows)
    view.day.editor.set(date(2015, 1, 1))
    view.refresh()
    assert not any("32 学时" in f.told for f in view.table.rows_model.rows)


def test_a_pack_is_looked_at_and_taken_in_from_a_file(page, workspace, tmp_path: Path, monkeypatch) -> None:
    view = page("settings", "packs").packs
    asked: list[str] = []

    def answer(*told: object) -> bool:
        asked.append(str(told[2]))
        return True

    monkeypatch.setattr("ui.pages.settings.packs.ask", answer)
    path = tmp_path / "要点.zbgz"
    path.write_text(PACK, "utf-8")
    view.take(path)
    assert asked == ["学习学时：党员每年学时：32 → 40"]
    (kept,) = workspace.session.ledger[RulePack].all()
    assert kept.title == "示例市直工委要点"
    assert [d.becomes for d in view.changed.rows_model.rows] == ["40"]
    view.remove(kept)
    assert workspace.session.ledger[RulePack].all() == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", PACK.replace("40", "41").encode()])
def test_a_file_that_is_no_pack_is_refused_in_words(page, workspace, tmp_path: Path, content: bytes) -> None:
    settings = page("settings", "packs")
    path = tmp_path / "要点.zbgz"
    path.write_bytes(content)
    settings.packs.take(path)
    assert "规则包" in settings.bar.text or "校验码" in settings.bar.text
    assert workspace.session.ledger[RulePack].all() == []


def test_the_branch_writes_its_own_rules(page, workspace, tmp_path: Path, monkeypatch) -> None:
    told = RuleChange(
        kind="people", code="people_terms", field="letter_days", value="60", since=date(2026, 7, 1), reason="要求"
    )
    workspace.session.ledger[RuleChange].save(told)
    path = tmp_path / "自定.zbgz"
    monkeypatch.setattr("ui.pages.settings.packs.QFileDialog.getSaveFileName", lambda *_: (str(path), ""))
    page("settings", "packs").packs.write_own()
    assert read_pack(path.read_text("utf-8")).layer is Layer.BRANCH


@pytest.fixture
def wizard(desk) -> Wizard:
    (welcome,) = desk.window.findChildren(Welcome)
    welcome.begin_wizard()
    (made,) = desk.window.findChildren(Wizard)
    return made


@pytest.mark.parametrize("january", [False, True])
def test_a_new_ledger_asks_from_which_day_it_is_used_and_owes_nothing_before(desk, wizard: Wizard, january) -> None:
    today = desk.today()
    assert wizard.since.editor.day() == today
    if january:
        wizard.january.click()
    wizard.name.editor.setText("甲支部")
    wizard.posts[PostTitle.SECRETARY].editor.setText("赵一")
    for _ in range(4):
        wizard.forward()
    session = desk.workspace.session
    assert the_branch(session.ledger).records_since == (date(2026, 1, 1) if january else today)
    missing = [duty for duty in session.duties() if duty.state is State.MISSING]
    assert bool(missing) is january


def test_a_day_that_cannot_be_read_is_told_beside_its_field(wizard: Wizard) -> None:
    wizard.name.editor.setText("甲支部")
    wizard.since.editor.setText("大概去年")
    wizard.forward()
    assert wizard.since.fault
    wizard.since.editor.setText("")
    wizard.forward()
    assert "从哪一天起" in wizard.since.fault


def test_a_rule_set_that_was_ticked_keeps_the_cursor(page, workspace, qtbot) -> None:
    rules = page("settings", "rules").rules
    tick = next(box for box in rules.findChildren(QCheckBox) if "警示教育" in box.text())
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert any(quota.label == "警示教育" for quota in rules.table.rows_model.rows)
    assert QApplication.focusWidget() is tick and tick.isChecked()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert workspace.session.ledger[ChosenRuleSet].all() == [] and not tick.isChecked()


def test_words_are_taken_out_one_after_another_by_keyboard(page, workspace, qtbot) -> None:
    lists = page("settings", "lists").lists
    lists.list.setCurrentIndex(lists._codes.index("position"))
    lists.refresh()
    workspace.window().activateWindow()
    qtbot.waitActive(workspace.window())
    gone = [made for made in lists.findChildren(QPushButton) if made.accessibleName().startswith("不再提供")]
    following = gone[1].accessibleName()
    qtbot.waitUntil(gone[0].isVisible)
    gone[0].setFocus()
    qtbot.keyClick(gone[0], Qt.Key.Key_Space)

    def here() -> str:
        focused = QApplication.focusWidget()
        return focused.accessibleName() if focused else ""

    qtbot.waitUntil(lambda: here() == following)
