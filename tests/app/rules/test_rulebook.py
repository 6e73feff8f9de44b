from __future__ import annotations

from datetime import date

import pytest

from app.dues.bases import DuesCategory
from app.errors import Refused
from app.life.votes import VoteKind
from app.rules.kinds import Rule
from app.rules.meeting_types import MeetingType
from app.rules.rulebook import rulebook_of, rulebook_on


def test_every_rule_has_a_source_and_a_first_day() -> None:
    book = rulebook_of(2026)
    assert book.hours is not None
    rules: list[Rule] = [*book.quotas, *book.talks, book.hours, book.committee, book.collection, book.surplus]
    rules += [*book.dues_brackets.values(), *book.fixed_dues.values(), *book.majorities.values()]
    assert all(rule.source and rule.level and rule.since <= date(2026, 12, 31) for rule in rules)
    assert len({rule.code for rule in rules}) == len(rules)


def test_names_in_the_files_are_those_of_the_program() -> None:
    book = rulebook_of(2026)
    assert {quota.type for quota in book.quotas} <= {kind.value for kind in MeetingType}
    assert set(book.majorities) == {kind.value for kind in VoteKind}
    categories = {category.value for category in DuesCategory}
    assert set(book.dues_brackets) | set(book.fixed_dues) == categories - {DuesCategory.EXEMPT.value}


def test_a_year_before_the_regulations_is_refused_with_advice() -> None:
    with pytest.raises(Refused, match="2008"):
        rulebook_on(date(1999, 1, 1))


def test_a_year_before_the_branch_regulation_has_no_quotas_but_its_dues() -> None:
    book = rulebook_of(2016)
    assert book.quotas == () and book.hours is None
    assert set(book.majorities) == {kind.value for kind in VoteKind}
    assert "在职" in book.dues_brackets
