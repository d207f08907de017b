import io
import re

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Sum

from lessons.dashboards.queries.results import assignment_results
from lessons.demo.plan import ACCOUNTS, CLASSES, PAST_CLASSES
from lessons.library.models import GuideVersion, Lesson, LessonVersion
from lessons.teaching.models import AnswerCount, Assignment, Attempt, Delivery
from safeguarding.accounts.models import User
from safeguarding.schools.models import Membership, Pupil, School, SchoolClass
from tests.dashboards.builders import today
from tests.factories import AgeBandFactory, CountryFactory, LessonFactory, LessonVersionFactory, make_live, retire

MODELS = (User, School, Membership, SchoolClass, Pupil, Assignment, Attempt, Delivery, AnswerCount)
SLUGS = sorted({lesson.slug for planned in (*CLASSES, *PAST_CLASSES) for lesson in planned.lessons})


@pytest.fixture
def trial(db, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


@pytest.fixture
def library(trial):
    for code, name in {"GB-ENG": "England", "GB-WLS": "Wales"}.items():
        CountryFactory(code=code, name=name)
    for slug in SLUGS:
        band = re.search(r"\d+-\d+$", slug).group()
        make_live(LessonVersionFactory(lesson=LessonFactory(slug=slug, band=AgeBandFactory(slug=band))))


def seed():
    out = io.StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_it_refuses_outside_a_trial(library, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="for trials only"):
        seed()

    assert not School.objects.exists()


def test_it_refuses_without_lessons(trial):
    with pytest.raises(CommandError, match="There are no lessons yet"):
        seed()

    assert not User.objects.exists()


def test_it_makes_schools_people_classes_and_answers(library):
    printed = seed()

    assert set(School.objects.values_list("slug", flat=True)) == {"northfield", "southfield"}
    assert {a.email for a in ACCOUNTS} <= set(User.objects.values_list("email", flat=True))
    assert User.objects.get(email="editor@demo.example").is_editor
    assert User.objects.get(email="reviewer@demo.example").is_reviewer
    assert User.objects.get(is_superuser=True).email == "operator@demo.example"
    assert AnswerCount.objects.aggregate(Sum("count"))["count__sum"] > 300
    assert Delivery.objects.exists()
    assert all(school_class.code in printed for school_class in SchoolClass.objects.current())
    assert all(account.email in printed for account in ACCOUNTS)


def test_the_classes_know_more_after_than_before(library):
    seed()
    totals = {"before": [0, 0], "after": [0, 0]}

    for assignment in Assignment.objects.all():
        for question in assignment_results(assignment.pk, today()).knowledge:
            for moment, answers in (("before", question.before), ("after", question.after)):
                totals[moment][0] += answers.right
                totals[moment][1] += answers.answered

    assert totals["before"][0] / totals["before"][1] < totals["after"][0] / totals["after"][1]


def test_no_more_answers_than_pupils(library):
    seed()

    for assignment in Assignment.objects.all():
        for question in assignment_results(assignment.pk, today()).questions:
            assert (question.after.answered or 0) <= assignment.attempts.count()


def test_there_are_open_late_closed_and_taught_lessons(library):
    seed()

    assert Assignment.objects.overdue(today()).exists()
    assert Assignment.objects.due_between(today(), today(7)).exists()
    assert Assignment.objects.filter(closed_at__isnull=False).exists()
    assert Assignment.objects.filter(opens_on__gt=today()).exists()
    assert Assignment.objects.filter(later_of__isnull=False, attempts__isnull=False).exists()
    assert Assignment.objects.exclude(note="").filter(for_whom="groups").exists()


def test_there_is_a_class_of_last_year_with_its_results_and_no_names(library):
    seed()

    past = SchoolClass.objects.archived().get()
    assert past.next_classes.get().name == "8A"
    assert past.school_year == past.next_classes.get().school_year - 1
    assert AnswerCount.objects.filter(assignment__school_class=past).exists()
    assert not past.pupils.exists()


def test_a_second_run_changes_nothing(library):
    seed()
    before = everything()

    printed = seed()

    assert everything() == before
    assert "The accounts keep the passwords that they had" in printed


def test_a_second_run_mends_what_is_missing(library):
    seed()
    SchoolClass.objects.get(name="8A").delete()
    Pupil.objects.filter(display_name="Ada").delete()
    User.objects.get(email="operator@demo.example").delete()

    printed = seed()

    assert Assignment.objects.filter(school_class__name="8A").count() == 5
    assert Pupil.objects.filter(display_name="Ada").exists()
    password = re.search(r"Password of operator@demo.example: (\S+)", printed).group(1)
    assert User.objects.get(email="operator@demo.example").check_password(password)
    assert "The other accounts keep their passwords." in printed


def test_what_somebody_changed_in_the_trial_stays(library):
    seed()
    SchoolClass.objects.filter(name="8A").update(code="my-own-code-11", year_group="Year Eight")
    School.objects.filter(slug="northfield").update(lead_contact="Room 1")
    Assignment.objects.update(due_on=today(40))
    before = everything()

    seed()

    assert everything() == before


def test_a_random_password_is_printed_once_and_signs_in(library):
    password = re.search(r"Password of all of them: (\S+)", seed()).group(1)

    assert len(password) >= 16
    assert all(authenticate(email=a.email, password=password) for a in ACCOUNTS)
    assert password not in seed()


def test_a_password_from_the_environment_is_set_and_not_printed(library, monkeypatch):
    seed()
    monkeypatch.setenv("DEMO_PASSWORD", "a trial of my own")

    printed = seed()

    assert "a trial of my own" not in printed
    assert all(
        user.check_password("a trial of my own") for user in User.objects.filter(email__in=[a.email for a in ACCOUNTS])
    )


def test_the_same_password_again_signs_nobody_out(library, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "a trial of my own")
    seed()
    before = everything()

    seed()

    assert everything() == before


def test_a_lesson_that_is_not_live_is_left_out_and_named(library):
    retire(Lesson.objects.get(slug=SLUGS[0]).live_version)

    printed = seed()

    assert f"Left out, because they are not live: {SLUGS[0]}." in printed
    assert not Assignment.objects.filter(version__lesson__slug=SLUGS[0]).exists()


def test_the_real_starter_library_fills_every_page(trial, signed_in):
    call_command("load_starter", stdout=io.StringIO())

    assert "Left out" not in seed()
    teacher = signed_in(User.objects.get(email="teacher@northfield.example"))
    home = teacher.get("/teach/").context["home"]
    assert home.this_week
    assert home.overdue
    assert home.needs
    assert signed_in(User.objects.get(email="lead@southfield.example")).get("/school/").status_code == 200


def test_parents_of_both_schools_find_out_what_each_year_is_learning(trial, client):
    call_command("load_starter", stdout=io.StringIO())
    seed()

    north, south = (client.get(f"/s/{slug}/").content.decode() for slug in ("northfield", "southfield"))

    assert "Year 8" in north
    assert "Ways to begin a talk" in north
    assert "اردو" in north
    assert "Year 7" in south
    assert not re.search(r"\b(8A|8B|5 Birch|Otters|7 Elm|Ada|Tuesday group)\b", north + south)


def test_the_desk_has_something_to_read_and_to_write_and_a_second_run_leaves_it_alone(trial):
    call_command("load_starter", stdout=io.StringIO())
    seed()
    seed()
    edie = User.objects.get(email="editor@demo.example")

    assert [version.lesson.slug for version in LessonVersion.objects.awaiting_review()] == ["asking-before-a-photo-7-9"]
    assert LessonVersion.objects.drafts().filter(author=edie).count() == 1
    assert GuideVersion.objects.drafts().filter(author=edie).count() == 1
