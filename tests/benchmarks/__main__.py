"""Run the benchmarks and print one table: `python -m tests.benchmarks [--only NAME] [--rounds N] [--scale N]`."""

import argparse
import sys
from collections.abc import Mapping, Sequence

import uvloop

from bot.adapters.system import keep_for_good, monotonic
from tests.benchmarks.answering import answering
from tests.benchmarks.backlog import claiming, delivery, due_timers, restart, storm
from tests.benchmarks.bench import Bench, Benchmark
from tests.benchmarks.checking import checking
from tests.benchmarks.databases import databases
from tests.benchmarks.home import home_tab
from tests.benchmarks.memory import memory
from tests.benchmarks.oncall import year_on_call
from tests.benchmarks.storing import more_and_more, raising, unit_of_work
from tests.benchmarks.table import Row, as_text
from tests.benchmarks.who import who

ALL: Mapping[str, Benchmark] = {
    "unit": unit_of_work,
    "raise": raising,
    "more": more_and_more,
    "answer": answering,
    "timers": due_timers,
    "delivery": delivery,
    "storm": storm,
    "claim": claiming,
    "restart": restart,
    "home": home_tab,
    "oncall": year_on_call,
    "who": who,
    "memory": memory,
    "check": checking,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Progress goes to stderr, the table to stdout. Goals that are missed are shown; the exit code is always 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=ALL, action="append", help="only this one; may be repeated")
    parser.add_argument("--rounds", type=int, default=3, help="rounds per benchmark; medians are shown (3)")
    parser.add_argument("--scale", type=int, default=1, help="backlogs so many times as large as usual (1)")
    chosen = parser.parse_args(arguments)
    names = chosen.only or list(ALL)
    print(as_text(uvloop.run(_measure(names, chosen.rounds, chosen.scale))))


async def _measure(names: Sequence[str], rounds: int, scale: int) -> list[Row]:
    rows: list[Row] = []
    begin = monotonic()
    _say("starting PostgreSQL ...")
    with databases() as fresh:
        keep_for_good()  # as the program does once it is up
        bench = Bench(fresh, rounds, scale)
        for name in names:
            start = monotonic()
            rows += await ALL[name](bench)
            _say(f"{name}: {monotonic() - start:.1f} s")
    _say(f"all: {monotonic() - begin:.1f} s")
    return rows


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
