import datetime

import pytest
from django.test import Client
from django.utils import timezone

from lessons.library.enums import LessonSectionKind
from lessons.library.models import (
    ActivityItem,
    HelpService,
    LessonSection,
    LessonVersion,
    Objective,
    QuestionOption,
    VocabularyTerm,
)
from safeguarding.accounts.models import User
from safeguarding.schools.models import Membership, School
from tests.cast import Cast
from tests.factories import (
    ActivityFactory,
    CountryFactory,
    FindingFactory,
    GuideFactory,
    GuideVersionFactory,
    HelpServiceFactory,
    IllustrationFactory,
    LessonFactory,
    LessonVersionFactory,
    QuestionFactory,
    UserFactory,
    make_live,
    retire,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/lessons/ask-first/"
TEACHERS_ONLY = [kind for kind in LessonSectionKind if kind != LessonSectionKind.HOME_NOTE]


@pytest.fixture
def version(db: None) -> LessonVersion:
    version = LessonVersionFactory(lesson=LessonFactory(slug="ask-first"), title="Ask first")
    Objective.objects.create(version=version, learn="Know to ask.", can="I can ask.")
    VocabularyTerm.objects.create(version=version, term="permission", meaning="saying yes")
    for kind in LessonSectionKind:
        minutes = 5 if kind.rule.timed else 0
        LessonSection.objects.create(version=version, kind=kind, body=f"<p>Text of {kind.value}.</p>", minutes=minutes)
    version.findings.add(FindingFactory(code="F06", statement="Most images were meant for one person."))
    return make_live(version)


def html_of(client: Client) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def test_everyone_reads_what_is_taught_and_what_it_rests_on(client: Client, version: LessonVersion) -> None:
    html = html_of(client)
    for text in ("Know to ask.", "I can ask.", "Text of home_note.", "Most images were meant for one person.", "48"):
        assert text in html
    assert "The report is from 2012" in html
    assert '<link rel="canonical" href="http://testserver/lessons/ask-first/">' in html


def test_a_visitor_is_never_sent_the_teachers_part(client: Client, version: LessonVersion) -> None:
    html = html_of(client)
    for kind in TEACHERS_ONLY:
        assert f"Text of {kind.value}." not in html
    for text in ("What should Ama do first?", "Feedback on", "Item 1", "saying yes", "Some think that"):
        assert text not in html


def test_somebody_signed_in_without_a_school_is_told_how_to_get_one(signed_in, version: LessonVersion) -> None:
    html = html_of(signed_in(UserFactory()))
    assert "Text of script." not in html
    assert "ask your school’s lead to add you" in html


def test_a_former_teacher_reads_what_everyone_reads(cast: Cast, signed_in, version: LessonVersion) -> None:
    Membership.objects.filter(pk=cast.teacher.pk).update(is_active=False)
    assert "Text of script." not in html_of(signed_in(cast.teacher))


@pytest.mark.parametrize("who", ["teacher", "lead", "colleague", "outsider", "editor", "reviewer"])
def test_teachers_and_the_desk_read_the_whole_plan(cast: Cast, signed_in, version: LessonVersion, who: str) -> None:
    html = html_of(signed_in(getattr(cast, who)))
    for kind in LessonSectionKind:
        assert f"Text of {kind.value}." in html
    for text in ("What should Ama do first?", "Right answer", "Feedback on ask first.", "Item 1", "saying yes"):
        assert text in html


def test_only_somebody_with_a_school_can_set_it(cast: Cast, signed_in, version: LessonVersion) -> None:
    assert "/teach/set/ask-first/" in html_of(signed_in(cast.teacher))
    assert "/teach/set/ask-first/" not in html_of(signed_in(cast.editor))


def test_the_time_line_adds_up_to_the_lessons_minutes(cast: Cast, signed_in, version: LessonVersion) -> None:
    response = signed_in(cast.teacher).get(ADDRESS)
    plan = response.context["plan"]
    assert [(moment.start, moment.end) for moment in plan.time_line] == [
        (0, 4),
        (4, 9),
        (9, 19),
        (19, 29),
        (29, 39),
        (39, 44),
        (44, 48),
    ]
    assert plan.minutes == response.context["lesson"].minutes


def test_the_worry_question_is_asked_after_only(cast: Cast, signed_in, version: LessonVersion) -> None:
    plan = signed_in(cast.teacher).get(ADDRESS).context["plan"]
    assert "How do you feel?" not in [question.text for question in plan.asked_before]
    assert [question.text for question in plan.asked_after_only] == ["How do you feel?"]


def test_the_disclosure_steps_name_the_schools_lead(cast: Cast, signed_in, version: LessonVersion) -> None:
    html = html_of(signed_in(cast.teacher))
    assert "Northfield: Mx Lead (Room 4)" in html
    assert "Southfield" not in html


def test_unverified_services_are_marked_for_staff_only(
    client: Client, cast: Cast, signed_in, version: LessonVersion
) -> None:
    HelpServiceFactory(name="A line", phone="", url="", text_to="")
    assert "Not yet verified" in html_of(signed_in(cast.teacher))
    visitor = html_of(client)
    assert "Not yet verified" not in visitor
    assert "To reach it, type its name into a search page." in visitor


def test_the_starter_library_says_that_nobody_has_reviewed_it(client: Client, version: LessonVersion) -> None:
    LessonVersion.objects.filter(pk=version.pk).update(author=None)
    assert "From the starter library; your own team has not reviewed it yet" in html_of(client)


def test_an_approval_shows_the_date_and_nobodys_name(client: Client, version: LessonVersion) -> None:
    reviewer: User = UserFactory(name="Rita Reviewer")
    version.approved_by, version.approved_at = reviewer, timezone.now()
    version.save()
    html = html_of(client)
    assert "A reviewer, on" in html
    assert "Rita Reviewer" not in html
    assert str(version.author) not in html


def test_an_overdue_review_says_so(client: Client, version: LessonVersion) -> None:
    assert "Review overdue" not in html_of(client)
    LessonVersion.objects.filter(pk=version.pk).update(review_by=timezone.localdate() - datetime.timedelta(days=1))
    assert "Review overdue" in html_of(client)


def test_the_parents_guide_of_the_topic_is_linked(client: Client, version: LessonVersion) -> None:
    make_live(GuideVersionFactory(guide=GuideFactory(slug="a-guide", topic=version.lesson.topic), title="For parents"))
    assert '<a href="/guidance/a-guide/">For parents</a>' in html_of(client)


def test_a_retired_lesson_is_gone_and_says_what_to_do(client: Client, version: LessonVersion) -> None:
    retire(version)
    response = client.get(ADDRESS)
    assert response.status_code == 410
    assert "/lessons/?topic=image-sharing" in response.content.decode()
    assert not response.cookies


def test_a_lesson_that_was_never_published_is_unknown(client: Client) -> None:
    LessonVersionFactory(lesson=LessonFactory(slug="draft"))
    assert client.get("/lessons/draft/").status_code == 404
    assert client.get("/lessons/nothing/").status_code == 404


def test_posting_is_refused(client: Client, version: LessonVersion) -> None:
    assert client.post(ADDRESS).status_code == 405


def test_a_visitor_gets_no_cookie_and_may_keep_the_page(client: Client, version: LessonVersion) -> None:
    response = client.get(ADDRESS)
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_somebody_signed_in_gets_a_private_page(cast: Cast, signed_in, version: LessonVersion) -> None:
    response = signed_in(cast.teacher).get(ADDRESS)
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, signed_in, version: LessonVersion, django_assert_num_queries
) -> None:
    teacher = signed_in(cast.teacher)
    for rows in (1, 30):
        grow(version, rows)
        with django_assert_num_queries(10):
            client.get(ADDRESS)
        with django_assert_num_queries(18):
            teacher.get(ADDRESS)


