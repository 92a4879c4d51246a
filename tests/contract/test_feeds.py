"""Calendar feeds, published versions by number, and where messages about no issue are."""

from dataclasses import replace

from bot.usecases.people_ports import Feed, FeedKind, FreeMessage
from bot.usecases.ports import Store, Transactions
from bot.usecases.rows import VersionInfo
from tests.builders import ANA, NOON, OMAR, T1, T2, minutes, published

MINE = Feed(T1, FeedKind.PERSON, ANA, "s3cret", ANA, NOON)


async def test_a_feed_is_found_by_whose_it_is_and_by_its_secret(transactions: Transactions) -> None:
    support = Feed(T1, FeedKind.SCHEDULE, ANA, "other", OMAR, NOON)
    elsewhere = replace(MINE, workspace=T2, secret="elsewhere")

    def unit(store: Store) -> None:
        for feed in (MINE, support, elsewhere):
            store.feeds.put(feed)

    await transactions.run(unit)
    assert await transactions.read(lambda store: store.feeds.of(T1, FeedKind.PERSON, ANA)) == MINE
    assert await transactions.read(lambda store: store.feeds.of(T1, FeedKind.SCHEDULE, ANA)) == support
    assert await transactions.read(lambda store: store.feeds.of(T1, FeedKind.PERSON, OMAR)) is None
    assert await transactions.read(lambda store: store.feeds.by_secret("s3cret")) == MINE
    assert await transactions.read(lambda store: store.feeds.by_secret("elsewhere")) == elsewhere
    assert await transactions.read(lambda store: store.feeds.by_secret("guess")) is None


async def test_a_new_secret_ends_the_old_one(transactions: Transactions) -> None:
    newer = replace(MINE, secret="newer", made_by=OMAR, made_at=NOON + minutes(5))
    await transactions.run(lambda store: store.feeds.put(MINE))
    await transactions.run(lambda store: store.feeds.put(newer))
    assert await transactions.read(lambda store: store.feeds.by_secret("s3cret")) is None
    assert await transactions.read(lambda store: store.feeds.of(T1, FeedKind.PERSON, ANA)) == newer


def three_versions(store: Store) -> None:
    store.matrices.publish(T1, published(1), "", "published at start", NOON)
    store.matrices.publish(T1, published(2), ANA, "Omar is on leave", NOON + minutes(1))
    store.matrices.publish(T1, published(3), OMAR, "", NOON + minutes(2))
    store.matrices.publish(T2, published(9), OMAR, "", NOON)


async def test_every_version_is_kept(transactions: Transactions) -> None:
    await transactions.run(three_versions)
    assert await transactions.read(lambda store: store.matrices.get(T1, 1)) == published(1)
    assert await transactions.read(lambda store: store.matrices.get(T1, 2)) == published(2)
    assert await transactions.read(lambda store: store.matrices.get(T1, 9)) is None


async def test_the_history_of_versions(transactions: Transactions) -> None:
    await transactions.run(three_versions)
    newest = [
        VersionInfo(3, OMAR, "", NOON + minutes(2)),
        VersionInfo(2, ANA, "Omar is on leave", NOON + minutes(1)),
    ]
    first = VersionInfo(1, "", "published at start", NOON)
    assert await transactions.read(lambda store: store.matrices.history(T1)) == [*newest, first]
    assert await transactions.read(lambda store: store.matrices.history(T1, limit=2)) == newest


async def test_a_message_about_no_issue_is_found_by_its_key(transactions: Transactions) -> None:
    first, again = (FreeMessage(T1, "swap:1", "D1", stamp) for stamp in ("1.1", "2.2"))
    await transactions.run(lambda store: store.free_messages.put(first))
    assert await transactions.read(lambda store: store.free_messages.get(T1, "swap:1")) == first
    await transactions.run(lambda store: store.free_messages.put(again))
    assert await transactions.read(lambda store: store.free_messages.get(T1, "swap:1")) == again
    assert await transactions.read(lambda store: store.free_messages.get(T2, "swap:1")) is None
    assert await transactions.read(lambda store: store.free_messages.get(T1, "swap:2")) is None
