"""What is asked of the machine."""

import subprocess
import sys

LOOK = """
import gc
from bot.adapters.system import keep_for_good

loaded = [[]]
found = lambda: any(one is loaded for one in gc.get_objects())
print(found())
keep_for_good()
print(found())
"""


def test_what_is_loaded_is_not_looked_through_any_more() -> None:
    """In a process of its own: it holds for all there is in one, and to its end."""
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]
