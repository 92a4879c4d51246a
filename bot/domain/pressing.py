"""Pressing on by hand: what keeps it from being pressed too late, too often, or where nobody is above."""

from datetime import datetime, timedelta

from bot.domain.errors import FieldErrors, Refused
from bot.domain.escalation import waiting_for
from bot.domain.issue import Issue, Stage
from bot.domain.rights import Role
from bot.domain.words import At, Channel, Person, Sentence, listed, say
from bot.domain.working_time import add_working

SAME_MOMENT = timedelta(minutes=1)
"""Words that were typed carry no level that their writer saw. So soon after somebody escalated by hand, they mean the
level that is asked already: one instant climbs one level at most. Buttons and forms carry their level, and whoever
names a level or a team means that one; they need no such rule."""


def speaks_for_who_asked(allowed: frozenset[Role]) -> bool:
    """Whether somebody escalates as the one who raised it, or whom it is for: with a reason, counted, and a pause.

    Also when a level names them: it is not asked of them then, so they do not go through as one of the ladder.
    """
    return not allowed & {Role.CONTACT, Role.OWNER, Role.MANAGER} and bool(
        allowed & {Role.RAISER, Role.REQUESTER}
    )


def refuse_when_moved_on(issue: Issue, seen: tuple[int, int]) -> None:
    """Raises Refused when another place is asked by now than the (level, round) somebody saw."""
    if not issue.asking or seen == (issue.ask_level, issue.position.round):
        return
    raise Refused(
        say("{who} is being asked since {when}.", who=_asked_now(issue), when=At(issue.position.started_at))
    )


def refuse_in_the_same_moment(issue: Issue, now: datetime) -> None:
    """For who typed it. Raises Refused when somebody escalated it by hand just before, and that place is asked, or the
    next one because nobody of it could be."""
    sent_on = issue.care.sent_on_at
    if not issue.asking or sent_on is None or now >= sent_on + SAME_MOMENT:
        return
    raise Refused(
        say(
            "{who} is being asked since {when}. If you need somebody further up, press Escalate on the card.",
            who=_asked_now(issue),
            when=At(issue.position.started_at),
        )
    )


def refuse_at_the_end(issue: Issue) -> None:
    """Raises Refused at the catch-all: nobody is above."""
    if issue.position.stage is not Stage.CATCH_ALL:
        return
    raise Refused(
        say(
            "There is no level above: {who} is asked again every {every} until somebody takes ISS-{number}.",
            who=_asked_now(issue),
            every=issue.route.rules.nag_every.clock,
            number=issue.number,
        )
    )


def require_patience(issue: Issue, now: datetime, reason: str) -> None:
    """For raiser and requester. Raises Refused during the pause after the last time, and FieldErrors("reason")."""
    if issue.pressed_at is not None:
        again = add_working(issue.level_calendar, issue.pressed_at, issue.level.acknowledge_within)
        if now < again:
            raise Refused(
                say("The next level was just asked. You can escalate again from {when}.", when=At(again))
            )
    if not reason.strip():
        why = "this level still has time to answer" if issue.asking else "somebody has it already"
        raise FieldErrors({"reason": f"Please say why it cannot wait: {why}."})


def _asked_now(issue: Issue) -> Sentence:
    people = [
        say("{one}", one=Channel(ask.target.id) if ask.target.kind == "channel" else Person(ask.target.id))
        for ask in waiting_for(issue)
    ]
    return listed(people) if people else say("{name}", name=issue.level.name)
