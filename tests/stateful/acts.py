"""Everything people can do to an issue, by name: who does it when it fits, in which states, and the use case."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from bot.domain.wishing import wish
from bot.usecases import (
    answer_ping,
    appeal,
    assign_issue,
    change_facts,
    close_issue,
    commands,
    comment_issue,
    escalate_issue,
    follow_up,
    give_back,
    hide_issue,
    keep_issue,
    merge_issues,
    rate_issue,
    send_back,
    snooze_issue,
    take_part,
    wait_issue,
    withdraw_issue,
    work_issue,
)
from bot.usecases.rows import Answer
from bot.usecases.services import Services
from tests.builders import T1, contact
from tests.stateful.town import FAY, WIM, ZED

NOTE = "for colleagues only"
"""Every note has these words: no requester may ever read them."""
OPEN, TAKEN, RESOLVED, CLOSED = State.OPEN, State.ACKNOWLEDGED, State.RESOLVED, State.CLOSED
BACK, GONE, MERGED = State.SENT_BACK, State.WITHDRAWN, State.MERGED
WORK = (OPEN, TAKEN)


@dataclass(frozen=True)
class Doing:
    """One thing that somebody does: a key that makes its repeat harmless, and a text or choice."""

    issue: Issue
    user: str
    key: str
    other: int
    text: str

    def of(self, kind: type[Any], **more: Any) -> Any:
        """The command of this kind."""
        return kind(workspace=T1, user=self.user, key=self.key, number=self.issue.number, **more)

    @property
    def seen(self) -> tuple[int, int]:
        """What a button shows that was drawn just now."""
        return self.issue.ask_level, self.issue.position.round


Ready = Callable[[Services], Awaitable[Answer]]


@dataclass(frozen=True)
class Act:
    """`who` usually does it; `fits` are the states in which something comes of it, `when` says what else it takes."""

    who: str
    fits: tuple[State, ...]
    how: Callable[[Doing], tuple[Callable[[Services, Any], Awaitable[Answer]], Any]]
    when: Callable[[Issue], object] = lambda one: True

    def comes(self, issue: Issue) -> bool:
        """Whether something comes of it now, as far as the eye can tell."""
        return issue.state in self.fits and bool(self.when(issue))

    def by(self, doing: Doing) -> Ready:
        """Ready to be done, and done again."""
        usecase, command = self.how(doing)
        return lambda services: usecase(services, command)


def _text(usecase: Callable[[Services, commands.TextCommand], Awaitable[Answer]]) -> Any:
    return lambda one: (usecase, one.of(commands.TextCommand, text=one.text))


def _plain(usecase: Callable[[Services, commands.IssueCommand], Awaitable[Answer]]) -> Any:
    return lambda one: (usecase, one.of(commands.IssueCommand))


def _wants(**facts: str) -> Any:
    return lambda one: (
        change_facts.change_facts,
        one.of(commands.ChangeFacts, wanted=facts, reason=one.text),
    )


def _decides(usecase: Callable[[Services, commands.Decide], Awaitable[Answer]], yes: bool) -> Any:
    return lambda one: (usecase, one.of(commands.Decide, yes=yes, text=one.text))


def _assigns(who: str) -> Any:
    return lambda one: (assign_issue.assign, one.of(commands.AssignIssue, contact=contact(who)))


def _escalates(reason: bool, late: bool = False) -> Any:
    def how(one: Doing) -> Any:
        seen = (one.seen[0] + 7, 0) if late else one.seen
        return answer_ping.escalate, one.of(commands.Escalate, seen=seen, reason=one.text if reason else "")

    return how


def _passes(one: Doing) -> Any:
    return escalate_issue.pass_by, one.of(commands.PassBy, level=3, seen=one.seen, reason=one.text)


def _waits(reason: str) -> Any:
    return lambda one: (wait_issue.wait_for, one.of(commands.WaitFor, reason=reason, note=one.text))


def _sends_back(one: Doing) -> Any:
    return send_back.send_back, one.of(commands.SendBack, code="other", note=one.text)


def _to_team(one: Doing) -> Any:
    more = {"team": "Special", "seen": one.seen, "reason": one.text}
    return escalate_issue.send_to_team, one.of(commands.SendToTeam, **more)


def _takes(anyway: bool) -> Any:
    return lambda one: (answer_ping.acknowledge, one.of(commands.Acknowledge, anyway=anyway))


def _snoozes(one: Doing) -> Any:
    return snooze_issue.snooze, one.of(commands.TextCommand, text="3h")


def _notes(one: Doing) -> Any:
    return take_part.note, one.of(commands.TextCommand, text=f"{NOTE} {one.text}")


ACTS: dict[str, Act] = {
    "take": Act("asked", WORK, _takes(anyway=False), lambda one: one.asking),
    "take anyway": Act("stranger", WORK, _takes(anyway=True), lambda one: one.asking),
    "decline": Act(
        "asked",
        WORK,
        lambda one: (answer_ping.decline, one.of(commands.Decline)),
        lambda one: one.asking and one.state is OPEN,
    ),
    "escalate": Act("owner", WORK, _escalates(reason=False)),
    "escalate early": Act("requester", WORK, _escalates(reason=True)),
    "escalate late": Act("asked", WORK, _escalates(reason=True, late=True), lambda one: one.asking),
    "pass by": Act("raiser", WORK, _passes),
    "pass by at once": Act("owner", WORK, _passes),
    "allow": Act("manager", WORK, _decides(escalate_issue.answer_wish, yes=True), lambda one: wish(one)),
    "refuse": Act("manager", WORK, _decides(escalate_issue.answer_wish, yes=False), lambda one: wish(one)),
    "ask specialists": Act("owner", WORK, _to_team),
    "assign Zed": Act("owner", WORK, _assigns(ZED)),
    "assign duty": Act("manager", WORK, _assigns("oncall:duty")),
    "update": Act("owner", WORK, _text(work_issue.update_requester)),
    "note": Act("owner", tuple(State), _notes),
    "edit": Act(
        "raiser",
        (*WORK, RESOLVED),
        lambda one: (take_part.edit, one.of(commands.EditFacts, wanted={"tried": one.text})),
    ),
    "wait for requester": Act(
        "owner", (TAKEN,), _waits("requester"), lambda one: not one.waiting and not one.asking
    ),
    "wait for supplier": Act(
        "owner", (TAKEN,), _waits("supplier"), lambda one: not one.waiting and not one.asking
    ),
    "go on": Act("owner", (TAKEN,), _plain(wait_issue.go_on), lambda one: one.waiting),
    "answer": Act("requester", (*WORK, RESOLVED), _text(wait_issue.answer)),
    "snooze": Act("owner", (TAKEN,), _snoozes),
    "keep": Act("owner", (TAKEN,), _plain(keep_issue.keep)),
    "give back": Act("owner", (TAKEN,), _text(give_back.give_back)),
    "make urgent": Act("owner", WORK, _wants(priority="p1"), lambda one: one.route.priority.key != "p1"),
    "make less urgent": Act("owner", WORK, _wants(priority="p3"), lambda one: one.route.priority.key != "p3"),
    "make hardware": Act("owner", WORK, _wants(type="hardware"), lambda one: one.facts.type != "hardware"),
    "resolve": Act("owner", WORK, _text(work_issue.resolve)),
    "confirm": Act("requester", (RESOLVED,), _plain(close_issue.confirm)),
    "dispute": Act("requester", (RESOLVED, CLOSED, GONE, MERGED), _text(close_issue.dispute)),
    "solved": Act("raiser", (*WORK, RESOLVED), _text(withdraw_issue.solved)),
    "withdraw": Act("raiser", (*WORK, RESOLVED), _text(withdraw_issue.withdraw)),
    "send back": Act("level", WORK, _sends_back),
    "appeal": Act(
        "requester",
        (BACK,),
        _text(appeal.appeal),
        lambda one: not one.care.sent_back or not one.care.sent_back.appealed_by,
    ),
    "uphold": Act("manager", (BACK,), _decides(appeal.judge, yes=True), lambda one: one.care.appeal_waits),
    "turn down": Act(
        "manager", (BACK,), _decides(appeal.judge, yes=False), lambda one: one.care.appeal_waits
    ),
    "merge": Act(
        "manager",
        (*WORK, RESOLVED),
        lambda one: (merge_issues.merge, one.of(commands.WithOther, other=one.other)),
    ),
    "join": Act(
        "joiner",
        (*WORK, RESOLVED),
        lambda one: (take_part.join, one.of(commands.NamePerson)),
        lambda one: FAY not in one.company.further,
    ),
    "watch": Act(
        "watcher",
        tuple(State),
        lambda one: (take_part.watch, one.of(commands.NamePerson)),
        lambda one: WIM not in one.company.watchers,
    ),
    "hide": Act("manager", WORK, _plain(hide_issue.hide), lambda one: not one.private),
    "show": Act("manager", WORK, _plain(hide_issue.show), lambda one: one.private),
    "rate": Act(
        "requester",
        (CLOSED,),
        lambda one: (rate_issue.rate, one.of(commands.Rate, stars=4)),
        lambda one: not one.care.rated,
    ),
    "comment": Act("raiser", (CLOSED,), _text(comment_issue.comment), lambda one: not one.care.commented),
    "it lasted": Act("requester", (CLOSED,), _plain(follow_up.lasted), lambda one: one.care.followed_up_at),
}

ROLES: dict[str, str] = {"joiner": FAY, "watcher": WIM, "stranger": ZED}
"""Who they are when the issue does not say."""
