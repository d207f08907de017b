"""Several rows of the library at once: the same rules as one by one, and one that fails stops no other."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.editorial.enums import Kind
from lessons.editorial.errors import NotAllowed, WrongStatus
from lessons.editorial.services.bulk import Seen, approve_in_bulk, publish_in_bulk, retire_in_bulk, set_owner_in_bulk
from lessons.library.enums import State
from lessons.library.models import Lesson, LessonVersion
from safeguarding.audit.models import AuditEntry

from .builders import a_draft, a_guide_draft, in_review, item_of, live

URL = "/desk/bulk/"


def seen(version, live_number=0):
    kind = Kind.LESSONS if isinstance(version, LessonVersion) else Kind.GUIDES
    return Seen(kind, version.identity.slug, version.number, live_number)


def value(version, live_number=0):
    one = seen(version, live_number)
    return f"{one.kind}/{one.slug}/{one.number}/{one.live_number}"


def approved(desk, **changes):
    version = in_review(desk.writer, **changes)
    return services.approve_version(actor=desk.reviewer, version=version, number=version.number)


def states(*versions):
    return [type(version)._default_manager.get(pk=version.pk).state for version in versions]


# --- services ---------------------------------------------------------------


def test_each_item_meets_the_same_rules_and_a_refused_one_stops_no_other(desk):
    good = in_review(desk.writer, slug="good")
    own = in_review(desk.both, slug="own")
    draft = a_draft(desk.writer, slug="draft")
    guide = services.submit_version(actor=desk.writer, version=a_guide_draft(desk.writer))
    gone = Seen(Kind.LESSONS, "gone", 1, 0)

    told = approve_in_bulk(actor=desk.both, items=[seen(own), seen(draft), gone, seen(good), seen(guide)])

    assert [type(one.error) for one in told] == [NotAllowed, WrongStatus, WrongStatus, type(None), type(None)]
    assert states(own, draft, good, guide) == [State.IN_REVIEW, State.DRAFT, State.APPROVED, State.APPROVED]
    assert AuditEntry.objects.filter(action="approved").count() == 2


def test_what_is_published_is_the_version_that_was_on_the_screen(desk):
    version = approved(desk)
    services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")

    (told,) = publish_in_bulk(actor=desk.reviewer, items=[seen(version)])
    assert "Version 2 is there by now; on your screen it was version 1" in str(told.error)
    assert item_of(version).live_version is None


def test_a_newer_version_than_the_one_on_the_screen_is_not_approved(desk):
    version = in_review(desk.writer)
    draft = services.return_version(actor=desk.reviewer, version=version, reason="Shorter.")
    again = services.submit_version(actor=desk.writer, version=draft)

    (told,) = approve_in_bulk(actor=desk.reviewer, items=[seen(version)])
    assert isinstance(told.error, WrongStatus)
    assert states(again) == [State.IN_REVIEW]


def test_what_is_retired_is_what_was_live_on_the_screen(desk):
    first = live(desk.writer, desk.reviewer)
    second = live(desk.writer, desk.reviewer)
    (told,) = retire_in_bulk(actor=desk.reviewer, items=[seen(second, live_number=first.number)], reason="Old.")
    assert "Version 2 is live by now; on your screen it was version 1" in str(told.error)

    (told,) = retire_in_bulk(actor=desk.reviewer, items=[seen(second, live_number=2)], reason="Old.")
    assert told.is_done
    assert item_of(second).live_version is None


@pytest.mark.parametrize("reason", ["", "  "])
def test_retiring_in_bulk_needs_a_reason_too(desk, reason):
    version = live(desk.writer, desk.reviewer)

    (told,) = retire_in_bulk(actor=desk.reviewer, items=[seen(version, 1)], reason=reason)
    assert "Say why" in str(told.error)
    assert item_of(version).live_version == version


@pytest.mark.parametrize("who", ["writer", "operator", "stranger"])
def test_a_bulk_action_is_for_those_who_have_the_role(desk, who):
    waiting, ready, shown = in_review(desk.writer, slug="a"), approved(desk, slug="b"), live(desk.writer, desk.reviewer)
    person = getattr(desk, who)

    told = [
        *approve_in_bulk(actor=person, items=[seen(waiting)]),
        *publish_in_bulk(actor=person, items=[seen(ready)]),
        *retire_in_bulk(actor=person, items=[seen(shown, 1)], reason="Old."),
    ]
    assert [type(one.error) for one in told] == [NotAllowed] * 3
    assert states(waiting, ready, shown) == [State.IN_REVIEW, State.APPROVED, State.LIVE]


def test_whatever_fails_at_one_item_the_others_are_still_done_and_it_is_told(desk, monkeypatch, caplog):
    first, second, third = (approved(desk, slug=slug) for slug in ("first", "second", "third"))
    real = AuditEntry.save

    def fail_once(entry, *args, **kwargs):
        if entry.object_id == second.lesson_id:
            raise OSError("The disk is full.")
        return real(entry, *args, **kwargs)

    monkeypatch.setattr(AuditEntry, "save", fail_once)
    told = publish_in_bulk(actor=desk.reviewer, items=[seen(first), seen(second), seen(third)])

    assert [one.is_done for one in told] == [True, False, True]
    assert "nothing of it was changed" in str(told[1].error)
    assert states(first, second, third) == [State.LIVE, State.APPROVED, State.LIVE]
    assert "lessons/second" in caplog.text


def test_each_item_is_recorded_on_its_own(desk):
    versions = [approved(desk, slug=slug) for slug in ("first", "second")]
    publish_in_bulk(actor=desk.reviewer, items=[seen(version) for version in versions])

    assert set(AuditEntry.objects.filter(action="published").values_list("object_id", "actor_id")) == {
        (version.lesson_id, desk.reviewer.pk) for version in versions
    }


def test_who_looks_after_several_is_chosen_at_once(desk):
    versions = [a_draft(desk.writer, slug=slug) for slug in ("first", "second")]
    told = set_owner_in_bulk(actor=desk.reviewer, items=[seen(version) for version in versions], owner=desk.second)

    assert all(one.is_done for one in told)
    assert set(Lesson.objects.values_list("owner", flat=True)) == {desk.second.pk}


# --- pages ------------------------------------------------------------------


def press(client, action, *values, **more):
    return client.post(URL, {"action": action, "item": values, **more})


def test_the_library_can_be_ticked_and_offers_what_the_person_may_do(desk, signed_in):
    version = live(desk.writer, desk.reviewer)
    page = signed_in(desk.reviewer).get("/desk/")

    assert f'form="bulk" name="item" value="{value(version, 1)}" aria-label="Tick The funny photo"' in page.text
    for who, offered in (("reviewer", "approve publish retire owner"), ("writer", "owner export")):
        actions = signed_in(getattr(desk, who)).get("/desk/").context["bulk_actions"]
        assert [action for action, _ in actions] == offered.split()


def test_nothing_happens_before_the_numbers_were_confirmed(desk, signed_in):
    version = approved(desk)
    client = signed_in(desk.reviewer)
    ask = press(client, "publish", value(version))

    assert ask.status_code == 200
    assert "lesson, version 1" in ask.text
    assert f'name="item" value="{value(version)}"' in ask.text
    assert states(version) == [State.APPROVED]
    done = press(client, "publish", value(version), sure="1")
    assert (done.status_code, "1 done" in done.text) == (200, True)
    assert states(version) == [State.LIVE]


def test_the_page_that_asks_says_what_will_be_left(desk, signed_in):
    ready, draft, shown = approved(desk, slug="a"), a_draft(desk.writer, slug="b"), live(desk.writer, desk.reviewer)
    old = seen(draft)
    client = signed_in(desk.reviewer)
    ask = press(
        client, "publish", value(ready), value(draft), value(shown, 1), f"lessons/{old.slug}/7/0", "guides/x/1/0"
    )

    assert "Publish: 1 of 5 lessons or guides" in ask.text
    for why in ("It is “draft”, so", "It is “live”, so", "Version 1 is there by now.", "It is no longer there."):
        assert why in ask.text
    none = press(client, "retire", value(draft))
    assert "Nothing of it is live." in none.text
    assert "Retire these" not in none.text


def test_what_was_retired_goes_live_again_only_after_it_was_said(desk, signed_in):
    version = live(desk.writer, desk.reviewer)
    services.retire_item(actor=desk.reviewer, identity=version.identity, reason="Old.")

    assert "goes live again" in press(signed_in(desk.reviewer), "publish", value(version)).text


def test_the_answer_lists_done_and_refused_each_with_its_sentence_and_link(desk, signed_in):
    good, draft = approved(desk, slug="good"), a_draft(desk.writer, slug="draft")
    answer = press(signed_in(desk.reviewer), "publish", value(good), value(draft), sure="1")

    assert answer.status_code == 200
    assert "1 done, 1 refused" in answer.text
    assert 'href="/desk/lessons/draft/"' in answer.text
    assert "This step is for a version that is" in answer.text


def test_where_all_is_refused_the_answer_is_a_refusal(desk, signed_in):
    own = in_review(desk.both)

    assert press(signed_in(desk.both), "approve", value(own), sure="1").status_code == 403
    assert press(signed_in(desk.both), "publish", value(own), sure="1").status_code == 409


def test_all_on_this_page_needs_no_script(desk, signed_in):
    first, second = approved(desk, slug="first"), approved(desk, slug="second")
    data = {"action": "publish", "all": "on", "listed": [value(first), value(second)], "item": [value(first)]}
    ask = signed_in(desk.reviewer).post(URL, data)

    assert ask.text.count('name="item"') == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"action": "publish"}, "Nothing is ticked"),
        ({"action": "publish", "item": ["lessons/a/²/0"]}, "cannot be read"),
        ({"action": "publish", "item": ["users/a/1/0"]}, "cannot be read"),
        ({"action": "publish", "item": [f"lessons/a-{n}/1/0" for n in range(101)]}, "At most 100"),
        ({"action": "burn", "item": ["lessons/a/1/0"]}, "Choose what is to be done"),
        ({"item": ["lessons/a/1/0"]}, "Choose what is to be done"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(desk, signed_in, data, why):
    answer = signed_in(desk.reviewer).post(URL, data)

    assert answer.status_code == 400
    assert why in answer.text


@pytest.mark.parametrize(
    ("who", "action", "status"),
    [
        ("writer", "publish", 403),
        ("writer", "approve", 403),
        ("writer", "retire", 403),
        ("reviewer", "export", 403),
        ("operator", "owner", 403),
        ("stranger", "owner", 403),
        (None, "owner", 302),
    ],
)
def test_the_page_is_for_those_who_have_the_role(desk, signed_in, client, who, action, status):
    version = live(desk.writer, desk.reviewer)
    presser = signed_in(getattr(desk, who)) if who else client

    answer = press(presser, action, value(version, 1), sure="1", reason="Old.", owner="")
    assert answer.status_code == status
    assert states(version) == [State.LIVE]
    assert item_of(version).owner == desk.writer


def test_it_is_a_button_and_no_link(desk, signed_in):
    assert signed_in(desk.reviewer).get(URL).status_code == 405


def test_retiring_asks_for_the_reason_and_keeps_the_ticks(desk, signed_in):
    version = live(desk.writer, desk.reviewer)
    client = signed_in(desk.reviewer)
    ask = press(client, "retire", value(version, 1), sure="1", reason=" ")
    assert ask.status_code == 400
    assert "Say why, so that others can follow it later." in ask.text
    assert f'name="item" value="{value(version, 1)}"' in ask.text

    press(client, "retire", value(version, 1), sure="1", reason="Out of date.")
    assert AuditEntry.objects.get(action="retired").reason == "Out of date."


def test_an_owner_is_chosen_from_the_desk(desk, signed_in):
    version = live(desk.writer, desk.reviewer)
    client = signed_in(desk.reviewer)

    assert press(client, "owner", value(version), sure="1", owner=str(desk.stranger.pk)).status_code == 400
    press(client, "owner", value(version), sure="1", owner=str(desk.second.pk))
    assert item_of(version).owner == desk.second


def test_what_is_ticked_is_exported_as_a_package(desk, signed_in):
    version = live(desk.writer, desk.reviewer)
    live(desk.writer, desk.reviewer, slug="not-ticked")
    answer = press(signed_in(desk.writer), "export", value(version, 1), sure="1")

    assert answer["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "lessons/the-funny-photo.md" in names
    assert not any("not-ticked" in name for name in names)


def test_the_page_that_asks_takes_as_many_queries_for_many(desk, signed_in):
    few = [value(approved(desk, slug="first"))]
    many = [*few, *(value(a_draft(desk.writer, slug=f"more-{n}")) for n in range(10))]
    client = signed_in(desk.reviewer)
    counts = []
    for values in (few, many):
        with CaptureQueriesContext(connection) as queries:
            press(client, "publish", *values)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
