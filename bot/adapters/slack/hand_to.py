"""What the buttons of a hand-over carry beside the issue: to whom."""

from dataclasses import dataclass

from bot.adapters.slack import ids


@dataclass(frozen=True, slots=True)
class HandTo:
    """What a button to hand over was drawn for: the issue, and who follows on call (a user id; empty = nobody)."""

    carried: ids.Carried
    user: str = ""

    def dump(self) -> str:
        """The button's value."""
        return f"{self.user}:{self.carried.dump()}"


def load_hand_to(value: str) -> HandTo | None:
    """Read a button's value, also one that names nobody; None when it is not one of ours."""
    user, colon, rest = value.rpartition(":")
    found = ids.load_carried(rest if colon else value)
    fits = not user or (user.isascii() and user.replace("_", "").isalnum() and len(user) <= 40)
    return HandTo(found, user) if found is not None and fits else None
