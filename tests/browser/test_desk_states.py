"""The pages of the desk with something on them, and what readers see of what was taken away, at every look."""

import datetime
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lessons.editorial import services
from lessons.editorial.comment_places import spots_of
from lessons.library.content import TermContent
from lessons.library.document_store import store_document
from lessons.library.enums import State, TermClass
from lessons.library.models import GlossaryTerm, Topic
from lessons.library.store import content_of
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_desk import sign_in
from tests.editorial.builders import a_guide_draft, in_review, item_of, live
from tests.factories import GuideVersionFactory, LessonVersionFactory, UserFactory
from tests.library.documents import pdf

LESSON, GUIDE = "/desk/lessons/the-funny-photo", "/desk/guides/sharing-photos"


@pytest.fixture
def world(transactional_db):
    """An item in each state, two of them with something to judge. The one who looks may do everything but approve."""
    writer = UserFactory(name="Wanda Writer", is_editor=True)
    chief = UserFactory(name="Cleo Chief", is_superuser=True, is_editor=True, is_reviewer=True)
    GlossaryTerm.objects.create(
        term="sexting", forms="sexting", term_class=TermClass.CARE, instead="sharing nudes", reason="It is imprecise."
    )
    lesson = item_of(live(writer, chief))
    services.archive_item(actor=chief, identity=lesson, reason="A newer one takes its place.")
    second = in_review(writer, title="The photo", vocabulary=(TermContent("permission", "sexting is named here"),))
    for spot in spots_of(content_of(second))[:2]:
        services.add_comment(actor=chief, version=second, spot=spot.value, text="Say it more shortly.")
    guide = services.submit_version(actor=writer, version=a_guide_draft(writer))
    guide = services.approve_version(actor=chief, version=guide, number=1)
    services.publish_version(actor=chief, version=guide)
    services.withdraw_item(actor=chief, identity=item_of(guide), reason="A number on it was wrong.")
    soon = timezone.now() + datetime.timedelta(days=2)
    LessonVersionFactory(status=State.APPROVED, lesson__slug="approved", lesson__topic=lesson.topic)
    for _ in range(7):
        GuideVersionFactory(status=State.APPROVED, live_from=soon, live_until=soon + datetime.timedelta(days=400))
    LessonVersionFactory(status=State.RETURNED, return_reason="Add a question.", lesson__slug="returned")
    LessonVersionFactory(lesson__slug="returned-next", author=chief, number=1)
    file = SimpleUploadedFile("worksheet.pdf", pdf()).file
    return chief, lesson, store_document(actor=chief, file=file, title="A worksheet")


def test_the_desk_is_in_order_in_every_state_and_at_every_look(person, axe, world) -> None:
    chief, lesson, document = world
    topic = Topic.objects.get(slug="image-sharing")
    page = sign_in(person(**DESKTOP), chief)
    paths = [
        "/desk/",
        "/desk/schedule/",
        f"{LESSON}/2/",
        f"{LESSON}/2/changes/",
        f"{LESSON}/2/comments/new/",
        f"{LESSON}/1/",
        f"{LESSON}/1/withdraw/",
        f"{LESSON}/1/plan/",
        f"{GUIDE}/1/",
        "/desk/lessons/approved/1/",
        "/desk/lessons/approved/1/plan/",
        "/desk/lessons/returned/1/",
        "/desk/documents/",
        "/desk/documents/new/",
        f"/desk/documents/{document.pk}/",
        "/desk/settings/topics/",
        f"/desk/settings/topics/{topic.pk}/",
        f"/desk/settings/topics/{topic.pk}/remove/",
        "/desk/settings/glossary/new/",
        "/desk/settings/people/",
        "/desk/settings/people/new/",
        f"/desk/settings/people/{chief.pk}/",
        f"/lessons/{lesson.slug}/",
        "/guidance/sharing-photos/",
    ]

    def look(path: str) -> None:
        for size, scheme in product((DESKTOP, PHONE), ("light", "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour on its way to another
            assert (path, size["width"], scheme, axe(page)) == (path, size["width"], scheme, [])
            assert (path, page.evaluate("document.documentElement.scrollWidth")) <= (path, size["width"])

    for path in paths:
        page.set_viewport_size(DESKTOP)
        page.goto(path)
        look(path)
    page.goto("/desk/")
    page.get_by_role("checkbox", name="All on this page").check()
    page.get_by_label("With what is ticked").select_option("retire")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", level=1).wait_for()
    assert "/desk/bulk/" in page.url
    look("what a bulk action would do")
