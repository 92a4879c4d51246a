"""How many made-up examples a property is tried with: few in every run, ten times as many in `make test-deep`."""

from typing import Any

from hypothesis import HealthCheck, settings

USUAL = 40
"""For a property that does not say how many."""
DEEP = 10
"""So many times as many in a deep run, elsewhere each time."""


class _Run:
    deep = False


def begin(deep: bool) -> None:
    """Before any test is read. How long one example takes belongs to the machine and its other work."""
    _Run.deep = deep
    name = "deep" if deep else "usual"
    settings.register_profile(
        name,
        max_examples=_many(USUAL),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=True,
    )
    settings.load_profile(name)


def is_deep() -> bool:
    """Whether this run looks for longer."""
    return _Run.deep


def tries(usual: int, **more: Any) -> settings:
    """Settings of a property that is tried so often in every run. `more` is what hypothesis.settings takes."""
    return settings(max_examples=_many(usual), **more)


def _many(usual: int) -> int:
    return usual * DEEP if _Run.deep else usual
