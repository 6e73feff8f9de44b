"""Who may hold a post: full members with their rights, a secretary of a year's standing (支部工作条例 art. 23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.people.care import party_years
from app.people.members import IN_BRANCH, MemberStatus
from app.people.posts import Post, PostTitle, check_post, committee
from app.people.roster import Roster
from app.record import Problem, Severity
from app.rules.rulebook import Rulebook


def unfit_for(post: Post, roster: Roster, rulebook: Rulebook, day: date) -> list[Problem]:
    """Why the holder of a post should not hold it on a day; all of it is told and keeps nothing out."""
    if post.member not in roster:
        return []
    status = roster.status(post.member, day)
    if status not in IN_BRANCH:
        text = f"{day} 不在本支部" + (f"（{status}）" if status else "") + f"，{post.title}空缺应及时补选"
        return [Problem("member", text, Severity.WARNING)]
    if status is MemberStatus.PROBATIONARY:
        if post.title is PostTitle.GROUP_LEADER:
            return []
        text = f"预备党员没有被选举权，不能任{post.title}（党章第七条）"
        return [Problem("member", text, Severity.WARNING)]
    if not roster.may_vote(post.member, day):
        return [Problem("member", f"党员权利受限制，不能任{post.title}", Severity.WARNING)]
    years, least = party_years(roster[post.member], day), rulebook.people.secretary_standing_years
    if post.title is PostTitle.SECRETARY and years is not None and years < least:
        return [Problem("member", f"书记党龄不满 {least} 年（条例第二十三条）", Severity.WARNING)]
    return []


def check_appointment(
    post: Post, posts: Sequence[Post], roster: Roster, rulebook: Rulebook, today: date
) -> list[Problem]:
    """What is wrong or doubtful with a post: beside the others, about its holder, and in the size of the committee."""
    problems = check_post(post, posts)
    begun = post.since or today
    problems += unfit_for(post, roster, rulebook, begun)
    members = {item.member for item in committee([*(p for p in posts if p.id != post.id), post], begun)}
    most = rulebook.committee.most_members
    if post.title is not PostTitle.GROUP_LEADER and len(members) > most:
        text = f"支委会 {len(members)} 人，一般不超过 {most} 人"
        problems.append(Problem("title", text, Severity.WARNING))
    return problems
