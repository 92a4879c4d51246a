"""The whole program's readiness: what nobody can be told about makes it fail, and it comes back by itself."""

from pathlib import Path

from bot.adapters.system import SystemClock
from bot.app import Program
from bot.demo import sandbox_config
from bot.domain.issue import AskStatus, Stage
from bot.sandbox.server import Sandbox
from bot.usecases.ports import Store
from tests.builders import MANAGER, acknowledged, ask, issue, position
from tests.integration.test_calendar_program import served


async def test_it_is_not_ready_while_nobody_can_be_told_about_an_issue(tmp_path: Path) -> None:
    async with Sandbox(sandbox_config()) as sandbox, Program(served(sandbox, tmp_path)) as program:
        workspace, now = program.connection.workspace.id, SystemClock().now()
        assert (await program.health()).problems == []
        lost = issue(
            workspace=workspace,
            at=now,
            asks=(ask(MANAGER, 0, status=AskStatus.UNREACHABLE, reason="left", at=now),),
            position=position(Stage.CATCH_ALL, now, ends_at=None),
        )

        def stored(store: Store) -> None:
            store.issues.next_number(workspace)
            store.issues.add(lost)

        await program.database.transactions.run(stored)
        (problem,) = (await program.health()).problems
        assert problem.startswith("ISS-1 is unanswered and nobody can be told: not the escalation manager")
        taken = acknowledged(lost, at=now)
        await program.database.transactions.run(lambda store: store.issues.save(lost, taken))
        assert (await program.health()).problems == []
