"""What one unit sees of an issue: its own writes at once, and of others one and the same state to its end."""

from bot.domain.issue import Issue
from bot.usecases.ports import Store, Transactions
from tests.builders import ANA, acknowledged, ask, issue, ref
from tests.contract.test_issues import store_issues


async def test_a_unit_that_writes_sees_what_it_wrote(transactions: Transactions) -> None:
    before = issue(asks=(ask(ANA),))
    after = acknowledged(before)
    await transactions.run(store_issues(before))

    def seen(store: Store) -> list[Issue | None]:
        looks = [store.issues.get(ref(1))]
        store.issues.save(before, after)
        return [*looks, store.issues.get(ref(1)), *store.issues.get_many([ref(1)])]

    assert await transactions.run(seen) == [before, after, after]


async def test_a_unit_that_reads_may_look_again_and_the_next_one_sees_what_is_new(
    transactions: Transactions,
) -> None:
    before = issue(asks=(ask(ANA),))
    after = acknowledged(before)
    await transactions.run(store_issues(before))

    def seen(store: Store) -> list[Issue | None]:
        return [store.issues.get(ref(1)), store.issues.get(ref(1)), store.issues.get(ref(2))]

    assert await transactions.read(seen) == [before, before, None]
    await transactions.run(lambda store: store.issues.save(before, after))
    assert await transactions.read(seen) == [after, after, None]