def grow(version: LessonVersion, rows: int) -> None:
    activity, question = ActivityFactory(version=version), QuestionFactory(version=version)
    for _ in range(rows):
        Objective.objects.create(version=version, learn="More", can="I can more")
        VocabularyTerm.objects.create(version=version, term="word", meaning="meaning")
        ActivityItem.objects.create(activity=activity, text="Item")
        QuestionOption.objects.create(question=question, text="Option")
        ActivityFactory(version=version)
        QuestionFactory(version=version)
        version.findings.add(FindingFactory())
        make_live(GuideVersionFactory(guide__topic=version.lesson.topic))
    while HelpService.objects.count() < rows:
        HelpServiceFactory().topics.add(version.lesson.topic)


def test_each_reader_is_told_the_age_in_the_words_of_their_own_country(
    client: Client, cast: Cast, signed_in, version: LessonVersion
) -> None:
    wales = CountryFactory(code="GB-WLS", name="Wales", part_of=cast.northfield.country)
    version.lesson.band.names.create(country=cast.northfield.country, name="Key stage 3", years="Years 7 to 9")
    version.lesson.band.names.create(country=wales, name="Progression step 4", years="Years 7 to 9")
    School.objects.filter(pk=cast.southfield.pk).update(country=wales)
    assert "Key stage 3, Years 7 to 9" in client.get(ADDRESS).content.decode()
    assert "Key stage 3, Years 7 to 9" in signed_in(cast.teacher).get(ADDRESS).content.decode()
    assert "Progression step 4, Years 7 to 9" in signed_in(cast.outsider).get(ADDRESS).content.decode()


def test_an_activity_shows_its_drawing_with_its_alternative_text(cast: Cast, signed_in, version: LessonVersion) -> None:
    version.activities.first().delete()
    ActivityFactory(version=version, illustration=IllustrationFactory())
    html = signed_in(cast.teacher).get(ADDRESS).content.decode()
    assert 'src="/static/img/scenes/two-friends-talking.svg" alt="Two friends talk on a bench."' in html


def test_a_lesson_in_another_language_says_so_part_by_part(
    client: Client, cast: Cast, signed_in, version: LessonVersion
) -> None:
    lesson = LessonFactory(
        slug="in-urdu",
        language="ur",
        translation_of=version.lesson,
        topic=version.lesson.topic,
        band=version.lesson.band,
    )
    make_live(LessonVersionFactory(lesson=lesson, title="تصویر", translates=version))
    english, urdu = client.get(ADDRESS).content.decode(), client.get("/lessons/in-urdu/").content.decode()

    assert '<a href="/lessons/in-urdu/" lang="ur" dir="rtl" hreflang="ur">اردو</a>' in english
    assert 'dir="rtl">' not in english.replace('<a href="/lessons/in-urdu/" lang="ur" dir="rtl" hreflang="ur">', "")
    assert '<h1 lang="ur" dir="rtl">تصویر</h1>' in urdu
    assert "This is a translation, made from version 1 of its source." in urdu
    assert f'<a href="{ADDRESS}" lang="en-gb"' in urdu
    plan = signed_in(cast.teacher).get("/lessons/in-urdu/").content.decode()
    assert plan.count('dir="rtl"') > urdu.count('dir="rtl"')
