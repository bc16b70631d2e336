"""Column for the plan of one's own from which a solve starts.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("allocations", sa.Column("start", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("allocations", "start")
