"""The dry run in words: why this path, who is asked when, and where it ends."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from bot.domain.contacts import ContactKind
from bot.domain.dry_run import CatchAll, Due, Fate, Ladder, Rung
from bot.domain.dry_run_people import Absent, Asked
from bot.domain.matrix.diff_words import who, whom
from bot.domain.wording.fits import fits
from bot.domain.wording.lengths import length
from bot.domain.words import NOTHING, At, Part, Person, Sentence, listed, say, sentences

LONGEST_ALT = 2000
"""What a screen reader is given of a picture; Slack takes no more."""
NAMELESS: Mapping[str, str] = {}
_LONGEST_NAME = 32
_DUES = {"respond": "An answer", "resolve": "A solution"}
_ROUNDS = ("", " again", " a third time")


def title(ladder: Ladder) -> str:
    """``If “Billing” (P1) came Sunday 1 March 03:00``, in the workspace's time zone; long names are cut."""
    matter = _cut(ladder.service.title if ladder.service else ladder.chosen.type.title)
    whose = f" for {_cut(ladder.client.title)}" if ladder.client else ""
    local = ladder.at.astimezone(ZoneInfo(ladder.zone))
    when = f"{local:%A} {local.day} {local:%B %H:%M}"
    return f"If “{matter}” ({ladder.chosen.priority.key}){whose} came {when}"


def lines(ladder: Ladder) -> list[Sentence]:
    """Everything, one sentence or two a line, from why to the catch-all."""
    return [
        why(ladder),
        *(due(one) for one in ladder.dues),
        *([say("Told at once: {who}.", who=whom(ladder.told))] if ladder.told else []),
        *(rung(one, ladder.zone) for one in ladder.rungs),
        catch_all(ladder.catch_all),
    ]


def text(ladder: Ladder, names: Mapping[str, str] = NAMELESS) -> list[str]:
    """The same for a reader without Slack: the title and the lines, in the workspace's time zone."""
    local = [in_zone(line, ladder.zone, names) for line in lines(ladder)]
    return [f"{title(ladder)} ({ladder.zone} time)", *local]


def alt_text(ladder: Ladder, names: Mapping[str, str] = NAMELESS) -> str:
    """What the picture of the ladder shows, in words; people by `names`, where their user id is there."""
    steps = chain((rung(one, ladder.zone) for one in ladder.rungs), (catch_all(ladder.catch_all),))
    words = f"{title(ladder)}: " + " ".join(in_zone(one, ladder.zone, names) for one in steps)
    return words if len(words) <= LONGEST_ALT else words[: LONGEST_ALT - 1].rstrip() + "…"


def why(ladder: Ladder) -> Sentence:
    """Why this path takes it, and what was supposed for that."""
    path = ladder.route.path
    template = 'Path "{name}" is the first that fits: {match}.'
    if not path.match:
        reason = "as no other path fits" if ladder.of > 1 else "as there is no other"
        template = f'Path "{{name}}" takes it, {reason}.'
    supposed = say(
        "Impact {impact} and urgency {urgency} are supposed.",
        impact=ladder.kind.impact,
        urgency=ladder.kind.urgency,
    )
    chosen = say(template, name=path.name, match=_fitting(ladder))
    return sentences(chosen, supposed if ladder.supposed else NOTHING)


def due(one: Due) -> Sentence:
    """A target: until when, how long that is, and when its warning comes."""
    return say(
        "{what} is due {due} ({length}); a warning comes {warn}.",
        what=_DUES[one.name],
        due=At(one.due, "day"),
        length=length(one.length, one.calendar),
        warn=At(one.warn, "day"),
    )


def rung(one: Rung, zone: str) -> Sentence:
    """One level's turn: who is asked from when until when, who is told, and what is out of the ordinary."""
    place = say(
        "{number}. {name}{role}{again}:",
        number=one.number,
        name=one.level.name,
        role=f" ({one.level.role})" if one.level.role and not one.round else "",
        again=_ROUNDS[one.round] if one.round < len(_ROUNDS) else f" ({one.round + 1}th time)",
    )
    told = say("Told: {who}.", who=whom(one.told)) if one.told else NOTHING
    turn, said = _turn(one, zone), note(one)
    parts = (turn, told, said) if one.fate is Fate.ASKED else (said, turn, told)
    return sentences(place, *parts)


