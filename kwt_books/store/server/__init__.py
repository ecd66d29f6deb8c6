"""Books on a PostgreSQL server: a schema each, under the same tables and the same queries."""
