import pytest
from django.db import transaction

from safeguarding.audit.models import AuditEntry
from safeguarding.audit.services import record


def an_entry(cast):
    return record(
        actor=cast.editor,
        action="published",
        object_type="lesson",
        object_id=1,
        object_label="Ask first",
        reason="New.",
    )


def test_an_entry_says_who_did_what_to_what_and_why(cast):
    entry = an_entry(cast)

    assert (entry.actor_name, entry.action, entry.object_label, entry.reason) == (
        "Edie Editor",
        "published",
        "Ask first",
        "New.",
    )


def test_an_entry_outlives_the_person(cast):
    entry = an_entry(cast)

    cast.editor.delete()

    assert AuditEntry.objects.get(pk=entry.pk).actor_name == "Edie Editor"


def test_an_entry_can_be_neither_changed_nor_deleted(cast):
    entry = an_entry(cast)
    entry.action = "something else"

    with pytest.raises(TypeError, match="append-only"):
        entry.save()
    with pytest.raises(TypeError, match="append-only"):
        entry.delete()
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.all().update(action="something else")
    with pytest.raises(TypeError, match="append-only"):
        AuditEntry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_refused_outside_the_transaction_of_its_change(cast):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        an_entry(cast)


def test_when_the_change_fails_there_is_no_entry(cast):
    def change_that_fails():
        with transaction.atomic():
            an_entry(cast)
            raise ValueError("The change failed.")

    with pytest.raises(ValueError, match="failed"):
        change_that_fails()

    assert not AuditEntry.objects.exists()
