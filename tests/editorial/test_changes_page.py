import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.library.content import OptionContent
from lessons.library.models import Lesson
from lessons.library.starter_files import STARTER, read_lesson
from lessons.library.store import content_of, write_content
from tests.factories import GuideVersionFactory, IllustrationFactory, make_live

from .builders import a_draft, a_guide_draft, lesson_content, live
from .pages import url


def next_draft(version, author, **changes):
    draft = services.start_draft(actor=author, identity=type(version.identity).objects.get(pk=version.identity.pk))
    write_content(draft, dataclasses.replace(content_of(draft), **changes))
    return draft


@pytest.fixture
def changed(desk):
    """A second version, whose title has another word."""
    return next_draft(live(desk.writer, desk.reviewer), desk.writer, title="The sad photo")


def page_of(client, version, query=""):
    return client.get(url(version, "changes") + query)


@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("reviewer", 200), ("operator", 403), ("stranger", 403), (None, 302)]
)
def test_the_changes_are_read_by_the_desk_alone(desk, signed_in, client, changed, who, status):
    reader = signed_in(getattr(desk, who)) if who else client

    assert page_of(reader, changed).status_code == status


def test_the_page_is_read_only_and_only_of_what_is_there(desk, signed_in, changed):
    client = signed_in(desk.reviewer)

    assert client.post(url(changed, "changes")).status_code == 405
    assert client.get(url(changed, "changes").replace("/2/", "/7/")).status_code == 404
    assert client.get("/desk/guides/the-funny-photo/2/changes/").status_code == 404


def test_a_version_is_compared_with_what_is_live(desk, signed_in, changed):
    page = page_of(signed_in(desk.reviewer), changed)

    assert "Changes since version 1, which is live" in page.text
    assert "1 field changed since live." in page.text
    assert '<del><span class="hush"> removed: </span>funny<' in page.text
    assert '<ins><span class="hush"> added: </span>sad<' in page.text
    assert f"{page.context['page'].comparison.unchanged} fields are the same in both, and left out." in page.text
    assert page.context["page"].comparison.unchanged > 20


def test_answers_findings_links_and_pictures_are_shown(desk, signed_in, changed):
    IllustrationFactory(slug="two-friends-talking", alt_text="Two friends talk on a bench.")
    content = content_of(changed)
    question = content.questions[0]
    scenario = content.activities[0]
    body = content.sections["script"].body
    write_content(
        changed,
        dataclasses.replace(
            content,
            findings=(),
            questions=(
                dataclasses.replace(question, options=(*question.options, OptionContent("Wait"))),
                *content.questions[1:],
            ),
            activities=(
                dataclasses.replace(scenario, illustration="two-friends-talking"),
                *content.activities[1:],
            ),
            sections={
                **content.sections,
                "script": dataclasses.replace(
                    content.sections["script"], body=f'{body}<p><a href="https://a.example/">More</a></p>'
                ),
            },
        ),
    )
    html = page_of(signed_in(desk.reviewer), changed).text

    for words in (
        "Wait<",
        "F101<",
        "two-friends-talking: Two friends talk on a bench.<",
        "More (https://a.example/)<",
    ):
        assert words in html


def test_what_an_editor_wrote_is_escaped(desk, signed_in):
    draft = next_draft(live(desk.writer, desk.reviewer), desk.writer, summary="<script>alert(1)</script>")
    html = page_of(signed_in(desk.reviewer), draft).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


def test_any_two_versions_can_be_compared(desk, signed_in, changed):
    page = page_of(signed_in(desk.reviewer), Lesson.objects.get().live_version, "?against=2")

    assert "Changes since version 2</h1>" in page.text
    assert "</span>funny<" in page.text


@pytest.mark.parametrize("against", ["2", "7", "x", "²", "-1", "9" * 5_000, "%00"])
def test_a_version_that_is_not_there_is_refused_with_a_sentence_and_the_list_stays(desk, signed_in, changed, against):
    page = page_of(signed_in(desk.reviewer), changed, f"?against={against}")

    assert page.status_code == 400
    assert "Choose one of those in the list." in page.text
    assert "Version 1, Live" in page.text


def test_where_nothing_differs_the_page_says_so(desk, signed_in):
    same = next_draft(live(desk.writer, desk.reviewer), desk.writer)
    client = signed_in(desk.writer)

    assert "Nothing differs: all" in page_of(client, same).text
    assert "Nothing has changed since live." in client.get(url(same).replace("//", "/")).text


def test_where_there_is_nothing_to_compare_the_page_says_so(desk, signed_in, changed):
    client = signed_in(desk.writer)
    shown = Lesson.objects.get(slug="the-funny-photo").live_version

    assert "This is the only version." in page_of(client, a_draft(desk.writer, slug="another")).text
    assert "This is the version that readers see." in page_of(client, shown).text
    services.retire_item(actor=desk.reviewer, identity=changed.lesson, reason="Out of date.")
    assert "No version is live." in page_of(client, changed).text


def test_a_guide_is_compared_too(desk, signed_in):
    draft = next_draft(
        make_live(a_guide_draft(desk.writer)), desk.writer, summary="What to notice, and what to do now."
    )

    assert '<ins><span class="hush"> added: </span>now.<' in page_of(signed_in(desk.reviewer), draft).text


def test_the_version_page_counts_the_changes_and_leads_to_them(desk, signed_in, changed):
    page = signed_in(desk.reviewer).get(f"/desk/lessons/{changed.lesson.slug}/2/")

    assert "1 field changed since live." in page.text
    assert f'href="{url(changed, "changes")}"' in page.text


def test_what_waits_for_review_leads_to_its_changes_where_there_was_one_before(desk, signed_in, changed):
    services.submit_version(actor=desk.writer, version=changed)
    first = services.submit_version(actor=desk.writer, version=a_draft(desk.writer, slug="another"))
    html = signed_in(desk.reviewer).get("/desk/").text

    assert f'href="{url(changed, "changes")}"' in html
    assert f'href="{url(first, "changes")}"' not in html


def test_the_page_takes_as_many_queries_for_a_long_lesson_with_many_versions(desk, signed_in, changed):
    IllustrationFactory()
    few_activity = dataclasses.replace(lesson_content().activities[0], illustration="two-friends-talking")
    write_content(changed, lesson_content(activities=(few_activity,)))
    long = read_lesson(STARTER / "lessons" / "grooming-11-14.md")
    other = live(desk.writer, desk.reviewer, slug="long")
    many_activities = tuple(
        dataclasses.replace(one, illustration="two-friends-talking") for one in long.activities * 10
    )
    draft = next_draft(
        other,
        desk.writer,
        activities=many_activities,
        questions=long.questions * 8,
        sections=long.sections,
        vocabulary=long.vocabulary,
    )
    client = signed_in(desk.reviewer)
    counts = []
    for version in (changed, draft):
        with CaptureQueriesContext(connection) as queries:
            assert page_of(client, version).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10


def test_a_guides_page_takes_as_many_queries_too(desk, signed_in, django_assert_max_num_queries):
    client = signed_in(desk.writer)
    first = make_live(GuideVersionFactory())
    for version in (
        GuideVersionFactory(guide=first.guide, number=2),
        next_draft(make_live(a_guide_draft(desk.writer)), desk.writer),
    ):
        with django_assert_max_num_queries(10):
            assert page_of(client, version).status_code == 200
