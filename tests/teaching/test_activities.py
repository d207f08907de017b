"""What a pupil tries in each kind of activity: feedback at once, as often as one likes, and nothing is stored."""

import pytest
from django.test import Client

from lessons.library.enums import ActivityKind
from lessons.library.models import Activity, ActivityItem, VocabularyTerm
from lessons.library.store_reading import ITEM_FIELDS
from lessons.teaching.models import AnswerCount, Assignment, Attempt
from lessons.teaching.steps import Step, StepKind, steps_of
from tests.factories import ActivityFactory
from tests.library.activities import SORT, SPOT, STORY

from .conftest import count_queries, step_url


@pytest.fixture
def pupil(join, cast, assignment) -> Client:
    return join(cast.anonymous_class)


def only(assignment: Assignment, kind: ActivityKind, content=None) -> Step:
    """The step of an activity that is all that the lesson has."""
    version = assignment.version
    version.questions.all().delete()
    version.activities.all().delete()
    activity = ActivityFactory(version=version, kind=kind)
    if content:
        activity.items.all().delete()
        for position, item in enumerate(content.items):
            ActivityItem.objects.create(
                activity=activity, position=position, **{name: getattr(item, name) for name in ITEM_FIELDS}
            )
    version = type(version).objects.get(pk=version.pk)
    return next(step for step in steps_of(version) if step.kind == StepKind.ACTIVITY)


def at(pupil: Client, assignment: Assignment, step: Step) -> str:
    pupil.post(step_url(assignment, 1), {"next": 1})
    return step_url(assignment, step.number)


def pks(step: Step) -> list[int]:
    assert step.activity
    return [item.pk for item in step.activity.items]


def test_steps_in_their_places_are_told_and_the_others_are_told_which_way(pupil, assignment):
    step = only(assignment, ActivityKind.ORDER)
    url = at(pupil, assignment, step)
    first, second, third = pks(step)
    page = pupil.get(url).text

    assert not page.index("Item 1") < page.index("Item 2") < page.index("Item 3"), "They are mixed."
    assert "Because" not in page
    page = pupil.post(url, {f"card_{first}": 1, f"card_{second}": 3, f"card_{third}": 2}).text
    assert "1 of 3 are in their places" in page
    assert "Yes: number 1" in page
    assert "This one comes earlier" in page
    assert "This one comes later" in page
    assert '<option value="3" selected>3</option>' in page, "What was tried is still there to go on from."
    page = pupil.post(url, {f"card_{first}": 1, f"card_{second}": 2, f"card_{third}": 3}).text
    assert "All are in their places" in page
    twice = pupil.post(url, {f"card_{first}": 2, f"card_{second}": 2})
    assert twice.status_code == 400
    assert "Place 2 is taken twice." in twice.text


def test_partners_are_told_and_why_they_go_together(pupil, assignment):
    step = only(assignment, ActivityKind.MATCH)
    url = at(pupil, assignment, step)
    page = pupil.get(url).text
    letters = {f"Partner {n}": page.split(f": Partner {n}</option>")[0][-1] for n in (1, 2, 3)}
    first, second, third = pks(step)

    assert sorted(letters.values()) == ["A", "B", "C"]
    tried = {f"card_{first}": letters["Partner 1"], f"card_{second}": letters["Partner 3"]}
    page = pupil.post(url, tried).text
    assert "1 of 3 have found their partners" in page
    assert "Yes: they go together" in page
    assert "This one goes with: Partner 2" in page
    assert "Because 3." not in page, "The third waits."
    tried = {f"card_{pk}": letters[f"Partner {n}"] for n, pk in enumerate((first, second, third), start=1)}
    assert "All have found their partners" in pupil.post(url, tried).text


def test_every_line_of_a_chat_says_why_it_is_a_sign_or_fine_and_nobody_is_told_wrong(pupil, assignment):
    step = only(assignment, ActivityKind.SPOT, SPOT)
    url = at(pupil, assignment, step)
    kind, secret, _, saved = pks(step)
    page = pupil.post(url, {"signs": [secret, kind]}).text

    assert "You noticed 1 of 2 signs" in page
    for words in ("Yes, a sign", "This is a sign too", "This line is fine by itself", "Yes, this line is fine"):
        assert words in page
    for item in SPOT.items:
        assert item.feedback in page
    assert "<strong>Kit:</strong> Do not tell your mum." in page
    assert "wrong" not in page.lower()
    assert page.count("checked") == 2
    none = pupil.post(url, {})
    assert none.status_code == 400
    assert "Tick one line or more" in none.text
    assert str(saved) in page


def test_a_poll_answers_kindly_and_keeps_nothing(pupil, assignment):
    step = only(assignment, ActivityKind.POLL)
    url = at(pupil, assignment, step)
    before = dict(pupil.session)
    page = pupil.post(url, {"choice": pks(step)[1]}).text

    assert "You chose: Item 2" in page
    assert "Because 2." in page
    assert "yours is not kept" in page
    assert dict(pupil.session) == before


