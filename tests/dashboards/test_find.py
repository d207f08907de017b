import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.teaching.models import ShelfItem
from tests.factories import (
    AgeBandFactory,
    LessonFactory,
    LessonVersionFactory,
    MembershipFactory,
    SchoolClassFactory,
    TopicFactory,
    UnitFactory,
    make_live,
)

from .builders import set_lesson

URL = "/teach/find/"


def live(title, topic="image-sharing", band="11-14", least_age=5, **fields):
    lesson = LessonFactory(
        topic=TopicFactory(slug=topic, least_age=least_age), band=AgeBandFactory(slug=band), **fields
    )
    return make_live(LessonVersionFactory(parts=False, lesson=lesson, title=title))


def look(client, status=200, **asked):
    response = client.get(URL, asked)
    assert response.status_code == status
    return response


def titles(response):
    return [lesson.card.title for lesson in response.context["lessons"]]


def test_all_lessons_stand_there_with_the_way_to_set_and_to_keep_each(cast, signed_in):
    live("Photos", slug="photos")
    live("For the youngest", band="5-7")

    response = look(signed_in(cast.teacher))

    assert titles(response) == ["For the youngest", "Photos"]
    assert "/teach/set/photos/" in response.content.decode()
    assert "/teach/shelf/photos/add/" in response.content.decode()


def test_for_a_class_only_what_fits_its_ages_stands_there(cast, signed_in):
    live("Fits")
    live("For the youngest", band="5-7")
    live("Too old a topic", topic="blackmail", least_age=12)
    pk = cast.anonymous_class.pk

    response = look(signed_in(cast.teacher), **{"class": pk})

    assert titles(response) == ["Fits"]
    assert "Find a lesson for 8A" in response.content.decode()


def test_the_class_and_the_day_go_on_to_the_page_for_setting(cast, signed_in):
    live("Fits", slug="fits")
    pk = cast.anonymous_class.pk

    html = look(signed_in(cast.teacher), **{"class": pk}, opens="2027-01-31").content.decode()

    assert f"/teach/set/fits/?class={pk}&amp;opens=2027-01-31" in html
    assert "to open on 31 January 2027" in html
    assert 'name="opens" value="2027-01-31"' in html


def test_suggestions_stand_first_with_their_reasons_until_somebody_searches(cast, signed_in):
    live("Photos")
    client, pk = signed_in(cast.teacher), cast.anonymous_class.pk

    html = look(client, **{"class": pk}).content.decode()

    assert html.index("Not yet covered: Image sharing") < html.index('id="lessons"')
    assert "Not yet covered" not in look(client, **{"class": pk}, words="photos").content.decode()
    assert "Not yet covered" not in look(client).content.decode()


def test_a_class_that_had_a_lesson_is_reminded_of_it(cast, signed_in):
    open_now, closed, checked = live("Open"), live("Closed"), live("Only checked")
    set_lesson(cast.anonymous_class, version=open_now)
    first = set_lesson(cast.anonymous_class, version=closed, closed=-1)
    set_lesson(cast.anonymous_class, version=checked, later_of=first)
    set_lesson(cast.named_class, version=checked)

    response = look(signed_in(cast.teacher), **{"class": cast.anonymous_class.pk})

    assert {lesson.card.title: lesson.had for lesson in response.context["lessons"]} == {
        "Open": "Set already",
        "Closed": "Had it before",
        "Only checked": "",
    }


def test_a_lesson_on_the_shelf_can_be_taken_off_here(cast, signed_in):
    ShelfItem.objects.create(user=cast.teacher.user, lesson=live("Photos", slug="photos").lesson)

    assert "/teach/shelf/photos/remove/" in look(signed_in(cast.teacher)).content.decode()
    assert "/teach/shelf/photos/add/" in look(signed_in(cast.outsider)).content.decode()


