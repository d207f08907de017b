"""Every address of teachers and leads that names something by its key, asked for by those whom it is none of the
business of. A new address has to be given its object here."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from lessons.dashboards import urls as dashboards_urls
from lessons.teaching import urls as teaching_urls
from lessons.teaching.models import Poll
from safeguarding.schools import urls as schools_urls
from safeguarding.schools.models import Invitation, PupilGroup, RosterImport, Term
from tests.cast import Cast
from tests.factories import AssignmentFactory, UserFactory

# The person's own: whoever else asks is told that there is no such invitation.
OF_THE_INVITED = {"invitation-accept", "invitation-decline"}
OF_PUPILS = {"step"}
MISSING = 9_999_999_999_999_999_999_999


def with_a_key() -> Iterator[tuple[str, str]]:
    for urls in (teaching_urls, dashboards_urls, schools_urls):
        for pattern in urls.urlpatterns:
            assert isinstance(pattern, URLPattern)
            if "<int:pk>" in str(pattern.pattern) and pattern.name not in OF_THE_INVITED | OF_PUPILS:
                yield f"{urls.app_name}:{pattern.name}", str(pattern.pattern)


ADDRESSES = list(with_a_key())


@pytest.fixture
def keys(cast: Cast) -> dict[str, int]:
    """By the part of the address before the key."""
    group = PupilGroup.objects.create(school_class=cast.named_class, name="Readers")
    group.pupils.set([cast.ada])
    today = timezone.localdate()
    invitation = Invitation.objects.create(
        school=cast.northfield, user=UserFactory(), email="new@northfield.example", name="New", role="teacher"
    )
    return {
        "teach/assignments": AssignmentFactory(school_class=cast.named_class).pk,
        "teach/classes": cast.named_class.pk,
        "teach/classes/import": RosterImport.objects.create(school=cast.northfield, made_by=cast.teacher).pk,
        "teach/groups": group.pk,
        "teach/pupils": cast.ada.pk,
        "teach/polls": Poll.objects.create(school_class=cast.named_class, question="?", opened_by=cast.teacher).pk,
        "school/terms": Term.objects.create(school=cast.northfield, name="Autumn", starts_on=today, ends_on=today).pk,
        "school/staff": cast.teacher.pk,
        "school/invitations": invitation.pk,
    }


def address(name: str, pattern: str, keys: dict[str, int]) -> str:
    return reverse(name, args=[keys[pattern.partition("/<int:pk>")[0]]])


def statuses(client: Client, url: str) -> set[int]:
    """What is answered to whoever looks and to whoever sends; a page that takes only one of the two says 405."""
    return {client.get(url).status_code, client.post(url, {}).status_code} - {405}


@pytest.mark.parametrize(("name", "pattern"), ADDRESSES)
def test_another_school_finds_nothing_there_and_a_colleague_may_not_go_in(
    cast: Cast, keys: dict[str, int], signed_in, name: str, pattern: str
) -> None:
    url = address(name, pattern, keys)
    assert statuses(signed_in(cast.outsider), url) == {404}
    assert statuses(signed_in(cast.colleague), url) == {403}
    assert statuses(signed_in(cast.editor), url) == {404}


@pytest.mark.parametrize(("name", "pattern"), ADDRESSES)
def test_whoever_has_not_signed_in_is_led_to_the_door_also_with_a_class_code(
    cast: Cast, keys: dict[str, int], name: str, pattern: str
) -> None:
    url, pupil = address(name, pattern, keys), Client()
    pupil.post(reverse("teaching:join"), {"code": cast.anonymous_class.code})
    for client in (Client(), pupil):
        for response in (client.get(url), client.post(url, {})):
            if response.status_code != 405:
                assert response.status_code == 302
                assert response["Location"].startswith(f"{reverse('account_login')}?next=/")


@pytest.mark.parametrize(("name", "pattern"), ADDRESSES)
def test_a_key_that_is_no_key_is_not_there(cast: Cast, signed_in, name: str, pattern: str) -> None:
    assert statuses(signed_in(cast.lead), reverse(name, args=[MISSING])) == {404}
