"""A clerk's first year by keyboard: from the empty window to the printed ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from app.dates import PartialDate
from app.dues.payments import Payment
from app.life.attendance import AttendanceState
from app.life.meetings import Meeting, load_minutes
from app.life.talks import Talk
from app.people.members import Member
from app.rules.meeting_types import MeetingType
from tests.journeys.keys import Keys

TABLES = Path(__file__).parent.parent / "tables"
CONTROL = Qt.KeyboardModifier.ControlModifier


def wizard(desk, keys: Keys) -> None:
    keys.tab_to("新建台账")
    keys.press(Qt.Key.Key_Space)
    keys.type("机关第三党支部")
    keys.tab_to("上级党组织")
    keys.type("机关党委")
    keys.tab_to("下一步")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("下一步")
    keys.press(Qt.Key.Key_Space)
    step = desk.window.centralWidget()._stack.currentWidget()
    step.importing.load(TABLES / "党员花名册.xlsx")
    assert "将新增 24 条" in step.importing.words.text()
    keys.tab_to("导入")
    keys.press(Qt.Key.Key_Space)
    assert "已新增 24 条" in step.importing.words.text()
    keys.tab_to("下一步")
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("完成")
    keys.press(Qt.Key.Key_Space)


def test_from_the_first_window_to_the_printed_ledger(desk, keys: Keys, qtbot, tmp_path: Path) -> None:
    wizard(desk, keys)
    workspace = desk.workspace
    assert workspace is not None
    qtbot.waitUntil(lambda: workspace.rail._name.text() == "机关第三党支部")
    assert workspace.rail._count.text() == "党员 24 人 · 预备 2 人"
    ledger = workspace.session.ledger
    assert (tmp_path / "支部台账" / "机关第三党支部.zbtz").exists()

    # A meeting of the whole branch, two absent with a reason.
    keys.press(Qt.Key.Key_N, CONTROL)
    keys.press(Qt.Key.Key_Space)
    keys.tab_to("主题")
    keys.type("学习党章")
    keys.press(Qt.Key.Key_Return)
    keys.type("一、学习。\n二、讨论。")
    keys.tab_to("标缺席")
    keys.type("ghm")
    keys.press(Qt.Key.Key_Return)
    keys.type("2")
    keys.type("zpm")
    keys.press(Qt.Key.Key_Return)
    keys.type("1")
    keys.press(Qt.Key.Key_S, CONTROL)
    (minutes,) = load_minutes(ledger)
    names = {member.id: member.name for member in ledger[Member].all()}
    absent = {names[r.member]: r.reason for r in minutes.with_state(AttendanceState.ABSENT)}
    assert minutes.types == (MeetingType.GENERAL,) and minutes.meeting.held_on == date(2026, 7, 16)
    assert absent == {"高航敏": "因病", "朱平明": "因公"} and len(minutes.attended) == 22

    # A talk.
    keys.press(Qt.Key.Key_4, CONTROL)
    keys.press(Qt.Key.Key_N, CONTROL)
    before = keys.strokes
    keys.type("caoyp")
    keys.press(Qt.Key.Key_Return)
    keys.tab_to("谈话内容")
    keys.type("了解思想和工作情况。")
    keys.press(Qt.Key.Key_S, CONTROL)
    (talk,) = ledger[Talk].all()
    assert names[talk.partner] == "曹英平" and names[talk.talker] == "许强敏"
    assert keys.strokes - before <= 20

    # The dues of a month.
    keys.press(Qt.Key.Key_9, CONTROL)
    before = keys.strokes
    keys.press(Qt.Key.Key_N, CONTROL)
    assert keys.strokes - before <= 3
    assert len(ledger[Payment].all(month=PartialDate(2026, 7))) == 24

    # The ledger.
    keys.press(Qt.Key.Key_P, CONTROL)
    page = workspace.page
    qtbot.waitUntil(lambda: page._printed is not None, timeout=30_000)
    page.write(tmp_path / "台账.pdf")
    from tests.app.reports.test_reports import plain, text_of

    text = plain(text_of((tmp_path / "台账.pdf").read_bytes()))
    assert "高航敏（因病）；朱平明（因公）" in text
    assert "了解思想和工作情况" in text and "实到22人" in text


def test_a_routine_meeting_of_twenty_takes_at_most_25_strokes(desk, workspace, keys: Keys) -> None:
    """Text of subject and content aside: type, place and people are taken over, two are absent."""
    ledger = workspace.session.ledger
    people = workspace.session.ledger_of_year().roster.present(date(2026, 7, 16))
    from app.pinyin import readings

    def unique(person) -> str:
        own = min(readings(person.name)[0])
        return own if sum(any(own in i for i in readings(p.name)[0]) for p in people) == 1 else ""

    absent = [p for p in people if unique(p)][:2]
    count = len(ledger[Meeting].all())
    before = keys.strokes
    keys.press(Qt.Key.Key_N, CONTROL)
    keys.press(Qt.Key.Key_Space)
    form = workspace.page.form
    keys.press(Qt.Key.Key_Return)
    keys.type("学习文件")
    keys.press(Qt.Key.Key_Return)
    keys.type("会议内容")
    keys.tab_to("标缺席")
    for number, person in enumerate(absent, 1):
        keys.type(unique(person))
        keys.press(Qt.Key.Key_Return)
        keys.type(str(number))
    keys.press(Qt.Key.Key_S, CONTROL)
    assert len(ledger[Meeting].all()) == count + 1
    assert form.pane.counts()[1] - form.pane.counts()[0] == 2
    assert keys.strokes - before <= 25


def test_a_month_of_dues_takes_at_most_three_strokes(desk, workspace, keys: Keys) -> None:
    ledger, day = workspace.session.ledger, date(2026, 7, 16)
    count = len(ledger[Payment].all())
    before = keys.strokes
    keys.press(Qt.Key.Key_9, CONTROL)
    keys.press(Qt.Key.Key_N, CONTROL)
    dues = workspace.session.ledger_of_year().dues
    open_cells = [cell for cells in dues.rows.values() for cell in cells if cell.month == day.month and cell.owed_fen]
    assert len(ledger[Payment].all()) > count
    assert open_cells and all(cell.settled for cell in open_cells)
    assert keys.strokes - before <= 3


def test_a_talk_takes_at_most_twenty_strokes(desk, workspace, keys: Keys) -> None:
    """The text of what was said aside: the talker, the kind and the place are those of the last one."""
    ledger = workspace.session.ledger
    count = len(ledger[Talk].all())
    before = keys.strokes
    keys.press(Qt.Key.Key_4, CONTROL)
    keys.press(Qt.Key.Key_N, CONTROL)
    keys.type("huangxy")
    keys.press(Qt.Key.Key_Return)
    keys.tab_to("谈话内容")
    keys.type("近期工作和家庭情况")
    keys.press(Qt.Key.Key_S, CONTROL)
    made = ledger[Talk].all()[-1]
    assert len(ledger[Talk].all()) == count + 1
    assert ledger[Member].get(made.partner).name == "黄晓燕"
    assert made.content == "近期工作和家庭情况"
    assert keys.strokes - before <= 20


def test_everything_is_found_by_ctrl_k(workspace, keys: Keys) -> None:
    person = workspace.session.ledger_of_year().roster.members[2]
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type(person.name)
    keys.press(Qt.Key.Key_Return)
    assert workspace.current_code == "members"
    assert workspace.page.table.current().member == person
