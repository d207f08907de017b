"""Operators look after reference data; what is written and approved they only read, and not here."""

import pytest
from django.contrib import admin
from django.utils import timezone

from lessons.library.models import GuideVersion, HelpService, Lesson, LessonVersion
from safeguarding.audit.models import AuditEntry
from tests.factories import (
    FindingFactory,
    HelpServiceFactory,
    IllustrationFactory,
    SourceFactory,
    TopicFactory,
    UnitFactory,
)

PAGES = [
    "library/topic",
    "library/ageband",
    "library/framework",
    "library/edition",
    "library/strand",
    "library/helpservice",
    "library/glossaryterm",
    "library/illustration",
    "library/statement",
    "library/unit",
    "evidence/source",
    "evidence/finding",
    "audit/auditentry",
]


@pytest.mark.parametrize("page", PAGES)
def test_an_operator_sees_the_reference_data(cast, signed_in, page):
    FindingFactory()
    HelpServiceFactory()
    IllustrationFactory()
    UnitFactory()

    assert signed_in(cast.operator).get(f"/operator/{page}/").status_code == 200
    assert signed_in(cast.editor).get(f"/operator/{page}/").status_code in (302, 404)


@pytest.mark.parametrize("model", [Lesson, LessonVersion, GuideVersion])
def test_versions_are_not_in_the_admin(model):
    assert not admin.site.is_registered(model)


def test_the_audit_is_read_only(cast, signed_in):
    entry = AuditEntry.objects.create(
        actor_name="Ola", action="began", object_type="lesson", object_id=1, object_label="A lesson"
    )
    client = signed_in(cast.operator)

    assert client.get(f"/operator/audit/auditentry/{entry.pk}/change/").status_code == 200
    assert client.post(f"/operator/audit/auditentry/{entry.pk}/change/", {"action": "x"}).status_code == 403
    assert client.get("/operator/audit/auditentry/add/").status_code == 403
    assert client.post(f"/operator/audit/auditentry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_address_stays_once_it_is_given(cast, signed_in):
    topic = TopicFactory()
    page = signed_in(cast.operator).get(f"/operator/library/topic/{topic.pk}/change/").content.decode()

    assert 'name="name"' in page
    assert 'name="slug"' not in page


def test_help_services_are_marked_as_verified_today(cast, signed_in):
    service = HelpServiceFactory()
    data = {"action": "verify", "_selected_action": [service.pk]}
    signed_in(cast.operator).post("/operator/library/helpservice/", data)

    assert HelpService.objects.get().last_verified_on == timezone.localdate()


def test_a_report_is_superseded_only_with_a_reason(cast, signed_in):
    source = SourceFactory()
    client = signed_in(cast.operator)
    page = f"/operator/evidence/source/{source.pk}/change/"
    data = {name: getattr(source, name) for name in ("title", "publisher", "year", "jurisdiction", "licence", "note")}
    data |= {"superseded_at_0": "2026-11-20", "superseded_at_1": "09:00:00", "superseded_reason": ""}

    assert "Say what replaces it and what changed." in client.post(page, data).content.decode()
    source.refresh_from_db()
    assert source.superseded_at is None
    assert client.post(page, data | {"superseded_reason": "A new edition."}).status_code == 302
    source.refresh_from_db()
    assert source.is_superseded
