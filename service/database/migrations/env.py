"""Alembic environment: uses the connection that `upgrade` passes, inside its transaction."""

from alembic import context

from service.database.records import Record

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
