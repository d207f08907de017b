from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast


def test_one_sees_where_one_is_signed_in_and_signs_out_elsewhere(cast: Cast) -> None:
    cache.clear()
    cast.editor.set_password(PASSWORD)
    cast.editor.save()
    here, there = Client(HTTP_USER_AGENT="Here 1"), Client(HTTP_USER_AGENT="There 2")
    for client in (there, here):
        client.post("/account/login/", {"login": cast.editor.email, "password": PASSWORD})
    page = here.get("/account/sessions/").content.decode()
    assert "Here 1" in page
    assert "There 2" in page
    assert page.count("This device") == 1
    page = here.post("/account/sessions/", follow=True).content.decode()
    assert "There 2" not in page
    assert "You are signed in nowhere else" in page
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200
