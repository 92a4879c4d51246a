"""What changes around the ladders: the workspace's rules, priorities, choices of the form, promises and targets."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.domain.matrix.diff_parts import (
    Difference,
    Kind,
    Trait,
    by_key,
    paired,
    traits,
)
from bot.domain.matrix.diff_paths import told
from bot.domain.matrix.diff_words import match_words, quoted, shown
from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import IssueType, Matrix, Named, Priority, Promise, TargetRule
from bot.domain.words import Sentence, listed, say

Keyed = Priority | IssueType | Named
Ruled = Promise | TargetRule

WORKSPACE_TRAITS = (
    Trait("issue_channel", Kind.CHANNEL, "cards go to {new} (before: {old})"),
    Trait("catch_all", Kind.CHANNEL, "the catch-all is {new} (before: {old})"),
    Trait("escalation_manager", Kind.OWNER, "escalation manager {old} -> {new}"),
    Trait("nag_every", Kind.TIMER, "what nobody answered is asked again every {old} -> {new}"),
    Trait("timezone", Kind.RULE, "time zone {old} -> {new}"),
    Trait("wait_reasons", Kind.RULE, "reasons for waiting that stop the clocks {old} -> {new}"),
)
PRIORITY_TRAITS = (
    Trait("title", Kind.TEXT, "now called {new}"),
    Trait("update_every", Kind.TIMER, "updates for the requester every {old} -> {new}", "(none)"),
)
TYPE_TRAITS = (
    Trait("category", Kind.MATCH, "category {old} -> {new}"),
    Trait("requires", Kind.RULE, "the form asks for {new} (before: {old})", "nothing more"),
    Trait("title", Kind.TEXT, "now called {new}"),
    Trait("raise_when", Kind.TEXT, "raise it when: {new}", "(no advice)"),
    Trait("not_for", Kind.TEXT, "not for: {new}", "(no advice)"),
    Trait("first_try", Kind.TEXT, "first try: {new}", "(no advice)"),
    Trait("scope", Kind.TEXT, "scope: {new}", "(none)"),
)
NAMED_TRAITS = (
    Trait("title", Kind.TEXT, "now called {new}"),
    Trait("scope", Kind.TEXT, "scope: {new}", "(none)"),
)
PROMISE_TRAITS = (
    Trait("answer", Kind.PROMISE, "answered within {old} -> {new}", "(no promise)"),
    Trait("solve", Kind.PROMISE, "solved within {old} -> {new}", "(no promise)"),
    Trait("calendar", Kind.PROMISE, "time counts in {old} -> {new}"),
)
TARGET_TRAITS = (
    Trait("respond", Kind.TARGET, "answered within {old} -> {new}", "(no target)"),
    Trait("resolve", Kind.TARGET, "solved within {old} -> {new}", "(no target)"),
    Trait("calendar", Kind.TARGET, "time counts in {old} -> {new}"),
    Trait("breach_every", Kind.TARGET, "when late, climbs again every {old} -> {new}", "(once)"),
)


def compare_workspace(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """What holds for every path. The manager and the catch-all are those concerned."""
    whom = [
        one
        for rules in (before.workspace, after.workspace)
        for one in (rules.escalation_manager, rules.catch_all)
    ]
    pair = before.workspace, after.workspace
    yield from traits(say("All paths"), pair, ("workspace",), WORKSPACE_TRAITS, whom)


def compare_priorities(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """The steps of urgency, their order, and who is told."""
    pairs = _keyed("Priority", "priorities", (before.priorities, after.priorities), PRIORITY_TRAITS)
    yield from pairs
    for old, new in _kept(before.priorities, after.priorities):
        about = say("every issue of priority {key}", key=new.key)
        yield from told((old.inform, new.inform), ("priorities", new.key, "inform"), about)


def compare_cells(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """Impact x urgency, cell by cell, and the order in which the form offers them."""
    old, new = before.priority_matrix, after.priority_matrix
    for impact, urgency in dict.fromkeys((*new, *old)):
        was, now = old.get((impact, urgency)), new.get((impact, urgency))
        if was != now:
            yield Difference(
                Kind.PRIORITY_CELL,
                ("priority_matrix", impact, urgency),
                say(
                    "{impact} impact + {urgency} urgency: {old} -> {new}.",
                    impact=impact,
                    urgency=urgency,
                    old=was or "(no priority)",
                    new=now or "(no priority)",
                ),
            )
    for name, was_, now_ in (
        ("impacts", before.impacts, after.impacts),
        ("urgencies", before.urgencies, after.urgencies),
    ):
        yield from _reordered(say("The form's {name}", name=name), ("priority_matrix",), was_, now_)


def compare_types(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """What an issue can be about."""
    return _keyed("Type", "types", (before.types, after.types), TYPE_TRAITS)


def compare_services(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """What an issue can concern."""
    return _keyed("Service", "services", (before.services, after.services), NAMED_TRAITS)


def compare_clients(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """For whom an issue can be."""
    return _keyed("Client", "clients", (before.clients, after.clients), NAMED_TRAITS)


def compare_promises(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """What customers were promised on the original request."""
    return _ruled("Promise", "promises", (before.promises, after.promises), PROMISE_TRAITS)


def compare_targets(before: Matrix, after: Matrix) -> Iterator[Difference]:
    """How fast an issue is answered and solved."""
    return _ruled("Target", "targets", (before.targets, after.targets), TARGET_TRAITS)


def _keyed(
    what: str, section: str, pair: tuple[Sequence[Any], Sequence[Any]], table: Sequence[Trait]
) -> Iterator[Difference]:
    """Parts with keys: new, gone, different, in another order."""
    before, after = pair
    pairing = paired(before, after, by_key)
    for index in pairing.added:
        one = after[index]
        sentence = say("New {what} {key}: {title}.", what=what.lower(), key=one.key, title=one.title)
        yield Difference(_coming_and_going(what), (section, one.key), sentence)
    for index in pairing.removed:
        sentence = say("{what} {key} is gone.", what=what, key=before[index].key)
        yield Difference(_coming_and_going(what), (section, before[index].key), sentence)
    for old, new in pairing.both:
        key = after[new].key
        yield from traits(
            say("{what} {key}", what=what, key=key), (before[old], after[new]), (section, key), table
        )
    keys = [tuple(one.key for one in some) for some in pair]
    yield from _reordered(say("The {section}", section=section), (section,), *keys)


def _coming_and_going(what: str) -> Kind:
    return Kind.PRIORITY if what == "Priority" else Kind.CHOICE


def _kept(before: Sequence[Priority], after: Sequence[Priority]) -> Iterator[tuple[Priority, Priority]]:
    return ((before[old], after[new]) for old, new in paired(before, after, by_key).both)


def _reordered(
    subject: Sentence, where: Where, before: Sequence[str], after: Sequence[str]
) -> Iterator[Difference]:
    """Entries that stayed stand in another order; for priorities that is which one is more urgent."""
    kept = [one for one in dict.fromkeys(before) if one in after]
    now = [one for one in dict.fromkeys(after) if one in before]
    if kept != now:
        kind = Kind.PRIORITY if where == ("priorities",) else Kind.ORDER
        order = listed([shown(one) for one in after])
        sentence = say("{subject} come in another order now: {order}.", subject=subject, order=order)
        yield Difference(kind, where, sentence)


def _ruled(
    what: str,
    section: str,
    pair: tuple[Sequence[Ruled], Sequence[Ruled]],
    table: Sequence[Trait],
) -> Iterator[Difference]:
    """Rules by what they match, of which the first that fits counts."""
    before, after = pair
    kind = table[0].kind
    pairing = paired(before, after, _match_key, _same_but_for_match(table))
    for index in pairing.added:
        yield Difference(kind, (section, index), _new_rule(what, after[index], table))
    for index in pairing.removed:
        sentence = say("{subject} is gone.", subject=_rule(what, before[index]))
        yield Difference(kind, (section, index), sentence)
    for index in pairing.moved():
        sentence = say(
            "{subject} is now number {n} of the {section}.",
            subject=_rule(what, after[index]),
            n=index + 1,
            section=section,
        )
        yield Difference(Kind.MOVED, (section, index), sentence)
    for was, now in pairing.both:
        old, new = before[was], after[now]
        if _match_key(old) != _match_key(new):
            sentence = say(
                "{subject} now counts for {new}.", subject=_rule(what, old), new=match_words(new.match)
            )
            yield Difference(kind, (section, now, "match"), sentence)
        yield from traits(_rule(what, new), (old, new), (section, now), table)


def _match_key(rule: Ruled) -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset((fact, frozenset(values)) for fact, values in rule.match.items())


def _same_but_for_match(table: Sequence[Trait]) -> Callable[[Ruled, Ruled], bool]:
    return lambda old, new: all(getattr(old, one.name) == getattr(new, one.name) for one in table)


def _rule(what: str, rule: Ruled) -> Sentence:
    return say("{what} for {match}", what=what, match=match_words(rule.match))


def _new_rule(what: str, rule: Ruled, table: Sequence[Trait]) -> Sentence:
    first, second = table[0], table[1]
    return say(
        "New {what} for {match}: answered within {first}, solved within {second}, counted in {calendar}.",
        what=what.lower(),
        match=match_words(rule.match),
        first=shown(getattr(rule, first.name), first.without),
        second=shown(getattr(rule, second.name), second.without),
        calendar=quoted(rule.calendar),
    )
