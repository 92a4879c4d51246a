"""The dry run as a picture, sent to whoever asked for it."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.ids import WorkspaceId
from bot.domain.issue import Target, TargetKind
from bot.domain.matrix.match import Kind
from bot.domain.notification import Notice, NoticeKind, Rank
from bot.domain.when import parse_instant
from bot.domain.wording import ladder as wording
from bot.domain.words import say
from bot.usecases.dry_run import Question, Tried, try_out
from bot.usecases.ports import Store
from bot.usecases.rows import Letter
from bot.usecases.services import ANSWER_BUDGET, Services
from bot.usecases.show_matrix import in_force

SUPPOSED = ("type", "impact", "urgency", "service", "client")


def suppose(services: Services, workspace: WorkspaceId, typed: Mapping[str, str]) -> Question:
    """The question from what was typed: keys of the matrix and ``at``, read in the workspace's time zone.

    Raises Refused for a time that means nothing, and without a matrix.
    """
    zone = in_force(services, workspace).matrix.workspace.timezone
    at = parse_instant(typed.get("at") or "now", services.clock.now(), zone)
    return Question(Kind(**{name: typed.get(name, "") for name in SUPPOSED}), at)


async def ask_picture(
    services: Services, workspace: WorkspaceId, user: str, typed: Mapping[str, str], key: str
) -> None:
    """Send a picture of the ladder to this person; the same click sends one. Raises as `try_out` does."""
    question = suppose(services, workspace, typed)
    tried = await try_out(services, workspace, question)
    args: dict[str, str | int] = {name: typed.get(name, "") for name in SUPPOSED}
    args["at"] = question.at.isoformat()
    args["sentence"] = say("{title}:", title=wording.title(tried.ladder)).dump()
    args["quote"] = "\n".join(wording.text(tried.ladder, tried.names)[1:])
    notice = Notice(
        NoticeKind.PICTURE,
        f"picture:{key}",
        Target(TargetKind.USER, user),
        f"picture:{user}",
        Rank.LOG,
        args=args,
    )
    now = services.clock.now()

    def unit(store: Store) -> None:
        store.outbox.put(workspace, None, [notice], now)

    await services.transactions.run(unit, budget=ANSWER_BUDGET)
    services.bell.ring()


async def picture_of(services: Services, letter: Letter) -> Tried:
    """The ladder of a PICTURE notice, by the matrix in force when it is sent. Raises as `try_out` does."""
    notice = letter.row.notice
    kind = Kind(**{name: notice.text(name) for name in SUPPOSED})
    at = datetime.fromisoformat(notice.text("at"))
    return await try_out(services, letter.row.workspace, Question(kind, at))
