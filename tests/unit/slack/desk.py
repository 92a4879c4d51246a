"""A directory over a scripted Slack, with a small workspace in it."""

from typing import Any

from bot.adapters.slack.capabilities import Capabilities
from bot.adapters.slack.directory import SlackDirectory
from bot.usecases.rows import Resolved
from tests.builders import T1, contact, workspace
from tests.fakes.clock import FakeClock
from tests.unit.slack.fake_slack import FakeSlack


def member(id_: str, handle: str = "", **more: Any) -> dict[str, Any]:
    """A user object of Slack."""
    profile = {
        "display_name": more.pop("display", ""),
        "real_name": more.pop("real", ""),
        "email": more.pop("email", ""),
    }
    return {
        "id": id_,
        "name": handle or id_.lower(),
        "team_id": "T1",
        "tz": "Europe/Berlin",
        "profile": profile,
        **more,
    }


ANA = member("U_ANA", "ana", display="Ana", email="ana@example.com")
ROSTER = [
    ANA,
    member("U_OMAR", "omar", display="Omar"),
    member("U_SAM1", "sam.one", display="Sam"),
    member("U_SAM2", "sam.two", display="sam"),
    member("U_LEFT", "lea", display="Lea", deleted=True),
    member("U_LEA", "lea2", display="Lea"),
    member("U_GONE", "gus", deleted=True),
    member("B_PAGER", "pager", is_bot=True),
]
CHANNELS = [
    {"id": "C0OPSDESK", "name": "ops-desk"},
    {"id": "C0ATTIC00", "name": "attic", "is_archived": True},
]


def slack() -> FakeSlack:
    """A small workspace; users.info knows Ana."""
    return FakeSlack(
        {
            "users.info": {"user": ANA},
            "users.list": {"members": ROSTER},
            "users.lookupByEmail": {"user": ANA},
            "conversations.list": {"channels": CHANNELS},
            "usergroups.list": {"usergroups": [{"id": "S1", "handle": "sre"}]},
            "usergroups.users.list": {"users": ["U_ANA"]},
        }
    )


class Desk:
    """A directory over a scripted Slack."""

    def __init__(self, fake: FakeSlack, clock: FakeClock) -> None:
        self.slack = fake
        self.clock = clock
        self.capabilities = Capabilities(clock)
        self.directory = SlackDirectory(workspace(), fake, self.capabilities, clock)

    async def resolve(self, written: str) -> Resolved:
        """One contact as the matrix writes it."""
        return (await self.directory.resolve(T1, [contact(written)]))[0]

    async def ids(self, written: str) -> list[str]:
        """Whom it stands for."""
        return [target.id for target in (await self.resolve(written)).targets]
