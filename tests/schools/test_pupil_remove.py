from collections.abc import Callable

from django.test import Client

from lessons.teaching.models import Attempt
from safeguarding.schools.models import Pupil
from tests.cast import Cast
from tests.factories import AssignmentFactory

SignIn = Callable[..., Client]


def url(pupil: Pupil) -> str:
    return f"/teach/pupils/{pupil.pk}/remove/"


def test_it_asks_first_and_says_what_goes(cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.teacher).get(url(cast.ada)).content.decode()
    assert "Ada will be taken off the list" in page
    assert "their progress" in page
    assert "Ada" not in page.split("</title>")[0]
    assert Pupil.objects.filter(pk=cast.ada.pk).exists()


def test_the_pupil_goes_with_their_progress_and_nobody_elses(cast: Cast, signed_in: SignIn) -> None:
    assignment = AssignmentFactory(school_class=cast.named_class)
    for pupil in (cast.ada, cast.bo):
        Attempt.objects.create(assignment=assignment, pupil=pupil)
    response = signed_in(cast.lead).post(url(cast.ada), follow=True)
    page = response.content.decode()
    assert "The pupil was removed" in page
    assert "Ada" not in page
    assert list(Attempt.objects.values_list("pupil", flat=True)) == [cast.bo.pk]


def test_colleague_outsider_visitor_and_other_methods_are_refused(cast: Cast, signed_in: SignIn) -> None:
    for method in ("get", "post"):
        assert getattr(signed_in(cast.colleague), method)(url(cast.ada)).status_code == 403
        assert getattr(signed_in(cast.outsider), method)(url(cast.ada)).status_code == 404
        assert getattr(Client(), method)(url(cast.ada)).status_code == 302
    assert signed_in(cast.teacher).put(url(cast.ada)).status_code == 405
    assert Pupil.objects.filter(pk=cast.ada.pk).exists()
