import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pptx import Presentation

from lessons.library.enums import LessonSectionKind
from lessons.library.models import LessonSection, LessonVersion, Objective
from lessons.teaching import queries
from lessons.teaching.enums import Way
from lessons.teaching.models import Assignment
from lessons.teaching.slides import slides_of
from tests.factories import HelpServiceFactory, LessonVersionFactory, make_live

from .conftest import count_queries

OF_A_CLASS = ("present", "present-script", "slides", "pack", "cover", "before")
TAUGHT = ("present", "present-script", "slides", "pack")
TO_TRY = ("lesson-present", "lesson-script", "lesson-slides", "lesson-pack")


def url_of(name: str, assignment: Assignment) -> str:
    return reverse(f"teaching:{name}", args=[assignment.pk])


@pytest.fixture
def lesson(assignment: Assignment) -> Assignment:
    """With a script, a starter, a plenary and an outcome."""
    version = assignment.version
    script = "<h3>Starter (5 minutes)</h3><p>Wait for hands.</p><h3>Plenary</h3><p>Close the book.</p>"
    for kind, body, minutes in (
        (LessonSectionKind.SCRIPT, script, 0),
        (LessonSectionKind.STARTER, "<p>What is <strong>kind</strong>?</p><ul><li>Listen</li><li>Ask</li></ul>", 5),
        (LessonSectionKind.PLENARY, "<p>Tell somebody.</p>", 5),
        (LessonSectionKind.CARE, "<p>A pupil who has been harmed.</p>", 0),
    ):
        LessonSection.objects.create(version=version, kind=kind, body=body, minutes=minutes)
    Objective.objects.create(version=version, learn="Ask first.", can="I can ask first.")
    return assignment


def needs_the_lead(assignment: Assignment) -> None:
    topic = assignment.version.lesson.topic
    topic.least_age = 11
    topic.save()


def withdraw(version: LessonVersion) -> None:
    now = timezone.now()
    LessonVersion.objects.filter(pk=version.pk).update(withdrawn_at=now, live_until=now)


@pytest.mark.parametrize("name", OF_A_CLASS)
def test_a_teacher_and_the_lead_open_it_others_do_not(signed_in, cast, lesson, name):
    url = url_of(name, lesson)
    assert signed_in(cast.teacher).get(url).status_code == 200
    assert signed_in(cast.lead).get(url).status_code == 200
    assert signed_in(cast.colleague).get(url).status_code == 403
    assert signed_in(cast.outsider).get(url).status_code == 404
    assert Client().get(url).url.startswith("/account/login/")
    assert signed_in(cast.teacher).put(url).status_code == 405


@pytest.mark.parametrize("name", TO_TRY)
def test_without_a_class_the_live_version_is_tried_out_by_those_who_may_read_the_plan(signed_in, cast, lesson, name):
    url = reverse(f"teaching:{name}", args=[lesson.version.lesson.slug])
    assert signed_in(cast.outsider).get(url).status_code == 200
    assert signed_in(cast.editor).get(url).status_code == 200
    assert signed_in(cast.operator).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert signed_in(cast.teacher).get(reverse(f"teaching:{name}", args=["no-such-lesson"])).status_code == 404


@pytest.mark.parametrize("name", TAUGHT)
def test_until_the_lead_knows_the_class_is_not_taught_a_topic_of_eleven_and_over(signed_in, cast, lesson, name):
    needs_the_lead(lesson)
    page = signed_in(cast.teacher).get(url_of(name, lesson))
    assert page.status_code == 409
    assert "Tell your safeguarding lead about this lesson first" in page.text
    assert url_of("before", lesson) in page.text


@pytest.mark.parametrize("name", ["before", "cover"])
def test_getting_ready_does_not_wait_for_the_lead(signed_in, cast, lesson, name):
    needs_the_lead(lesson)
    assert signed_in(cast.teacher).get(url_of(name, lesson)).status_code == 200


@pytest.mark.parametrize("name", OF_A_CLASS)
def test_a_withdrawn_lesson_is_neither_shown_nor_printed(signed_in, cast, lesson, name):
    withdraw(lesson.version)
    page = signed_in(cast.teacher).get(url_of(name, lesson))
    assert page.status_code == 410
    assert "Please do not teach from a copy" in page.text


@pytest.mark.parametrize("name", TO_TRY)
def test_what_is_live_no_more_is_not_tried_out(signed_in, cast, lesson, name):
    withdraw(lesson.version)
    assert (
        signed_in(cast.teacher).get(reverse(f"teaching:{name}", args=[lesson.version.lesson.slug])).status_code == 410
    )


