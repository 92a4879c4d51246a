"""Which issues somebody may read: the one place that says so, for lists and for finding by words."""

import sqlalchemy as sa

from bot.adapters.db.tables import asks, involved, issues

TAKES_PART = sa.or_(
    issues.c.raiser == sa.bindparam("reader"),
    issues.c.requester == sa.bindparam("reader"),
    issues.c.owner == sa.bindparam("reader"),
    issues.c.last_owner == sa.bindparam("reader"),
    sa.exists().where(
        asks.c.workspace == issues.c.workspace,
        asks.c.issue == issues.c.number,
        asks.c.target_id == sa.bindparam("reader"),
    ),
    sa.exists().where(
        involved.c.workspace == issues.c.workspace,
        involved.c.issue == issues.c.number,
        involved.c.person == sa.bindparam("reader"),
    ),
)
"""Raised it, is who it is for, has or had it, was asked in whichever opening, or follows it."""
PUBLIC_OR_OWN = sa.or_(issues.c.private == sa.false(), TAKES_PART)
"""Private issues are for those who take part."""
