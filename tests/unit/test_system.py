"""What is asked of the machine."""

import gc

from bot.adapters.system import keep_for_good


def test_what_is_loaded_is_not_looked_through_any_more() -> None:
    loaded: list[list[int]] = [[]]
    assert any(one is loaded for one in gc.get_objects())
    keep_for_good()
    assert not any(one is loaded for one in gc.get_objects())