def note(one: Rung) -> Sentence:
    """Why a level is skipped or waits, or who of it is not there; nothing when all is well."""
    missing = listed([_absent(absent) for absent in one.absent])
    match one.fate:
        case Fate.SKIPPED:
            return say("skipped, nobody is there: {missing}.", missing=missing)
        case Fate.HELD:
            return say("waits for somebody to be there: {missing}.", missing=missing)
        case Fate.ASKED:
            return say("Not there: {missing}.", missing=missing) if one.absent else NOTHING


def catch_all(end: CatchAll) -> Sentence:
    """Who is asked when every level stayed silent."""
    asked = listed([asked_words(one) for one in end.asked]) or say("nobody")
    missing = listed([_absent(absent) for absent in end.absent])
    return sentences(
        say(
            "UNANSWERED from {start}: {who}, every {every} until somebody takes it.",
            start=At(end.start, "day"),
            who=asked,
            every=end.nag_every.clock,
        ),
        say("Not there: {missing}.", missing=missing) if end.absent else NOTHING,
    )


def asked_words(one: Asked) -> Sentence:
    """``maya@example.com (on call until Mon 09:00)``, else the person or the contact."""
    if one.person is None or one.contact.kind is not ContactKind.ONCALL:
        return who(one.person or one.contact)
    until = say(" until {end}", end=At(one.end, "day")) if one.end else NOTHING
    return say("{person} (on call{until})", person=who(one.person), until=until)


def in_zone(sentence: Sentence, zone: str, names: Mapping[str, str] = NAMELESS) -> str:
    """A sentence as text, with times of that zone; people by `names`, where their user id is there."""
    return "".join(_local(part, ZoneInfo(zone), names) for part in sentence.parts)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _turn(one: Rung, zone: str) -> Sentence:
    first = [asked for asked in one.asked if asked.start <= one.start]
    later = [asked for asked in one.asked if asked.start > one.start]
    if not one.asked:
        return NOTHING
    joined = [
        say("then {who} too from {start}", who=asked_words(asked), start=_at(asked.start, one.start, zone))
        for asked in later
    ]
    return say(
        "{who} from {start} until {end}{later}.",
        who=listed([asked_words(asked) for asked in first]),
        start=At(one.start, "day"),
        end=_at(one.end, one.start, zone),
        later=_after(joined),
    )


def _fitting(ladder: Ladder) -> Sentence:
    titles = {"priority": ladder.chosen.priority.title, "type": ladder.chosen.type.title}
    named = {"service": ladder.service, "client": ladder.client}
    titles |= {fact: one.title for fact, one in named.items() if one}
    titles |= {"impact": ladder.kind.impact, "urgency": ladder.kind.urgency}
    return fits(ladder.route.path.match, titles)


def _after(some: Sequence[Sentence]) -> Sentence:
    return say(", {some}", some=listed(list(some))) if some else NOTHING


def _absent(one: Absent) -> Sentence:
    if one.contact.kind is not ContactKind.ONCALL:
        return say("{who}{why}", who=who(one.contact), why=f" ({one.why.rstrip('.')})" if one.why else "")
    until = say("until {again}", again=At(one.again, "day")) if one.again else say("in the next three months")
    return say("{name} (nobody on call {until})", name=one.name, until=until)


def _at(at: datetime, other: datetime, zone: str) -> At:
    """Only the time where the day is the other's."""
    local, first = at.astimezone(ZoneInfo(zone)), other.astimezone(ZoneInfo(zone))
    return At(at, "time" if local.date() == first.date() else "day")


def _local(part: Part, zone: ZoneInfo, names: Mapping[str, str]) -> str:
    if isinstance(part, Person) and part.id in names:
        return names[part.id]
    if not isinstance(part, At):
        return Sentence((part,)).plain()
    local = part.at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %H:%M}" if part.style == "day" else f"{local:%H:%M}"