def test_units_are_found_by_their_lessons_and_by_their_own_words(cast, signed_in):
    first = live("Photos")
    UnitFactory(title="Pictures of us", summary="Two lessons.", topic=first.lesson.topic, of=[first.lesson])
    young = live("A start", band="5-7", topic="beginnings")
    UnitFactory(title="Pictures for the youngest", topic=young.lesson.topic, band=young.lesson.band, of=[young.lesson])
    client = signed_in(cast.teacher)

    def units(**asked):
        return [unit.title for unit in look(client, **asked).context["units"]]

    assert units() == ["Pictures for the youngest", "Pictures of us"]
    assert "/teach/set/units/" in look(client).content.decode()
    assert units(topic="image-sharing") == ["Pictures of us"]
    assert units(words="pictures") == ["Pictures for the youngest", "Pictures of us"]
    assert units(words="pictures", **{"class": cast.anonymous_class.pk}) == ["Pictures of us"]
    assert units(words="nothing of the kind") == []


def test_nothing_that_fits_says_what_to_do(cast, signed_in):
    live("Photos")

    assert "No lesson fits all of that" in look(signed_in(cast.teacher), words="zebra").content.decode()


def test_a_library_without_lessons_says_so(cast, signed_in):
    assert "No lesson has been published yet" in look(signed_in(cast.teacher)).content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"minutes": "soon"}, "Write a number of minutes"),
        ({"band": "nobody"}, "Choose one from the list"),
        ({"opens": "tomorrow"}, "Write the day on which it opens as a date"),
        ({"class": "8A"}, "Choose one of your classes"),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence_and_all_lessons(cast, signed_in, asked, sentence):
    live("Photos", slug="photos")

    response = look(signed_in(cast.teacher), status=400, **asked)

    assert sentence in response.content.decode()
    assert titles(response) == ["Photos"]
    assert 'href="/teach/set/photos/"' in response.content.decode()


def test_a_class_of_another_school_is_unknown_and_one_of_other_teachers_refused(cast, signed_in):
    look(signed_in(cast.outsider), status=404, **{"class": cast.anonymous_class.pk})
    look(signed_in(cast.colleague), status=403, **{"class": cast.anonymous_class.pk})
    look(signed_in(cast.teacher), status=404, **{"class": 10**17})
    look(signed_in(cast.teacher), status=400, **{"class": 10**20})
    look(signed_in(cast.lead), **{"class": cast.anonymous_class.pk})


def test_for_an_archived_class_nothing_is_offered_but_a_sentence(cast, signed_in):
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()

    html = look(signed_in(cast.teacher), status=409, **{"class": cast.anonymous_class.pk}).content.decode()

    assert "8A is archived, so nothing can be set for it" in html


def test_only_the_teachers_own_classes_can_be_chosen_with_their_school_where_there_are_several(cast, signed_in):
    html = look(signed_in(cast.teacher)).content.decode()
    assert "8A, ages 11–12" in html
    assert "8S, ages" not in html
    SchoolClassFactory(
        school=cast.northfield, name="9N", teachers=[MembershipFactory(school=cast.northfield, user=cast.outsider.user)]
    )

    assert "9N (Northfield), ages 11–12" in look(signed_in(cast.outsider)).content.decode()


def test_it_is_for_reading_and_for_teachers(cast, signed_in, client):
    assert signed_in(cast.teacher).post(URL).status_code == 405
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert client.get(URL).status_code == 302


def test_pages_of_lessons_keep_the_class(cast, signed_in):
    for number in range(25):
        live(f"Lesson {number}")
    pk = cast.anonymous_class.pk
    client = signed_in(cast.teacher)

    assert f"?class={pk}&amp;page=2" in look(client, **{"class": pk}).content.decode()
    assert len(titles(look(client, **{"class": pk}, page=2))) == 1


def test_thirty_lessons_take_the_queries_of_one(cast, signed_in):
    client = signed_in(cast.teacher)

    def count():
        with CaptureQueriesContext(connection) as queries:
            look(client, **{"class": cast.anonymous_class.pk})
        return len(queries)

    def add(number):
        version = live(f"Lesson {number}", topic=f"topic-{number}")
        UnitFactory(topic=version.lesson.topic, of=[version.lesson])
        set_lesson(cast.anonymous_class, version=version)
        SchoolClassFactory(school=cast.northfield, teachers=[cast.teacher])
        live(f"Another {number}", topic=f"topic-{number}")

    add(0)
    few = count()
    for number in range(1, 12):
        add(number)

    assert count() == few <= 18
