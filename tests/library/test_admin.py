"""Operators look after reference data; what is written and approved they only read, and not here."""

import pytest
from django.contrib import admin

from lessons.editorial.setting_kinds import SETTINGS
from lessons.library.models import GuideVersion, Lesson, LessonVersion
from safeguarding.audit.models import AuditEntry
from tests.factories import FindingFactory, IllustrationFactory

PAGES = [
    "library/illustration",
    "library/statement",
    "evidence/finding",
    "audit/auditentry",
]


@pytest.mark.parametrize("page", PAGES)
def test_an_operator_sees_the_reference_data(cast, signed_in, page):
    FindingFactory()
    IllustrationFactory()

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


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.kind)
def test_what_the_desk_looks_after_has_no_second_way(setting):
    assert not admin.site.is_registered(setting.model)
