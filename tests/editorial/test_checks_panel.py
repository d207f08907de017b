"""The checks beside the text: of what is typed, without saving any of it."""

import dataclasses

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.editorial import services
from lessons.editorial.checks import check, load_reference
from lessons.editorial.forms.as_typed import content_as_typed
from lessons.editorial.forms.objectives import ObjectivesEditor
from lessons.editorial.forms.question import QuestionEditor
from lessons.editorial.forms.text import TextEditor
from lessons.editorial.queries.warnings import judged_warnings
from lessons.library.content import TermContent
from lessons.library.enums import TermClass
from lessons.library.models import GlossaryTerm
from lessons.library.starter_files import STARTER, read_lesson
from lessons.library.store import content_of, write_content
from tests.factories import AgeBandFactory, TopicFactory

from .builders import a_draft, a_guide_draft, a_reference, in_review, lesson_content
from .pages import filled, url

SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
LESSON_FORMS = ("basics", "text", "objectives", "evidence", "activities/1", "questions/1")


def checked(client, version, form, **typed):
    """What the page's own script is answered when the form is sent as it is, but for what was typed."""
    data = {**filled(client, url(version, form)), **typed}
    return client.post(url(version, f"{form}/check"), data, **SCRIPT)


@pytest.mark.parametrize("form", LESSON_FORMS)
def test_a_form_that_is_as_saved_finds_what_the_version_page_finds_and_saves_nothing(desk, signed_in, form):
    draft = a_draft(desk.writer, summary="")
    before = content_of(draft)
    client = signed_in(desk.writer)
    response = checked(client, draft, form)
    panel = response.context["panel"]
    overview = client.get(url(draft, "").replace("//", "/")).context["page"]

    assert response.status_code == 200
    assert (panel.blocking, panel.warnings, panel.figures) == (overview.blocking, overview.warnings, overview.figures)
    assert panel.blocking == 1
    assert content_of(draft) == before
    assert "<form" not in response.content.decode()


@pytest.mark.parametrize("form", ["basics", "text", "evidence"])
def test_a_guide_is_checked_too(desk, signed_in, form):
    panel = checked(signed_in(desk.writer), a_guide_draft(desk.writer), form).context["panel"]

    assert panel.blocking == 0
    assert panel.figures.minutes is None


def test_what_is_typed_is_checked_with_a_link_to_its_field_and_the_figures_change(desk, signed_in):
    draft = a_draft(desk.writer)
    minutes = content_of(draft).minutes
    response = checked(signed_in(desk.writer), draft, "text", starter="", starter_minutes="7")
    panel, html = response.context["panel"], response.content.decode()
    stays = content_of(draft)

    assert [line.url for line in panel.here.problems] == ["#id_starter"]
    assert 'href="#id_starter"' in html
    assert "Starter: This section is empty." in html
    assert panel.figures.minutes == minutes + 2
    assert "1 thing must be mended." in html
    assert stays.sections["starter"].minutes == 5


def test_what_another_part_lacks_is_led_to(desk, signed_in):
    draft = a_draft(desk.writer, summary="", vocabulary=())
    panel = checked(signed_in(desk.writer), draft, "text").context["panel"]

    assert panel.here is None
    assert [line.url for group in panel.elsewhere for line in group.problems] == [
        url(draft, "basics") + "#id_summary",
        url(draft, "objectives") + "#id_vocabulary",
    ]


def test_of_several_activities_the_one_that_is_written_is_here(desk, signed_in):
    content = lesson_content()
    first, second = (dataclasses.replace(activity, minutes=0) for activity in content.activities)
    draft = a_draft(desk.writer, activities=(first, second))
    panel = checked(signed_in(desk.writer), draft, "activities/2").context["panel"]

    assert [line.message for line in panel.here.problems] == ["Activity 2: It has no minutes."]
    assert [line.url for line in panel.here.problems] == ["#id_minutes"]
    assert [line.url for g in panel.elsewhere for line in g.problems] == [url(draft, "activities/1") + "#id_minutes"]


