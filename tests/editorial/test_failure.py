"""Whatever fails in the middle of a step, nothing half is left: every row is as it was."""

import datetime

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.utils import timezone

from lessons.editorial import services
from lessons.editorial.checks import check, load_reference
from lessons.editorial.models import Comment
from lessons.editorial.parts import Part, token_of
from lessons.editorial.queries.warnings import judged_warnings
from lessons.library.content import TermContent
from lessons.library.enums import TermClass
from lessons.library.models import GlossaryTerm
from lessons.library.store import content_of

from .builders import a_draft, item_of, live

APPS = ("library", "editorial", "audit")


def everything():
    """Every row that a step could touch."""
    return {
        model._meta.label: serialize("json", model._default_manager.order_by("pk"))
        for app in APPS
        for model in apps.get_app_config(app).get_models()
    }


@pytest.fixture
def versions(desk):
    """A live version 1, and a version 2 with a warning and an open comment, as far as the step needs it."""
    GlossaryTerm.objects.create(term="sexting", forms="sexting", term_class=TermClass.CARE, reason="It is imprecise.")
    live(desk.writer, desk.reviewer)
    draft = a_draft(desk.writer)
    changes = {"vocabulary": (TermContent("permission", "sexting is named here"),)}
    token = token_of(content_of(draft), Part.OBJECTIVES)
    services.save_part(actor=desk.writer, version=draft, part=Part.OBJECTIVES, token=token, changes=changes)
    services.add_comment(actor=desk.reviewer, version=draft, spot="basics/Title", text="Shorter.")
    return draft


def _key(version):
    content = content_of(version)
    return judged_warnings(version, content, check(content, load_reference()))[0].key


STEPS = {
    "submit": lambda desk, v: services.submit_version(actor=desk.writer, version=v, change_note="New."),
    "comment": lambda desk, v: services.add_comment(actor=desk.reviewer, version=v, spot="text/Script", text="No."),
    "done": lambda desk, v: services.resolve_comments(
        actor=desk.writer, version=v, comments=list(Comment.objects.values_list("pk", flat=True))
    ),
    "accept": lambda desk, v: services.accept_warning(actor=desk.reviewer, version=v, key=_key(v), reason="Known."),
    "approve": lambda desk, v: services.approve_version(actor=desk.reviewer, version=v, number=2),
    "publish": lambda desk, v: services.publish_version(actor=desk.reviewer, version=v),
    "schedule": lambda desk, v: services.schedule_version(
        actor=desk.reviewer, version=v, live_from=timezone.now() + datetime.timedelta(days=1)
    ),
    "return": lambda desk, v: services.return_version(actor=desk.reviewer, version=v, reason="Shorter."),
    "withdraw": lambda desk, v: services.withdraw_item(actor=desk.reviewer, identity=item_of(v), reason="A link."),
    "retire": lambda desk, v: services.retire_item(actor=desk.reviewer, identity=item_of(v), reason="Old."),
}
BEFORE = {
    "submit": (),
    "comment": ("submit",),
    "done": ("submit",),
    "accept": ("submit",),
    "approve": ("submit", "accept"),
    "publish": ("submit", "accept", "approve"),
    "schedule": ("submit", "accept", "approve"),
    "return": ("submit",),
    "withdraw": (),
    "retire": (),
}
AUDIT = "safeguarding.audit.models.AuditEntry.save"
VERSION = "lessons.library.models.LessonVersion.save"
BROKEN = {
    "submit": [AUDIT, VERSION],
    "comment": [AUDIT, "lessons.editorial.models.Comment.save"],
    "done": [AUDIT, "lessons.editorial.models.Comment.save"],
    "accept": [AUDIT, "lessons.editorial.models.AcceptedWarning.save"],
    "approve": [AUDIT, VERSION],
    "publish": [AUDIT, VERSION],
    "schedule": [AUDIT, VERSION],
    "return": [
        AUDIT,
        VERSION,
        "lessons.editorial.services.writing.write_content",
        "lessons.editorial.services.review.carry_comments",
    ],
    "withdraw": [AUDIT, "lessons.editorial.services.publishing._forget_plan"],
    "retire": [AUDIT, VERSION],
}


@pytest.mark.parametrize(("step", "broken"), [(step, where) for step, places in BROKEN.items() for where in places])
def test_a_step_that_fails_leaves_every_row_as_it_was_and_tells_nobody(
    desk, versions, monkeypatch, mailoutbox, django_capture_on_commit_callbacks, step, broken
):
    for earlier in BEFORE[step]:
        STEPS[earlier](desk, versions)
    before = everything()

    def fail(*args, **kwargs):
        raise OSError("The disk is full.")

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(broken, fail)
        with pytest.raises(OSError, match="disk"):
            STEPS[step](desk, versions)

    assert everything() == before
    assert mailoutbox == []
    STEPS[step](desk, versions)  # and it can be taken again
    assert everything() != before
