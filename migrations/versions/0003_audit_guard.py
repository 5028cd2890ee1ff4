"""audit guard: the audit's rows can only be added, and chained once.

SQLite's REPLACE deletes without asking the trigger for DELETE, so adding a row that is there is refused as well;
PostgreSQL's TRUNCATE is a statement of its own.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CONTENT = ("id", "at", "actor_id", "role", "action", "subject", "subject_id", "old", "new")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in CONTENT)
        op.execute(
            "CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
        )
        op.execute(
            "CREATE TRIGGER audit_adds BEFORE INSERT ON audit "
            "WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id OR position = NEW.position) "
            "BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
        )
        op.execute(
            f"CREATE TRIGGER audit_stays BEFORE UPDATE ON audit WHEN OLD.hash IS NOT NULL OR {changed} "
            "BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
        )
        return
    changed = " OR ".join(f'OLD."{name}"::text IS DISTINCT FROM NEW."{name}"::text' for name in CONTENT)
    op.execute(
        "CREATE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF OLD.hash IS NULL AND NOT ({changed}) THEN RETURN NEW; END IF; END IF; "
        "RAISE EXCEPTION 'the audit only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_guard()"
    )
    op.execute("CREATE TRIGGER audit_keeps BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_guard()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_adds")
        op.execute("DROP TRIGGER audit_stays")
        op.execute("DROP TRIGGER audit_keeps")
        return
    op.execute("DROP TRIGGER audit_keeps ON audit")
    op.execute("DROP TRIGGER audit_stays ON audit")
    op.execute("DROP FUNCTION audit_guard()")
