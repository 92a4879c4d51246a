"""The database: PostgreSQL for several replicas, SQLite for one process. Start at `database.open_database`."""
