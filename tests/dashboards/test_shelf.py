from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.teaching.models import ShelfItem
from tests.factories import LessonVersionFactory, make_live, retire

URL = "/teach/shelf/"


def put(who, **fields):
    version = make_live(LessonVersionFactory(parts=False, **fields))
    ShelfItem.objects.create(user=who.user, lesson=version.lesson)
    return version


def page(client):
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_shelf_says_how_to_fill_it(cast, signed_in):
    assert "Nothing on your shelf yet" in page(signed_in(cast.teacher))


def test_the_lesson_put_there_last_stands_first_and_can_be_set(cast, signed_in):
    put(cast.teacher, title="The first")
    second = put(cast.teacher, title="The second")
    put(cast.outsider, title="Of somebody else")

    html = page(signed_in(cast.teacher))

    assert html.index("The second") < html.index("The first")
    assert f"/teach/set/{second.lesson.slug}/" in html
    assert "Of somebody else" not in html


def test_what_cannot_be_set_any_more_says_so_and_why(cast, signed_in):
    archived = put(cast.teacher, title="An archived one")
    archived.lesson.archived_at = timezone.now()
    archived.lesson.save()
    retired = put(cast.teacher, title="A retired one")
    retire(retired)
    withdrawn = put(cast.teacher, title="A withdrawn one")
    retire(withdrawn)
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())

    lines = {line.title: line.gone for line in signed_in(cast.teacher).get(URL).context["lines"]}
    html = page(signed_in(cast.teacher))

    assert lines == {
        "An archived one": "Archived",
        "A retired one": "No longer published",
        "A withdrawn one": "Withdrawn",
    }
    assert "Please do not teach it" in html
    assert "/teach/set/" not in html
    assert f"/teach/shelf/{withdrawn.lesson.slug}/remove/" in html


def test_somebody_of_no_school_has_no_shelf(cast, signed_in, client):
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert client.get(URL).status_code == 302
    assert signed_in(cast.teacher).post(URL).status_code == 405


def test_thirty_lessons_take_the_queries_of_one(cast, signed_in):
    client = signed_in(cast.teacher)

    def count():
        with CaptureQueriesContext(connection) as queries:
            page(client)
        return len(queries)

    put(cast.teacher)
    retire(put(cast.teacher))
    few = count()
    for _ in range(15):
        put(cast.teacher)
        retire(put(cast.teacher))

    assert count() == few <= 8
