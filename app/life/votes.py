"""表决: the arithmetic of a vote in numbers and in words (支部工作条例 art. 11, 发展党员工作细则, 选举条例)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.record import Problem, Record, Severity, Unit, entry, stored
from app.rules.kinds import Majority
from app.rules.rulebook import Rulebook


class VoteKind(StrEnum):
    """What a vote decides; each kind has its own threshold (the rules `vote_…`)."""

    ORDINARY = "一般事项"
    ADMISSION = "接收预备党员"
    CONFIRMATION = "预备党员转正"
    ELECTION = "选举"


@stored
class Vote(Record, called="表决"):
    """表决 as numbers. Written opinions count only in admission and confirmation, when they came before."""

    meeting: int = entry("会议活动", default=0, of="Meeting", part=True)
    kind: VoteKind = entry("表决事项类别", default=VoteKind.ORDINARY)
    motion: str = entry("表决事项", default="", titles=True)
    entitled: int = entry("应到有表决权", default=0, unit=Unit.PEOPLE)
    present: int = entry("实到有表决权", default=0, unit=Unit.PEOPLE)
    in_favour: int = entry("赞成", default=0, unit=Unit.BALLOTS)
    against: int = entry("反对", default=0, unit=Unit.BALLOTS)
    abstained: int = entry("弃权", default=0, unit=Unit.BALLOTS)
    written_in_favour: int = entry("会前书面赞成", default=0, unit=Unit.BALLOTS)
    ballots_given: int | None = entry("发出选票", default=None, unit=Unit.BALLOTS)
    ballots_returned: int | None = entry("收回选票", default=None, unit=Unit.BALLOTS)


def check_vote(vote: Vote) -> list[Problem]:
    """What does not add up in the numbers of a vote."""
    counted = (vote.in_favour, vote.against, vote.abstained, vote.written_in_favour)
    ballots = (vote.ballots_given or 0, vote.ballots_returned or 0)
    if min(vote.entitled, vote.present, *counted, *ballots) < 0:
        return [Problem("votes", "票数不能是负数")]
    problems: list[Problem] = []
    if vote.present > vote.entitled:
        text = f"实到有表决权 {vote.present} 人多于应到有表决权 {vote.entitled} 人"
        problems.append(Problem("votes", text, Severity.WARNING))
    if vote.written_in_favour and vote.present + vote.written_in_favour > vote.entitled:
        text = f"实到 {vote.present} 人加会前书面意见 {vote.written_in_favour} 份，多于应到有表决权 {vote.entitled} 人"
        problems.append(Problem("votes", text, Severity.WARNING))
    cast = vote.in_favour + vote.against + vote.abstained
    if cast != vote.present:
        text = f"赞成、反对、弃权合计 {cast} 票，与实到有表决权 {vote.present} 人不符"
        problems.append(Problem("votes", text, Severity.WARNING))
    returned = vote.ballots_returned
    if returned is not None and cast > returned:
        problems.append(Problem("votes", f"计票合计 {cast} 票，多于收回的选票 {returned} 张", Severity.WARNING))
    if returned is not None and returned > vote.present:
        text = f"收回选票 {returned} 张，多于实到有表决权 {vote.present} 人"
        problems.append(Problem("votes", text, Severity.WARNING))
    return problems


def check_against_roll(vote: Vote, entitled: int, present: int) -> list[Problem]:
    """Whether the numbers of a vote are those of the roll: who may vote of those who should be and were there."""
    problems: list[Problem] = []
    for word, told, counted in (("应到", vote.entitled, entitled), ("实到", vote.present, present)):
        if told != counted:
            differs = f"{'多' if told > counted else '少'} {abs(told - counted)} 人"
            text = f"{word}有表决权写的是 {told} 人，按签到和名册是 {counted} 人，{differs}"
            problems.append(Problem("votes", text, Severity.WARNING))
    return problems


@dataclass(frozen=True)
class Verdict:
    """Whether the meeting could decide, whether the motion passed, and why, in a sentence."""

    quorate: bool
    passed: bool
    void: bool
    text: str
    caution: str = ""


def judge(vote: Vote, rulebook: Rulebook) -> Verdict:
    """Judge a vote by the threshold of its kind; the three thresholds are never mixed."""
    rule = rulebook.majorities[vote.kind]
    given, returned = vote.ballots_given, vote.ballots_returned
    if given is not None and returned is not None and returned > given:
        text = f"收回选票 {returned} 张多于发出 {given} 张，选举无效，应重新选举"
        return Verdict(quorate=True, passed=False, void=True, text=text)
    if returned is not None and returned > vote.present:
        text = f"收回选票 {returned} 张多于实到 {vote.present} 人，选举无效，应重新选举"
        return Verdict(quorate=True, passed=False, void=True, text=text)
    if not rule.quorum.met(vote.present, vote.entitled):
        return Verdict(quorate=False, passed=False, void=False, text=_not_quorate(vote, rule))
    written = vote.written_in_favour if rule.written else 0
    yes = vote.in_favour + written
    whole = vote.present if rule.of_present else vote.entitled
    passed = rule.passing.met(yes, whole)
    base = f"实到会有选举权 {whole} 人" if rule.of_present else f"应到会有表决权 {whole} 人"
    counted = f"赞成 {yes} 票" + (f"（含会前书面 {written} 票）" if written else "")
    needed, part = rule.passing.least(whole), rule.passing.words
    if passed:
        outcome = "当选" if vote.kind is VoteKind.ELECTION else "决议有效"
        text = f"{counted}，超过{base}的{part}，{outcome}"
    else:
        text = f"{counted}，未超过{base}的{part}（至少 {needed} 票），未通过"
    return Verdict(quorate=True, passed=passed, void=False, text=text, caution=_caution(vote, rule, yes, passed))


def _not_quorate(vote: Vote, rule: Majority) -> str:
    if vote.entitled <= 0:
        return "还没有填应到有表决权的人数，不能判断"
    need = rule.quorum.least(vote.entitled)
    return f"实到有表决权 {vote.present} 人，至少应有 {need} 人（应到 {vote.entitled} 人），不能表决"


def _caution(vote: Vote, rule: Majority, yes: int, passed: bool) -> str:
    if passed and rule.of_present and not rule.passing.met(yes, vote.entitled):
        need = rule.passing.least(vote.entitled)
        return f"得票未超过应到会人数的{rule.passing.words}（{need} 票），有的地方按应到会人数计算，请问上级"
    return ""