def test_a_card_that_is_right_in_two_groups_says_so(pupil, assignment):
    step = only(assignment, ActivityKind.SORT, SORT)
    url = at(pupil, assignment, step)
    fire, _, sad = pks(step)

    assert "Yes: Later. Now would be right too" in pupil.post(url, {f"card_{sad}": "Later"}).text
    assert "would be right too" not in pupil.post(url, {f"card_{fire}": "Now"}).text


def test_a_story_goes_on_beneath_the_choice_and_one_can_go_back(pupil, assignment):
    step = only(assignment, ActivityKind.SCENARIO, STORY)
    url = at(pupil, assignment, step)
    wait, _, ask, tell, hide, gran = pks(step)
    page = pupil.get(url).text

    assert "Tell Mr Novak" not in page
    page = pupil.post(url, {"choice": wait}).text
    assert page.index("She feels alone.") < page.index("<h2>The next day</h2>") < page.index("Tell Mr Novak")
    assert f'value="{ask}"' in page, "The other choices stay open."
    page = pupil.post(url, {"choice": hide, "tried": [wait]}).text
    assert "Tell Gran" in page
    page = pupil.post(url, {"choice": ask, "tried": [wait, hide]}).text
    assert page.count("<h2>The next day</h2>") == 1
    assert "What comes next is open already: “The next day”." in page
    assert "Tell Gran" in page
    assert str(tell) in page
    assert str(gran) in page


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_nothing_that_is_tried_is_stored_and_next_always_leads_on(pupil, assignment, kind):
    step = only(assignment, kind)
    url = at(pupil, assignment, step)
    rows = list(Activity.objects.values()), list(ActivityItem.objects.values())
    for data in ({"choice": pks(step)[0]}, {"signs": pks(step)}, {f"card_{pks(step)[0]}": "1"}, {"choice": "x"}):
        assert pupil.post(url, data).status_code in (200, 302, 400)

    assert (list(Activity.objects.values()), list(ActivityItem.objects.values())) == rows
    assert not AnswerCount.objects.exists()
    assert Attempt.objects.get().position == 1
    assert pupil.post(url, {"next": 1}).url == step_url(assignment, step.number + 1)


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_a_page_takes_the_same_queries_however_many_items_there_are(pupil, assignment, kind):
    step = only(assignment, kind)
    url = at(pupil, assignment, step)
    few = count_queries(pupil, url)
    activity = Activity.objects.get()
    for position in range(30):
        ActivityItem.objects.create(activity=activity, position=9 + position, text=f"More {position}", answer="sign")

    assert count_queries(pupil, url) == few


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_the_lessons_own_words_say_their_language_and_the_pages_words_do_not(pupil, assignment, kind):
    lesson = assignment.version.lesson
    lesson.language = "ar"
    lesson.save()
    VocabularyTerm.objects.create(version=assignment.version, term="permission", meaning="a clear yes")
    page = pupil.get(at(pupil, assignment, only(assignment, kind))).text

    assert '<h1 lang="ar" dir="rtl">The funny photo</h1>' in page
    assert '<div class="prose" lang="ar" dir="rtl"><p>Ama has a photo of Ben.</p></div>' in page
    assert '<dl class="facts" lang="ar" dir="rtl">' in page
    assert '<html lang="en-gb" dir="ltr"' in page
    words = page.split('<div class="prose"')[1].split("<details")[0]
    assert 'lang="ar"' in words.split("Item 1")[0].rsplit("<form", 1)[-1] or kind == ActivityKind.DISCUSSION


def test_a_lesson_in_the_pages_language_says_nothing(pupil, assignment):
    assert "dir=" not in pupil.get(step_url(assignment, 1)).text.split("<body")[1]


def test_a_question_in_another_language_says_so_and_its_feedback_too(pupil, assignment):
    lesson = assignment.version.lesson
    lesson.language = "cy"
    lesson.save()
    steps = steps_of(assignment.version)
    for step in steps[:-1]:
        page = pupil.get(step_url(assignment, step.number)).text
        if step.question:
            assert f'<h1 lang="cy" dir="ltr">{step.title}</h1>' in page
            choice = {"choice": step.question.options[0].pk}
            page = pupil.post(step_url(assignment, step.number), choice, follow=True).text
            if step.kind == StepKind.AFTER and "Feedback on ask first." in page:
                assert '<p lang="cy" dir="ltr">Feedback on ask first.</p>' in page
            pupil.post(step_url(assignment, step.number), {"read": 1})
        else:
            pupil.post(step_url(assignment, step.number), {"next": 1})
    assert Attempt.objects.get().finished_on
