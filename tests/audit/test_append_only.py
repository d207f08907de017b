"""The database refuses what the code would never do: whoever comes to it by another way cannot rewrite the audit."""

from importlib import import_module

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction

from lessons.library.models import Lesson
from safeguarding.audit.models import AuditEntry
from safeguarding.audit.services import record
from tests.editorial.builders import a_draft

append_only = import_module("safeguarding.audit.migrations.0002_append_only")

REWRITINGS = [
    "UPDATE audit_auditentry SET actor_name = 'Somebody else'",
    "DELETE FROM audit_auditentry",
    "INSERT INTO audit_auditentry SELECT * FROM audit_auditentry WHERE true"
    " ON CONFLICT (id) DO UPDATE SET actor_name = 'Somebody else'",
    {
        "postgresql": "TRUNCATE audit_auditentry",
        "sqlite": "INSERT OR REPLACE INTO audit_auditentry SELECT * FROM audit_auditentry",
    }[connection.vendor],
]


def an_entry(actor):
    return record(
        actor=actor, action="published", object_type="lesson", object_id=1, object_label="Ask first", reason="New."
    )


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", REWRITINGS)
def test_the_database_refuses_to_rewrite_an_entry_and_says_why(cast, statement):
    an_entry(cast.editor)
    an_entry(cast.reviewer)

    with pytest.raises(IntegrityError, match="append-only"):
        run(statement)

    assert [entry.actor_name for entry in AuditEntry.objects.order_by("pk")] == ["Edie Editor", "Rui Reviewer"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_the_triggers_stand_again_after_a_test_that_emptied_the_tables(cast, time):
    with transaction.atomic():
        entry = an_entry(cast.editor)

    assert AuditEntry.objects.get() == entry  # the first one's entry was cleared away
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM audit_auditentry")


def test_entries_outlive_the_person_and_the_item(cast):
    draft = a_draft(cast.editor)
    began = AuditEntry.objects.get()
    draft.delete()
    Lesson.objects.all().delete()
    cast.editor.delete()

    entry = AuditEntry.objects.get()
    assert (entry.pk, entry.actor_name, entry.object_label) == (began.pk, "Edie Editor", "The funny photo")


def load(backup):
    for loaded in serializers.deserialize("json", backup):
        loaded.save()


def test_a_backup_is_loaded_where_its_entries_are_not_there_yet_and_rewrites_none(cast):
    entry = an_entry(cast.editor)
    backup = serializers.serialize("json", [entry])

    load(backup.replace(f'"pk": {entry.pk}', f'"pk": {entry.pk + 7}'))
    assert AuditEntry.objects.count() == 2
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        load(backup)


@pytest.mark.django_db(transaction=True)
def test_the_protection_can_be_taken_back_and_put_up_again(cast):
    with transaction.atomic():
        an_entry(cast.editor)
    with connection.schema_editor() as editor:
        append_only.unprotect(None, editor)
    try:
        run("UPDATE audit_auditentry SET actor_name = 'Somebody else'")
    finally:
        with connection.schema_editor() as editor:
            append_only.protect(None, editor)

    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM audit_auditentry")
    assert AuditEntry.objects.get().actor_name == "Somebody else"
