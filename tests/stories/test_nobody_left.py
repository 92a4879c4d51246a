"""Manager, path owner, admins and catch-all channel all fail: Rung is not ready until somebody can be told again."""

from dataclasses import replace

from bot.demo import sandbox_config
from bot.domain.issue import Stage
from bot.usecases.stranded import said, stranded
from tests.stories.ladders import ladder
from tests.story import Story, ids, story


async def problems(tale: Story) -> list[str]:
    """What readiness says, by any process on this database."""
    now = tale.clock.now()
    return said(await stranded(tale.database.transactions, tale.workspace, now))


async def test_when_all_fail_it_is_not_ready_until_an_admin_is_back(database_url: str) -> None:
    people = [replace(one, is_admin=one.handle == "rita") for one in sandbox_config().people]
    async with story(database_url, ladder(["@maya"], owner="@omar"), people=people) as tale:
        await tale.raises("ann", requester=tale.id("ann"))
        assert await problems(tale) == []
        for gone in ("maya", "dina", "omar", "rita"):
            tale.sandbox.deactivate(gone)
        tale.sandbox.archive("#escalations")
        await tale.advance(minutes=11)
        assert (await tale.issue()).position.stage is Stage.CATCH_ALL
        (problem,) = await problems(tale)
        assert "ISS-1 is unanswered and nobody can be told" in problem
        await tale.advance(minutes=10)
        assert await problems(tale) == [problem], "asked again in vain"

        rita = tale.sandbox.workspace.user("rita")
        tale.sandbox.workspace.users[rita.id] = replace(rita, deleted=False)
        await tale.advance(hours=2)
        assert await problems(tale) == [], "and nobody had to do anything"
        await tale.clicks("rita", ids.ACK)
        assert (await tale.issue()).owner == tale.id("rita")
