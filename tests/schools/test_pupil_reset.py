from collections.abc import Callable

from django.test import Client

from tests.cast import Cast

SignIn = Callable[..., Client]


def test_a_teacher_resets_the_pictures(cast: Cast, signed_in: SignIn) -> None:
    cast.ada.secret = "a hash"
    cast.ada.save()
    response = signed_in(cast.teacher).post(f"/teach/pupils/{cast.ada.pk}/reset/", follow=True)
    assert "The secret was reset" in response.content.decode()
    cast.ada.refresh_from_db()
    assert cast.ada.secret == ""


def test_colleague_outsider_visitor_and_other_methods_are_refused(cast: Cast, signed_in: SignIn) -> None:
    cast.ada.secret = "a hash"
    cast.ada.save()
    address = f"/teach/pupils/{cast.ada.pk}/reset/"
    assert signed_in(cast.colleague).post(address).status_code == 403
    assert signed_in(cast.outsider).post(address).status_code == 404
    assert Client().post(address).status_code == 302
    assert signed_in(cast.teacher).get(address).status_code == 405
    cast.ada.refresh_from_db()
    assert cast.ada.secret == "a hash"