def test_the_slides_go_through_the_lesson_in_the_order_of_its_time_line(lesson):
    titles = [slide.title for slide in slides_of(queries.lesson_for_class(lesson.pk))]
    wanted = ["Check before", "Our ground rules", "To start", "What we take with us", "Check after", "Who can help"]
    assert titles[0] == lesson.version.title
    assert list(dict.fromkeys(title for title in titles if title in wanted)) == wanted


def test_each_slide_has_the_script_and_the_minutes_of_its_part(lesson):
    slides = {slide.title: slide for slide in slides_of(queries.lesson_for_class(lesson.pk))}
    assert "Wait for hands" in slides["To start"].notes
    assert slides["To start"].minutes == 5
    assert "Close the book" in slides["What we take with us"].notes


def test_on_devices_the_board_says_where_to_join_and_together_it_asks_the_questions(lesson):
    def titles() -> list[str]:
        return [slide.title for slide in slides_of(queries.lesson_for_class(lesson.pk)) if slide.part == "before"]

    assert titles() == ["Check before"]
    Assignment.objects.filter(pk=lesson.pk).update(way=Way.TOGETHER)
    assert "What should Ama do first?" in titles()


def test_no_answer_is_given_away_before_the_lesson_and_none_to_what_has_no_right_one(lesson):
    Assignment.objects.filter(pk=lesson.pk).update(way=Way.TOGETHER)
    slides = slides_of(queries.lesson_for_class(lesson.pk))
    assert not [s for s in slides if s.part == "before" for item in s.items if item.answer or item.feedback]
    revealed = {slide.title for slide in slides if slide.part == "after" and any(item.answer for item in slide.items)}
    assert revealed == {"What should Ama do first?"}


def test_the_class_keeps_the_slides_of_its_own_version(lesson):
    newer = make_live(LessonVersionFactory(lesson=lesson.version.lesson, number=2, title="Written anew"))
    assert newer.is_live
    assert slides_of(queries.lesson_for_class(lesson.pk))[0].title == lesson.version.title


def test_without_a_script_a_slide_is_its_own_page(signed_in, cast, lesson):
    page = signed_in(cast.teacher).get(url_of("present", lesson) + "?slide=2")
    assert page.text.count('data-slide="') == len(page.context["slides"])
    assert page.text.count(" hidden>") >= len(page.context["slides"]) - 1
    assert 'href="?slide=1"' in page.text
    assert 'href="?slide=3"' in page.text


@pytest.mark.parametrize(
    ("asked", "shown"), [("", 1), ("0", 1), ("-3", 1), ("x", 1), ("²", 1), ("99999", 1), ("9999", -1)]
)
def test_a_slide_that_there_is_not_is_the_first_or_the_last(signed_in, cast, lesson, asked, shown):
    page = signed_in(cast.teacher).get(url_of("present", lesson), {"slide": asked})
    slides = page.context["slides"]
    assert page.context["here"] == (slides[0] if shown == 1 else slides[-1])


def test_no_pupils_name_stands_anywhere(signed_in, cast, named_assignment):
    for name in (*OF_A_CLASS[:2], "pack", "cover", "before"):
        page = signed_in(cast.teacher).get(url_of(name, named_assignment))
        assert "Ada" not in page.text


def test_the_pages_take_the_same_queries_for_a_long_lesson(signed_in, cast, lesson, django_assert_max_num_queries):
    client = signed_in(cast.teacher)
    few = count_queries(client, url_of("present", lesson))
    for number in range(30):
        Objective.objects.create(version=lesson.version, learn=f"Learn {number}", can=f"I can {number}")
    assert count_queries(client, url_of("present", lesson)) == few <= 16


def test_the_file_of_slides_has_titles_notes_and_the_language(signed_in, cast, lesson, tmp_path):
    HelpServiceFactory(phone="0800 1111")
    response = signed_in(cast.teacher).get(url_of("slides", lesson))
    file = tmp_path / "slides.pptx"
    file.write_bytes(response.content)
    made = list(Presentation(file).slides)
    assert f'filename="{lesson.version.lesson.slug}.pptx"' in response["Content-Disposition"]
    assert all(slide.shapes.title.text_frame.text for slide in made)
    start = next(slide for slide in made if slide.shapes.title.text_frame.text == "To start")
    assert "Wait for hands" in start.notes_slide.notes_text_frame.text
    texts = [shape.text_frame.text for slide in made for shape in slide.shapes if shape.has_text_frame]
    assert any("0800 1111" in text for text in texts)
    assert 'lang="en' in start.shapes.title._element.xml
