"""What changes on the ladders: which issues a path takes, who is asked at which level, and how long they have."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.contacts import Contact
from bot.domain.matrix.diff_parts import Difference, Kind, Trait, gone_and_new, paired, traits
from bot.domain.matrix.diff_words import length, match_words, quoted, who_first, whom
from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import Level, Match, Matrix, Path
from bot.domain.words import Sentence, say

PATH_TRAITS = (
    Trait("owner", Kind.OWNER, "owner {old} -> {new}", "nobody"),
    Trait("channel", Kind.CHANNEL, "cards go to {new} (before: {old})", "the issue channel"),
    Trait("repeat", Kind.RULE, "the ladder is repeated {old} -> {new} times"),
    Trait("close_after", Kind.RULE, "closes {old} -> {new} after it is resolved"),
    Trait("still_on_it_after", Kind.RULE, '"Still on it?" is asked after {old} -> {new}', "never"),
    Trait("follow_up_after", Kind.RULE, "follow-up after {old} -> {new}"),
    Trait("wait_at_most", Kind.RULE, "waits at most {old} -> {new}", "for ever"),
    Trait("functional", Kind.RULE, "can be chosen when escalating by hand: {old} -> {new}"),
    Trait("review_by", Kind.TEXT, "to be reviewed by {old} -> {new}", "no date"),
)
LEVEL_TRAITS = (
    Trait("acknowledge_within", Kind.TIMER, "{old} -> {new} to answer"),
    Trait("remind_every", Kind.TIMER, "reminder every {old} -> {new}", "(none)"),
    Trait("calendar", Kind.TIMER, "time counts in {old} -> {new}", "all hours"),
    Trait("if_nobody", Kind.RULE, "when nobody is on duty, {new}"),
    Trait("role", Kind.TEXT, "its role is now: {new}", "(none)"),
)


@dataclass(frozen=True, slots=True)
class _Rung:
    """A level with its place: number (from 1) and path."""

    level: Level
    number: int
    path: str
    where: Where

    @property
    def subject(self) -> Sentence:
        """How a sentence names it at its beginning."""
        return say("Level {number} of {path}", number=self.number, path=self.path)


def compare_paths(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """Paths that came, went, were renamed or moved, and whatever is different on those that stayed."""
    pairing = paired(before.paths, after.paths, _name, _same_path)
    for index in pairing.added:
        yield from _added(after.paths[index], ("paths", index))
    for index in pairing.removed:
        yield _removed(before.paths[index], ("paths", index))
    for index in pairing.moved():
        yield _moved(after.paths, index)
    for old, new in pairing.both:
        yield from _path(before.paths[old], after.paths[new], ("paths", new))


def same_paths(before: Matrix, after: Matrix) -> dict[str, str]:
    """The paths that both have, old name to new name: a path may be called something else by now."""
    both = paired(before.paths, after.paths, _name, _same_path).both
    return {before.paths[old].name: after.paths[new].name for old, new in both}


def _name(one: Path | Level) -> str:
    return one.name.casefold()


def _same_path(old: Path, new: Path) -> bool:
    """Under another name: it takes the same issues, or has the same ladder."""
    return _fits(old.match) == _fits(new.match) or old.levels == new.levels


def _same_level(old: Level, new: Level) -> bool:
    """Under another name: somebody of it is still there."""
    return not set(old.contacts).isdisjoint(new.contacts)


def _fits(match: Match) -> dict[str, frozenset[str]]:
    """What matters of a match: the order of its words does not."""
    return {fact: frozenset(values) for fact, values in match.items()}


def _everybody(path: Path) -> frozenset[Contact]:
    asked = {contact for level in path.levels for contact in level.contacts}
    return frozenset(asked | ({path.owner} if path.owner else set()))


def _added(path: Path, where: Where) -> Iterator[Difference]:
    sentence = say("New path {name}: it takes {match}.", name=path.name, match=match_words(path.match))
    yield Difference(Kind.PATH_ADDED, where, sentence, _everybody(path))
    for number, level in enumerate(path.levels, 1):
        yield _new_level(_Rung(level, number, path.name, (*where, "levels", number - 1)))


def _removed(path: Path, where: Where) -> Difference:
    sentence = say("Path {name} is gone: its issues take the next path that fits.", name=path.name)
    return Difference(Kind.PATH_REMOVED, where, sentence, _everybody(path))


def _moved(paths: tuple[Path, ...], index: int) -> Difference:
    path = paths[index]
    if index + 1 < len(paths):
        sentence = say("Path {name} now comes before {next}.", name=path.name, next=paths[index + 1].name)
    else:
        sentence = say("Path {name} now comes last.", name=path.name)
    return Difference(Kind.MOVED, ("paths", index), sentence, _everybody(path))


def _path(old: Path, new: Path, where: Where) -> Iterator[Difference]:
    subject = say("Path {name}", name=new.name)
    if old.name != new.name:
        sentence = say("Path {old} is now called {new}.", old=old.name, new=new.name)
        yield Difference(Kind.RENAMED, (*where, "name"), sentence, _everybody(new))
    if _fits(old.match) != _fits(new.match):
        sentence = say(
            "Path {name} now takes {new} (before: {old}).",
            name=new.name,
            new=match_words(new.match),
            old=match_words(old.match),
        )
        yield Difference(Kind.MATCH, (*where, "match"), sentence, _everybody(new))
    owners = (one for one in (old.owner, new.owner) if one is not None)
    yield from traits(subject, (old, new), where, PATH_TRAITS, owners)
    yield from told((old.inform, new.inform), (*where, "inform"), say("every issue of {name}", name=new.name))
    yield from _levels(old, new, where)


def _levels(old: Path, new: Path, where: Where) -> Iterator[Difference]:
    pairing = paired(old.levels, new.levels, _name, _same_level)
    for index in pairing.added:
        yield _new_level(_rung(new, index, where))
    for index in pairing.removed:
        level = old.levels[index]
        sentence = say("Level {level} of {path} is gone.", level=quoted(level.name), path=new.name)
        at = (*where, "levels", index)
        yield Difference(Kind.LEVEL_REMOVED, at, sentence, frozenset(level.contacts))
    for was, now in pairing.both:
        yield from _level(_rung(old, was, where), _rung(new, now, where))


def _rung(path: Path, index: int, where: Where) -> _Rung:
    return _Rung(path.levels[index], index + 1, path.name, (*where, "levels", index))


def _new_level(rung: _Rung) -> Difference:
    sentence = say(
        "New level {number} of {path}: {contacts}, {time} to answer.",
        number=rung.number,
        path=rung.path,
        contacts=whom(rung.level.contacts),
        time=length(rung.level.acknowledge_within),
    )
    return Difference(Kind.LEVEL_ADDED, rung.where, sentence, frozenset(rung.level.contacts))


def _level(old: _Rung, new: _Rung) -> Iterator[Difference]:
    asked = frozenset(new.level.contacts)
    if old.level.name != new.level.name:
        sentence = say(
            "{subject} is now called {new} (before: {old}).",
            subject=new.subject,
            new=quoted(new.level.name),
            old=quoted(old.level.name),
        )
        yield Difference(Kind.RENAMED, (*new.where, "name"), sentence, asked)
    if old.number != new.number:
        sentence = say(
            "Level {name} of {path} is now number {new}, was {old}.",
            name=quoted(new.level.name),
            path=new.path,
            new=new.number,
            old=old.number,
        )
        yield Difference(Kind.MOVED, new.where, sentence, asked)
    yield from _contacts(old, new)
    yield from traits(new.subject, (old.level, new.level), new.where, LEVEL_TRAITS, asked)
    whose = say("what reaches level {number} of {path}", number=new.number, path=new.path)
    yield from told((old.level.inform, new.level.inform), (*new.where, "inform"), whose)


def _contacts(old: _Rung, new: _Rung) -> Iterator[Difference]:
    gone, fresh = gone_and_new(old.level.contacts, new.level.contacts)
    at = (*new.where, "contacts")
    for contact in fresh:
        sentence = say(
            "{who} is now asked at level {number} of {path}, {time} to answer.",
            who=who_first(contact),
            number=new.number,
            path=new.path,
            time=length(new.level.acknowledge_within),
        )
        yield Difference(Kind.CONTACT_ADDED, at, sentence, frozenset({contact}))
    for contact in gone:
        sentence = say(
            "{who} is no longer asked at level {number} of {path}.",
            who=who_first(contact),
            number=new.number,
            path=new.path,
        )
        yield Difference(Kind.CONTACT_REMOVED, at, sentence, frozenset({contact}))


def told(
    pair: tuple[tuple[Contact, ...], tuple[Contact, ...]], where: Where, about: Sentence
) -> Iterator[Difference]:
    """Who is informed, old and new, about what."""
    gone, fresh = gone_and_new(*pair)
    for contacts, template in (
        (fresh, "{who} is now told of {about}."),
        (gone, "{who} is no longer told of {about}."),
    ):
        for contact in contacts:
            sentence = say(template, who=who_first(contact), about=about)
            yield Difference(Kind.INFORM, where, sentence, frozenset({contact}))
