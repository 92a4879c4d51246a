"""A write that means nothing, to learn whether writing works."""

from sqlalchemy.dialects.postgresql import insert

from bot.adapters.db.facade import Tx
from bot.adapters.db.tables import pulse

BEAT = (
    insert(pulse)
    .values(id=1, beats=1)
    .on_conflict_do_update(index_elements=["id"], set_={"beats": pulse.c.beats + 1})
)


class SqlPulse:
    """One row that is counted up."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def beat(self) -> None:
        """Write."""
        self._tx.write(BEAT)
