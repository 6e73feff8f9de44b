"""What is typed and not saved is kept, offered again, and never lost by a refused save."""

from __future__ import annotations

import pytest

from app.life.meetings import Meeting
from app.life.talks import Talk
from app.rules.meeting_types import MeetingType
from app.ways import ToNew
from ui.house.ways import ToDraft


def test_what_is_typed_and_not_saved_is_offered_again(workspace, qtbot) -> None:
    workspace.go(ToNew(Meeting, {"types": (MeetingType.GENERAL,)}))
    form = workspace.page.form
    form.subject.setText("讨论发展党员")
    form.content.setPlainText("没有保存的话")
    form.day.setText("7.1")
    form.pane._mark(form.pane._people[2].name)
    form.add_vote().motion.setText("同意")
    before = form.draft()
    workspace.show_page("home")
    assert workspace.current_code == "home"
    workspace.refresh()
    (draft,) = workspace.session.drafts.all()
    workspace.go(ToDraft(draft.form, draft.content))
    assert workspace.page.form.draft() == before
    assert workspace.page.form.save()
    assert workspace.session.drafts.all() == []


def test_a_form_that_cannot_keep_its_draft_is_not_left_without_asking(workspace, monkeypatch) -> None:
    import ui.record.form as page_module

    workspace.go(ToNew(Meeting, {"types": (MeetingType.GENERAL,)}))
    workspace.page.form.content.setPlainText("没有保存的话")
    monkeypatch.setattr(workspace.session.drafts, "keep", lambda *_: None)
    monkeypatch.setattr(page_module, "ask", lambda *_: False)
    workspace.show_page("home")
    assert workspace.current_code == "meetings"
    assert workspace.page.form.content.toPlainText() == "没有保存的话"
    monkeypatch.setattr(page_module, "ask", lambda *_: True)
    workspace.show_page("home")
    assert workspace.current_code == "home"


@pytest.mark.parametrize("code", ["talks", "members"])
def test_drafts_of_talks_and_members_come_back(workspace, code: str) -> None:
    workspace.show_page(code)
    page = workspace.page
    if code == "talks":
        page.open_with(ToNew(Talk, {"partner": 3}))
        page.form.content.setPlainText("谈了家里的困难")
    else:
        page._edit(None)
        page.form.edits["name"].setText("张新一")
        page.form.edits["birth"].setText("1990.13")
    before = page.form.draft()
    workspace.show_page("home")
    (draft,) = workspace.session.drafts.all()
    workspace.go(ToDraft(draft.form, draft.content))
    assert workspace.page.form.draft() == before


def test_a_refused_save_keeps_what_was_typed(workspace, monkeypatch) -> None:
    import ui.pages.talks.form as talks_module
    from app.errors import StorageTrouble

    def full(*_: object) -> None:
        raise StorageTrouble("磁盘已满，没有保存。", "请删除不用的文件后再保存一次。")

    workspace.show_page("talks")
    form = workspace.page.form
    workspace.page.open_with(ToNew(Talk, {"partner": 3}))
    form.content.setPlainText("谈了家里的困难")
    monkeypatch.setattr(talks_module, "record_talk", full)
    assert not form.save()
    assert form.dirty and "磁盘已满" in form.bar.text
    workspace.show_page("home")
    assert workspace.session.drafts.all()[0].content["fields"]["content"] == "谈了家里的困难"
