"""The database itself refuses to change, delete or replace an entry of the audit.

SQLite drops a table's triggers when a migration makes the table anew. Whoever alters AuditEntry later puts them back,
in a migration that calls `protect`; tests/audit/test_append_only.py fails until then.
"""

from django.db import migrations

TABLE = "audit_auditentry"
REFUSAL = "The audit is append-only: an entry can be neither changed nor deleted."

PROTECT = {
    "sqlite": (
        f"CREATE TRIGGER audit_refuse_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        # INSERT OR REPLACE takes a row away without asking the trigger above.
        f"CREATE TRIGGER audit_refuse_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ),
    "postgresql": (
        # The code makes it the same error to Django as on SQLite: IntegrityError.
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
        # Row by row: to load a backup, Django asks for an update that meets no row, and inserts then.
        f"CREATE TRIGGER audit_refuse_change BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        f"CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ),
}
UNPROTECT = {
    "sqlite": (
        "DROP TRIGGER audit_refuse_update",
        "DROP TRIGGER audit_refuse_delete",
        "DROP TRIGGER audit_refuse_replace",
    ),
    "postgresql": (
        f"DROP TRIGGER audit_refuse_change ON {TABLE}",
        f"DROP TRIGGER audit_refuse_truncate ON {TABLE}",
        "DROP FUNCTION audit_refuse()",
    ),
}


def protect(apps, schema_editor):
    for statement in PROTECT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    for statement in UNPROTECT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(protect, unprotect),
    ]
