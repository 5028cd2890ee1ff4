"""the point of a room, and the distance of a participant from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("distance_m", sa.Integer(), nullable=True))
    with op.batch_alter_table("course_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("latitude", sa.Numeric(precision=9, scale=6, asdecimal=False), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Numeric(precision=9, scale=6, asdecimal=False), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("course_session", schema=None) as batch_op:
        batch_op.drop_column("longitude")
        batch_op.drop_column("latitude")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_column("distance_m")
