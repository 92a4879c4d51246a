"""Who goes out together when many messages to one place are due at once."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bundling import FEW, MOST, Due, asks, bundle, plan, rows_of
from bot.domain.ids import WorkspaceId
from bot.domain.notification import NoticeKind, Op, Rank
from tests.builders import ANA, OMAR, T1, channel, notice, user
from tests.tries import tries

KINDS = (NoticeKind.PING, NoticeKind.REMINDER, NoticeKind.REQUESTER, NoticeKind.CARD, NoticeKind.LOG)


def due(row_id: int, kind: NoticeKind = NoticeKind.PING, **changes: object) -> Due:
    """A message to Ana about an issue of its own."""
    alone = bool(changes.pop("alone", False))
    issue = changes.pop("issue", row_id)
    assert issue is None or isinstance(issue, int)
    return Due(row_id, T1, issue, notice(kind, f"k{row_id}", **{"to": user(ANA), **changes}), alone)


def sizes(some: list[Due]) -> list[int]:
    return [len(part) for part in plan(some)]


rows = st.lists(
    st.builds(
        lambda kind, to, team, op, alone, buttons: (kind, to, team, op, alone, buttons),
        st.sampled_from(KINDS),
        st.sampled_from((user(ANA), user(OMAR), channel("C_OPS"))),
        st.sampled_from(("T1", "T2")),
        st.sampled_from((Op.POST, Op.POST, Op.POST, Op.EDIT)),
        st.sampled_from((False, False, False, True)),
        st.sampled_from(("", "", "confirm")),
    ),
    max_size=90,
)


@tries(24)
@given(rows)
def test_each_is_in_exactly_one_in_order_and_none_is_too_large(
    drawn: list[tuple[NoticeKind, object, str, Op, bool, str]],
) -> None:
    some = [
        Due(
            n,
            WorkspaceId(team),
            n,
            notice(kind, f"k{n}", to=to, op=op, args={"buttons": buttons}),
            alone,
        )
        for n, (kind, to, team, op, alone, buttons) in enumerate(drawn, start=1)
    ]
    parts = plan(some)
    assert Counter(one.id for part in parts for one in part) == Counter(one.id for one in some)
    for part in parts:
        ids = [one.id for one in part]
        assert ids == sorted(ids)
        assert len(part) == 1 or FEW < len(part) <= MOST
        if len(part) > 1:
            assert len({(one.workspace, one.notice.to, asks(one.notice)) for one in part}) == 1
            assert not any(one.alone or one.notice.op is Op.EDIT for one in part)
            assert all(asks(one.notice) or not one.notice.text("buttons") for one in part)
    firsts = [part[0].id for part in parts]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize(
    ("many", "together"),
    [
        (0, []),
        (FEW, [1] * FEW),
        (FEW + 1, [FEW + 1]),
        (MOST, [MOST]),
        (MOST + 1, [8, 9]),
        (200, [15, 15, 16, 15, 16, 15, 15, 16, 15, 16, 15, 15, 16]),
    ],
)
def test_few_go_one_by_one_and_many_in_as_few_as_can_be(many: int, together: list[int]) -> None:
    assert sorted(sizes([due(n) for n in range(1, many + 1)])) == sorted(together)


@pytest.mark.parametrize(
    "other",
    [
        due(9, to=user(OMAR)),
        due(9, alone=True),
        due(9, issue=None),
        due(9, op=Op.EDIT),
        due(9, NoticeKind.REQUESTER),
        due(9, NoticeKind.CARD),
        due(9, NoticeKind.MENTION),
    ],
    ids=["another person", "alone", "no issue", "an edit", "news", "a card", "a mention"],
)
def test_a_ping_is_put_together_with_pings_to_the_same_place_alone(other: Due) -> None:
    pings = [due(n) for n in range(1, 5)]
    assert plan([*pings, other]) == [tuple(pings), (other,)]


def test_pings_reminders_and_nags_ask_alike() -> None:
    kinds = (NoticeKind.PING, NoticeKind.REMINDER, NoticeKind.NAG, NoticeKind.PING)
    assert sizes([due(n, kind) for n, kind in enumerate(kinds, start=1)]) == [4]


@pytest.mark.parametrize("name", ["buttons", "copy", "not_for"])
def test_news_that_are_more_than_news_go_alone(name: str) -> None:
    news = [due(n, NoticeKind.REQUESTER) for n in range(1, 5)]
    assert sizes([*news, due(9, NoticeKind.REQUESTER, args={name: "x"})]) == [4, 1]


def test_the_bundle_goes_where_its_parts_go_and_names_their_rows() -> None:
    made = bundle([due(n) for n in (3, 5, 8, 13)], "bundle:3:1")
    assert (made.kind, made.to, made.rank, made.op) == (NoticeKind.BUNDLE, user(ANA), Rank.PING, Op.POST)
    assert rows_of(made) == [3, 5, 8, 13]
    news = bundle([due(1, NoticeKind.INFORM)], "bundle:1:1")
    assert news.rank is Rank.REQUESTER
