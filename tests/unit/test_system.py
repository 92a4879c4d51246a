"""What is asked of the machine."""

import gc

from bot.adapters.system import keep_for_good


def test_what_is_loaded_is_not_looked_through_any_more() -> None:
    keep_for_good()
    try:
        assert gc.get_freeze_count() > 10_000
        assert len(gc.get_objects()) < 10_000
    finally:
        gc.unfreeze()