def test_a_form_that_could_not_be_saved_is_checked_as_far_as_it_can_be_read(desk, signed_in):
    draft = a_draft(desk.writer)
    response = checked(signed_in(desk.writer), draft, "basics", title="", summary="", check_minutes="many")
    panel = response.context["panel"]

    assert response.status_code == 200
    assert [error.url for error in panel.errors] == ["#id_title", "#id_check_minutes"]
    assert [line.url for line in panel.here.problems] == ["#id_summary"]
    assert panel.figures.minutes == content_of(draft).minutes
    assert "This cannot be saved as it stands." in response.content.decode()


def test_half_a_row_counts_as_it_is_typed(desk, signed_in):
    typed = {"objectives-0-learn": "Say no.", "objectives-0-can": ""}
    panel = checked(signed_in(desk.writer), a_draft(desk.writer), "objectives", **typed).context["panel"]

    assert [error.url for error in panel.errors] == ["#id_objectives-0-can"]
    assert [line.url for line in panel.here.problems] == ["#id_objectives-0-learn"]


def test_a_topic_and_a_band_that_are_not_saved_yet_are_what_is_checked(desk, signed_in):
    draft = a_draft(desk.writer)
    TopicFactory(slug="sextortion", least_age=11)
    AgeBandFactory(slug="7-9", age_from=7, age_to=9, reading_age_max=3)
    panel = checked(signed_in(desk.writer), draft, "basics", topic="sextortion", band="7-9").context["panel"]

    assert "#id_band" in [line.url for line in panel.here.problems]
    assert panel.figures.reading_age_most == 3


def test_a_warning_that_a_reviewer_accepted_is_quiet_until_its_text_changes(desk, signed_in):
    GlossaryTerm.objects.create(
        term="sexting", forms="sexting", term_class=TermClass.CARE, instead="sharing nudes", reason="It is imprecise."
    )
    version = in_review(desk.writer, vocabulary=(TermContent("permission", "sexting is named here"),))
    content = content_of(version)
    (warning,) = judged_warnings(version, content, check(content, load_reference()))
    services.accept_warning(actor=desk.reviewer, version=version, key=warning.key, reason="Pupils say it.")
    draft = services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")
    client = signed_in(desk.writer)
    as_it_was = checked(client, draft, "objectives").context["panel"]
    typed = {"vocabulary-0-meaning": "sexting is named here again"}
    changed = checked(client, draft, "objectives", **typed).context["panel"]

    assert (as_it_was.warnings, len(as_it_was.accepted), as_it_was.here) == (0, 1, None)
    assert (changed.warnings, changed.accepted) == (1, ())
    assert [line.url for line in changed.here.problems] == ["#id_vocabulary"]


def test_what_was_typed_is_never_run(desk, signed_in):
    evil = "<script>alert(1)</script>"
    typed = {"options-0-text": evil, "options-1-text": evil}
    html = checked(signed_in(desk.writer), a_draft(desk.writer), "questions/1", **typed).content.decode()

    assert "alert(1)" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("who", "status"), [("second", 200), ("reviewer", 403), ("operator", 403), ("stranger", 403), (None, 302)]
)
def test_only_editors_check_what_is_not_saved(desk, signed_in, client, who, status):
    draft = a_draft(desk.writer)
    data = filled(signed_in(desk.writer), url(draft, "text"))
    reader = signed_in(getattr(desk, who)) if who else client

    assert reader.post(url(draft, "text/check"), data, **SCRIPT).status_code == status


def test_checking_is_a_button_for_drafts(desk, signed_in):
    client, version = signed_in(desk.writer), in_review(desk.writer)
    address = url(version, "basics/check")
    for_script = client.post(address, {"title": "New"}, **SCRIPT)
    page = client.post(address, {"title": "New words of mine"})

    assert client.get(address).status_code == 405
    assert for_script.status_code == page.status_code == 409
    assert "no longer a draft" in for_script.content.decode()
    assert "New words of mine" in page.content.decode()


