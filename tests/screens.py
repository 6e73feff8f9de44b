"""Every page as a PNG from the sample ledger, into the ignored folder screens/: `python3 dev.py screens`."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

from app.branch.branch import update_branch  # noqa: E402
from app.development.steps import Applicant  # noqa: E402
from app.errors import Damaged  # noqa: E402
from app.life.meetings import Meeting, remove_meeting  # noqa: E402
from app.life.talks import Talk  # noqa: E402
from app.rules.meeting_types import MeetingType  # noqa: E402
from app.sample.year import Plan, fill_sample  # noqa: E402
from app.ways import ToNew, ToPaper, ToRecord  # noqa: E402
from db.faults import DAMAGE  # noqa: E402
from db.vault import FileVault  # noqa: E402
from ui.house.application import make_application  # noqa: E402
from ui.house.desk import Desk  # noqa: E402
from ui.house.entries import PAGES, SETTINGS  # noqa: E402
from ui.house.preferences import Preferences  # noqa: E402
from ui.house.rescue import Rescue  # noqa: E402
from ui.house.unlock import PasswordDialog  # noqa: E402
from ui.house.ways import ToView  # noqa: E402

TODAY = date(2026, 7, 16)
LOOKS = (
    ("", False, 100, (1366, 728)),
    ("-dark", True, 100, (1366, 728)),
    ("-large", False, 150, (1920, 1040)),
    ("-1920", False, 100, (1920, 1040)),
)


class NoMemory(Preferences):
    """Preferences that leave no trace on this machine."""

    def save(self) -> None:
        return


def settle(desk: Desk) -> None:
    QTest.qWait(150)
    while desk.tasks.busy:
        QTest.qWait(20)
    QTest.qWait(50)


def shoot(desk: Desk, name: str) -> None:
    settle(desk)
    desk.window.grab().save(str(ROOT / "screens" / f"{name}.png"))


def guide_pictures(desk: Desk) -> None:
    """Every page as the guide shows it, in the folder of the guide; few colours, so that it stays small."""
    from PIL import Image

    folder = ROOT / "resources" / "help" / "pictures"
    folder.mkdir(exist_ok=True)
    for entry in (*PAGES, SETTINGS):
        desk.workspace.show_page(entry.code)
        settle(desk)
        file = folder / f"{entry.code}.png"
        desk.window.grab().save(str(file))
        with Image.open(file) as picture:
            small = picture.convert("RGB").resize(
                (1100, 1100 * picture.height // picture.width), Image.Resampling.LANCZOS
            )
        small.quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)


VIEWS = (
    ("tasks", "rectifications"),
    ("tasks", "follow_ups"),
    ("tasks", "papers"),
    ("study", "study"),
    ("study", "repository"),
    ("appraisal", "tallies"),
    ("appraisal", "appraisals"),
    ("meetings", "plan"),
    ("talks", "must"),
    ("talks", "people"),
    ("settings", "templates"),
    ("registers", "circumstances"),
    ("registers", "birthdays"),
    ("branch", "elections"),
    ("dues", "bases"),
    ("dues", "money"),
    ("dues", "entries"),
    ("settings", "rules"),
    ("settings", "import"),
)


def forms(desk: Desk, suffix: str) -> None:
    workspace = desk.workspace
    for code, view in VIEWS:
        workspace.go(ToView(code, view))
        table = getattr(workspace.page, "table", None)
        if table is not None and code in ("tasks", "study", "appraisal", "registers"):
            table.selectRow(0)
        shoot(desk, f"{code}-{view}{suffix}")
    workspace.page.leave()
    branch = desk.session.ledger_of_year().branch
    update_branch(desk.session.ledger, replace(branch, inspected_on=date(2026, 10, 15)))
    workspace.show_page("health")
    workspace.page.views.choose("forecast")
    settle(desk)
    workspace.page._show()
    shoot(desk, f"health-forecast{suffix}")
    workspace.go(ToNew(Meeting, {"types": (MeetingType.GENERAL,)}))
    form = workspace.page.form
    form.pane.quick.setText("")
    people = form.pane._people
    form.pane.mark(people[4].id, form.pane.state(people[4].id).ABSENT)
    form.pane.set_reason(people[4].id, "因公")
    form.content.setPlainText("一、传达学习上级党组织有关文件精神。\n二、讨论预备党员转正事宜。")
    form.add_vote()
    form.save()
    shoot(desk, f"meetings-form{suffix}")
    form.forget()
    workspace.page._show_list()
    workspace.go(ToView("members"))
    workspace.page._edit(None)
    shoot(desk, f"members-form{suffix}")
    workspace.page.form.forget()
    applicant = desk.session.ledger_of_year().development[-1].applicant.id
    workspace.go(ToRecord(Applicant, applicant))
    shoot(desk, f"develop-way{suffix}")
    workspace.go(ToNew(Talk))
    workspace.page.form.save()
    shoot(desk, f"talks-form{suffix}")
    workspace.page.form.forget()
    workspace.search()
    settle(desk)
    from ui.house.search import SearchDialog

    dialog = workspace.findChildren(SearchDialog)[-1]
    dialog.edit.setText("zt")
    dialog.grab().save(str(ROOT / "screens" / f"search{suffix}.png"))
    dialog.close()


def prints(desk: Desk, suffix: str) -> None:
    """The print page with a form of one member, and a briefing; the window for copying."""
    from ui.record.copying import CopyDialog

    workspace = desk.workspace
    workspace.go(ToPaper("person_year", 1))
    shoot(desk, f"reports-person{suffix}")
    workspace.go(ToPaper("briefing"))
    choice = workspace.page.contents.briefing
    for number in range(3):
        choice.records.item(number).setCheckState(Qt.CheckState.Checked)
    choice.wanted.emit()
    shoot(desk, f"reports-briefing{suffix}")
    meeting = desk.session.ledger_of_year().minutes[-1].meeting.id
    dialog = CopyDialog(desk.session, "会议活动", meeting, desk.window)
    dialog.show()
    settle(desk)
    dialog.grab().save(str(ROOT / "screens" / f"copying{suffix}.png"))
    dialog.close()


def safety(desk: Desk, path: Path, suffix: str) -> None:
    """A draft on offer, history, trash, backups, the password and the rescue."""
    session = desk.session
    session.drafts.keep("meetings/1", {"title": "讨论发展党员工作"})
    remove_meeting(session.ledger, session.ledger_of_year().minutes[3].meeting.id)
    settle(desk)
    for view in ("actions", "trash", "backups"):
        desk.workspace.go(ToView("history", view))
        shoot(desk, f"history-{view}{suffix}")
    desk.workspace.show_page("home")
    shoot(desk, f"home-draft{suffix}")
    session.drafts.forget("meetings/1")
    session.ledger.history.undo()
    settle(desk)
    dialog = PasswordDialog(desk.window, "设置密码", None)
    dialog.show()
    settle(desk)
    dialog.grab().save(str(ROOT / "screens" / f"password{suffix}.png"))
    dialog.close()
    desk.put_away()
    desk.ask_password(path, lambda _: None)
    shoot(desk, f"unlock{suffix}")
    desk.show_content(Rescue(desk, path, Damaged(*DAMAGE)))
    shoot(desk, f"rescue{suffix}")


def main() -> None:
    (ROOT / "screens").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "示例支部.zbtz"
        vault = FileVault(datetime.now, Path(folder) / "state")
        ledger = vault.create(path)
        fill_sample(ledger, Plan(3, 24, 1, TODAY))
        ledger.close()
        for suffix, dark, percent, size in LOOKS:
            preferences = NoMemory(dark=dark, percent=percent, folder=folder)
            make_application(preferences)
            desk = Desk(vault, lambda: TODAY, preferences)
            desk.window.resize(*size)
            desk.show_welcome()
            desk.window.show()
            shoot(desk, f"welcome{suffix}")
            welcome = desk.window.centralWidget()
            welcome.begin_wizard()
            shoot(desk, f"wizard{suffix}")
            desk.open(path)
            for entry in (*PAGES, SETTINGS):
                desk.workspace.show_page(entry.code)
                shoot(desk, f"{entry.code}{suffix}")
            if not suffix:
                guide_pictures(desk)
            forms(desk, suffix)
            prints(desk, suffix)
            safety(desk, path, suffix)
            desk.window.hide()


if __name__ == "__main__":
    main()
