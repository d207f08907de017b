"""Help services: who says that a number was tried, and which still have to be."""

import datetime

import pytest
from django.utils import timezone

from lessons.library.models import HelpService
from safeguarding.audit.models import AuditEntry
from tests.factories import CountryFactory, HelpServiceFactory

from .builders import live
from .settings_builders import address, filled

LIST = "/desk/settings/services/"


def names(answer):
    return [line.name for line in answer.context["page_obj"].object_list]


@pytest.mark.parametrize("who", ["reviewer", "operator"])
def test_one_button_says_that_it_was_verified_today_and_who_did(desk, signed_in, who):
    service = HelpServiceFactory(name="Childline")
    client = signed_in(getattr(desk, who))
    assert f"{LIST}{service.pk}/verify/" in client.get(LIST).content.decode()
    answer = client.post(f"{LIST}{service.pk}/verify/", {"back": f"{LIST}?only=unverified"})

    assert answer.url == f"{LIST}?only=unverified"
    service.refresh_from_db()
    assert service.last_verified_on == timezone.localdate()
    entry = AuditEntry.objects.get()
    assert (entry.actor_name, entry.action, entry.object_label) == (getattr(desk, who).name, "verified", "Childline")
    assert f"{LIST}{service.pk}/verify/" not in client.get(LIST).content.decode()


def test_an_editor_sees_what_is_to_be_verified_and_cannot_say_that_it_was(desk, signed_in):
    service = HelpServiceFactory()
    client = signed_in(desk.writer)

    assert "/verify/" not in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{service.pk}/verify/").status_code == 403
    assert signed_in(desk.reviewer).get(f"{LIST}{service.pk}/verify/").status_code == 405
    assert not HelpService.objects.get().last_verified_on


def test_the_button_leads_to_no_other_site_and_a_service_that_is_gone_is_said(desk, signed_in):
    service = HelpServiceFactory()
    client = signed_in(desk.reviewer)

    for back in ("https://example.org/", "//example.org", "nonsense"):
        assert client.post(f"{LIST}{service.pk}/verify/", {"back": back}).url == LIST
    gone = client.post(f"{LIST}987/verify/", follow=True)
    assert "no longer there" in gone.content.decode()


def test_what_is_to_be_verified_comes_first_and_can_be_asked_for(desk, signed_in):
    today = timezone.localdate()
    HelpServiceFactory(name="Fresh", last_verified_on=today)
    HelpServiceFactory(name="Old", last_verified_on=today - datetime.timedelta(days=366))
    HelpServiceFactory(name="Never", country=CountryFactory(code="IE", name="Ireland"))
    HelpServiceFactory(name="Anywhere", country=None, last_verified_on=today)
    client = signed_in(desk.reviewer)

    assert names(client.get(LIST))[:2] == ["Never", "Old"]
    assert names(client.get(f"{LIST}?only=unverified")) == ["Never", "Old"]
    assert names(client.get(f"{LIST}?country=IE")) == ["Never"]
    assert names(client.get(f"{LIST}?country=anywhere")) == ["Anywhere"]
    assert names(client.get(f"{LIST}?words=fre")) == ["Fresh"]
    assert f'<a href="{LIST}?only=unverified">' in client.get("/desk/").content.decode()


def test_a_service_is_reached_somehow_and_its_ages_are_in_order(desk, signed_in):
    client = signed_in(desk.reviewer)
    data = {"name": "Talk", "serves": "child", "age_from": 18, "age_to": 5, "what_for": "Talk.", "position": 0}
    first = client.post(address("services", page="new"), data).content.decode()
    second = client.post(address("services", page="new"), data | {"age_to": 20}).content.decode()
    third = client.post(address("services", page="new"), data | {"age_to": 20, "url": "talk.example"})

    assert "Put the two ages in order." in first
    assert "Give at least one way to reach it" in second
    assert third.status_code == 302
    assert HelpService.objects.get().url == "https://talk.example"


def test_who_is_touched_is_told_before_a_service_is_changed_or_taken_away(desk, signed_in):
    live(desk.writer, desk.reviewer)
    service = HelpService.objects.get()
    client = signed_in(desk.reviewer)
    page = address("services", service)

    told = client.get(address("services", service, "remove")).content.decode()
    assert "It leaves every page for readers in United Kingdom. 0 help services of the same country" in told
    assert "1 live lesson or guide would no longer pass" in told
    assert "The funny photo" in told
    moved = filled(client, page) | {"age_from": 18, "topics": []}
    asked = client.post(page, moved)
    assert asked.status_code == 409
    assert "no help service that pupils of this age could turn to" in asked.content.decode()
    service.refresh_from_db()
    assert service.age_from == 0
    assert client.post(page, moved | {"told": asked.context["consequence"].token}).status_code == 302
    service.refresh_from_db()
    assert service.age_from == 18