@pytest.mark.parametrize(
    ("build", "form", "status"),
    [(a_draft, "activities/9", 409), (a_draft, "questions/9", 409), (a_guide_draft, "objectives", 404)],
)
def test_what_is_not_there_is_not_checked(desk, signed_in, build, form, status):
    response = signed_in(desk.writer).post(url(build(desk.writer), f"{form}/check"), {}, **SCRIPT)

    assert response.status_code == status


@pytest.mark.parametrize("form", LESSON_FORMS)
def test_without_a_script_the_whole_page_comes_back_as_typed_and_can_be_saved(desk, signed_in, form):
    draft = a_draft(desk.writer)
    client = signed_in(desk.writer)
    field = {"text": "starter_minutes", "objectives": "objectives-0-learn", "questions/1": "text"}.get(form, "title")
    typed = {} if form == "evidence" else {field: "9"}
    data = {**filled(client, url(draft, form)), **typed}
    response = client.post(url(draft, f"{form}/check"), data)
    html = response.content.decode()

    assert response.status_code == 200
    assert "Checked, and not saved" in html
    assert f'action="{url(draft, form)}"' in html
    assert not typed or 'value="9"' in html or ">\n9</textarea>" in html
    assert client.post(url(draft, form), {**data, "token": response.context["token"]}).status_code == 302


def test_the_panel_of_what_is_saved_is_for_the_whole_desk(desk, signed_in, client):
    draft = a_draft(desk.writer, summary="")
    page = signed_in(desk.reviewer).get(url(draft, "checks"))

    assert page.context["panel"].blocking == 1
    assert url(draft, "basics") + "#id_summary" in page.content.decode()
    assert signed_in(desk.stranger).get(url(draft, "checks")).status_code == 403
    assert signed_in(desk.writer).post(url(draft, "checks")).status_code == 405
    assert client.get(url(draft, "checks")).status_code == 302


def test_it_takes_as_many_queries_however_long_the_lesson(desk, signed_in):
    short = a_draft(desk.writer)
    long = services.create_lesson(
        actor=desk.writer, slug="long", topic=short.lesson.topic, band=short.lesson.band, title="Long"
    )
    write_content(long, dataclasses.replace(read_lesson(STARTER / "lessons" / "grooming-11-14.md"), findings=("F101",)))
    client = signed_in(desk.writer)
    counts = []
    for draft in (short, long):
        data = filled(client, url(draft, "text")) | {"starter": '<p><a href="/lessons/">Lessons</a></p>'}
        with CaptureQueriesContext(connection) as taken:
            client.post(url(draft, "text/check"), data, **SCRIPT)
        counts.append(len(taken))

    assert counts[0] == counts[1] <= 16


CONTENT = lesson_content()
BUILDS = (TextEditor, ObjectivesEditor, lambda content, data=None: QuestionEditor(content, data, number=1))


def names_of(editor):
    forms = [*editor.forms, *(f for rows in editor.sets for f in (*rows.forms, rows.management_form))]
    return [field.html_name for form in forms for field in form]


JUNK = st.text(max_size=20) | st.sampled_from(["", "\x00", "-1", "9" * 20, "<p>Hello</p>", "on"])
TYPED = st.one_of(
    st.tuples(st.just(build), st.dictionaries(st.sampled_from(names_of(build(CONTENT))), JUNK, max_size=6))
    for build in BUILDS
)


@settings(max_examples=25, deadline=None)
@given(typed=TYPED)
def test_whatever_is_typed_can_be_checked(typed):
    build, fields = typed
    data = QueryDict(mutable=True)
    data.update({f.html_name: f.value() for rows in build(CONTENT).sets for f in rows.management_form})
    data.update(fields)
    content = content_as_typed(build(CONTENT, data))

    assert isinstance(check(content, a_reference()), list)
    assert content.slug == CONTENT.slug
