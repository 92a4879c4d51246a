"""What is known before an issue is stored, the same on every store."""

from dataclasses import replace

from bot.domain.ids import WorkspaceId
from bot.usecases.finding_ports import Draft, Known
from bot.usecases.ports import Store, Transactions
from tests.builders import ANA, NOON, OMAR, RAVI, T1, T2, issue, minutes

TIMES = [NOON + minutes(n) for n in (0, 5, 9)]


def before(store: Store) -> None:
    """Ravi raised three, then Ana one; he keeps a draft, and one submission was answered."""
    some = [replace(issue(n), raised_at=at, raiser=RAVI) for n, at in enumerate(TIMES, start=1)]
    for one in (*some, replace(issue(4), raiser=ANA)):
        store.issues.next_number(T1)
        store.issues.add(one)
    store.drafts.put(T1, Draft(RAVI, "form:1", {}, {}, NOON))
    store.inbound.remember(T1, "form:0", "ISS-1 is raised.", NOON)


async def test_when_the_last_ones_were_raised(transactions: Transactions) -> None:
    await transactions.run(before)

    async def known(person: str, own: int, nth: int) -> Known:
        return await transactions.read(lambda store: store.intake.known(T1, "", person, own, nth))

    assert [(await known(RAVI, n, 1)).mine for n in (1, 2, 3, 4)] == [*reversed(TIMES), None]
    assert [(await known(RAVI, 1, n)).anybodys for n in (1, 2, 5)] == [TIMES[0], TIMES[2], None]
    assert (await known(OMAR, 1, 1)).mine is None


async def test_the_answer_of_this_submission_and_the_draft_of_this_person(transactions: Transactions) -> None:
    await transactions.run(before)

    async def known(key: str, person: str, workspace: WorkspaceId = T1) -> Known:
        return await transactions.read(lambda store: store.intake.known(workspace, key, person, 9, 9))

    assert await known("form:0", RAVI) == Known("ISS-1 is raised.", draft="form:1")
    assert await known("form:1", ANA) == Known()
    assert await known("form:0", RAVI, T2) == Known()
