"""The year as one frozen value: what every chart, table, print and rule looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.branch import Branch, Group, Post, the_branch
from app.dues import DuesYear, load_dues
from app.meetings import Minutes, load_minutes
from app.roster import Roster, load_roster
from app.rulebook import Rulebook, rulebook_of
from app.seals import Correction, YearSeal, corrections, seal_of
from app.store import Between, Ledger
from app.talks import Talk


@dataclass(frozen=True)
class YearLedger:
    """Everything of one year, read once; nothing in it changes."""

    year: int
    branch: Branch
    posts: tuple[Post, ...]
    groups: tuple[Group, ...]
    roster: Roster
    minutes: tuple[Minutes, ...]
    talks: tuple[Talk, ...]
    dues: DuesYear
    rulebook: Rulebook
    seal: YearSeal | None = None
    corrections: tuple[Correction, ...] = ()
    """What was changed after the year was sealed."""

    @cached_property
    def group_names(self) -> dict[int, str]:
        """Names of the groups by id."""
        return {group.id: group.name for group in self.groups}

    def reference_day(self, today: date) -> date:
        """The day the year's roster is shown as of: today within the year, its last day when it is over."""
        return min(max(today, date(self.year, 1, 1)), date(self.year, 12, 31))


def load_year(store: Ledger, year: int) -> YearLedger:
    """Read one year of an open ledger; raises Refused for a year before the regulations."""
    roster = load_roster(store)
    branch = the_branch(store)
    rulebook = rulebook_of(year)
    span = Between(date(year, 1, 1), date(year, 12, 31))
    return YearLedger(
        year=year,
        branch=branch,
        posts=tuple(store[Post].all()),
        groups=tuple(store[Group].all()),
        roster=roster,
        minutes=tuple(load_minutes(store, year)),
        talks=tuple(sorted(store[Talk].all(talked_on=span), key=lambda talk: (talk.talked_on, talk.id))),
        dues=load_dues(store, year, roster, rulebook, branch.dues_day),
        rulebook=rulebook,
        seal=(seal := seal_of(store, year)),
        corrections=tuple(corrections(store, seal)) if seal else (),
    )
