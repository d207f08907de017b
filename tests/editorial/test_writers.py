"""Who counts as a writer of a version: everybody who wrote since the item was last live, nobody who wrote before."""

import pytest

from lessons.editorial import rules, services
from lessons.editorial.errors import NotAllowed
from lessons.editorial.parts import Part, token_of
from lessons.library.store import content_of

from .builders import a_draft, item_of, live


def write(actor, version, title):
    token = token_of(content_of(version), Part.BASICS)
    return services.save_part(actor=actor, version=version, part=Part.BASICS, token=token, changes={"title": title})


def submitted(actor, version):
    return services.submit_version(actor=actor, version=version)


def approve(actor, version):
    return services.approve_version(actor=actor, version=version, number=version.number)


@pytest.mark.parametrize("who", ["both", "chief"])
def test_whoever_edited_it_since_it_was_last_live_cannot_approve_it_superusers_included(desk, who):
    """Even where a draft that goes on from theirs does not name them."""
    reviewer = getattr(desk, who)
    live(desk.writer, desk.reviewer)
    mine = submitted(desk.writer, write(reviewer, a_draft(desk.writer), "Mine"))
    draft = services.return_version(actor=desk.reviewer, version=mine, reason="Shorter.")
    draft.contributors.remove(reviewer)
    version = submitted(desk.writer, draft)

    with pytest.raises(NotAllowed, match="Somebody else"):
        approve(reviewer, version)
    approve(desk.reviewer, version)


def test_what_was_approved_and_never_came_out_counts_too(desk):
    live(desk.writer, desk.reviewer)
    version = submitted(desk.writer, write(desk.both, a_draft(desk.writer), "Mine"))
    approve(desk.reviewer, version)
    draft = services.return_version(actor=desk.reviewer, version=version, reason="Not yet.")
    draft.contributors.clear()
    later = submitted(desk.second, write(desk.second, draft, "Theirs"))

    with pytest.raises(NotAllowed):
        approve(desk.both, later)


def test_whoever_wrote_only_before_it_was_last_live_may_approve_it(desk):
    live(desk.both, desk.reviewer)
    version = submitted(desk.writer, write(desk.writer, a_draft(desk.writer), "Theirs"))

    assert desk.both.pk not in rules.writers_of(version)
    approve(desk.both, version)


def test_going_back_makes_nobody_a_writer_of_the_next(desk):
    first = live(desk.both, desk.reviewer)
    live(desk.writer, desk.reviewer)
    services.publish_version(actor=desk.reviewer, version=first)
    draft = services.start_draft(actor=desk.writer, identity=item_of(first))

    assert rules.writers_of(draft) == {desk.writer.pk}


def test_what_is_live_keeps_its_own_writers(desk):
    version = live(desk.both, desk.reviewer)

    assert rules.writers_of(version) == {desk.both.pk}


def test_the_writers_are_read_in_one_query(desk, django_assert_num_queries):
    live(desk.writer, desk.reviewer)
    version = submitted(desk.second, write(desk.both, a_draft(desk.writer), "Mine"))

    with django_assert_num_queries(1):
        assert rules.writers_of(version) == {desk.writer.pk, desk.second.pk, desk.both.pk}
