"""Columns for what-ifs: parent, root and session.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Adds columns without rebuilding a table: on SQLite a rebuild would drop the old table, and all outcomes with it.
    op.add_column("jobs", sa.Column("superseded_by", sa.String(), nullable=True))
    op.add_column("allocations", sa.Column("root_id", sa.String(), nullable=False, server_default=""))
    op.add_column("allocations", sa.Column("parent_id", sa.String(), nullable=True))
    op.add_column("allocations", sa.Column("session", sa.String(), nullable=True))
    op.execute("UPDATE allocations SET root_id = COALESCE(reused_from, id)")
    op.create_index("ix_allocations_session", "allocations", ["session"])


def downgrade() -> None:
    op.drop_index("ix_allocations_session", "allocations")
    for name in ("session", "parent_id", "root_id"):
        op.drop_column("allocations", name)
    op.drop_column("jobs", "superseded_by")
