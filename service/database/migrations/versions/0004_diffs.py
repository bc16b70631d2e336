"""Table of comparisons of plans.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diffs",
        sa.Column("allocation_id", sa.String(), nullable=False),
        sa.Column("against_id", sa.String(), nullable=False),
        sa.Column("versions", sa.String(), nullable=False),
        sa.Column("time_limit_s", sa.Double(), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["allocation_id"], ["allocations.id"], name="fk_diffs_allocation_id_allocations", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["against_id"], ["allocations.id"], name="fk_diffs_against_id_allocations", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("allocation_id", "against_id", name="pk_diffs"),
    )
    op.create_index("ix_diffs_against_id", "diffs", ["against_id"])


def downgrade() -> None:
    op.drop_table("diffs")
