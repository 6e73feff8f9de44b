"""The catalogue of forms and what they say belong together."""

from __future__ import annotations

from app.reports.catalogue import FORMS, FormGroup, form_of
from app.reports.forms import STORIES


def test_every_form_has_a_story_and_a_title_of_its_own() -> None:
    assert set(FORMS) == set(STORIES)
    assert len({form.title for form in FORMS.values()}) == len(FORMS)


def test_a_short_word_is_unmistakable_in_its_menu() -> None:
    for group in FormGroup:
        words = [form.word for form in FORMS.values() if form.group is group]
        assert len(words) == len(set(words))


def test_a_record_of_each_kind_is_written_as_one_form() -> None:
    assert [form_of(subject) for subject in ("会议活动", "谈心谈话", "党员")] == ["minutes", "talks", "person_year"]
