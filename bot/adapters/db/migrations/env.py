"""How Alembic runs here: on the connection it is given, inside the transaction of whoever gave it."""

from alembic import context

from bot.adapters.db.columns import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite changes a table by copying it
    transactional_ddl=True,
)
context.run_migrations()
