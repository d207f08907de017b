"""`check_library` reads the starter files and what is live, says what must be mended, and changes nothing."""

import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lessons.editorial import services
from lessons.editorial.services.library_check import check_library
from lessons.editorial.services.starter import load_starter
from lessons.library.models import Guide, HelpService, Lesson
from safeguarding.schools.models import Country
from tests.factories import UserFactory

from .builders import GUIDE, LESSON, change

pytestmark = pytest.mark.django_db


def problems(folder: Path) -> dict[str, list[str]]:
    """Places of what must be mended, by item."""
    return {
        item.name: [problem.place for problem in item.problems if problem.blocks]
        for item in check_library(folder).items
        if not item.is_sound
    }


def test_every_file_is_read_and_nothing_is_written(folder):
    report = check_library(folder)

    assert [item.name for item in report.items] == [f"lessons/{LESSON}.md", f"guides/{GUIDE}.md"]
    assert report.is_sound
    assert "minutes, reading ages: pupils 3." in report.items[0].facts
    assert not Country.objects.exists()
    assert not Lesson.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("topic: image-sharing", "topic: sextortion", "Age band"),
        ("topic: image-sharing", "topic: nothing", "Names"),
        ("[efacw-2020/privacy-and-security", "[efacw-2020/nothing", "Names"),
        ("### Starter (", "### Starter (1", "Script"),
        ("## Plenary\n", "## Plenary\n\nBeware of stranger danger.\n", "Plenary"),
        ("## Plenary\n", "## Plenary\n\nNearly 70% of children know this.\n", "Plenary"),
        ("title: Ask before you share a photo", f"title: {'Ask ' * 31}", "Title"),
        ("## Plenary\n", "## Plenary\n\n[Read on](/lessons/no-such-lesson/)\n", "Plenary"),
        ("## Plenary\n", "## Plenary\n\n![A bus](/media/images/a.webp)\n", "Plenary"),
    ],
)
def test_what_must_be_mended_is_named_by_item_and_place(folder, old, new, place):
    change(folder / "lessons" / f"{LESSON}.md", old, new)

    assert problems(folder) == {f"lessons/{LESSON}.md": [place]}


def test_files_may_link_to_one_another_before_they_are_live(folder):
    change(folder / "lessons" / f"{LESSON}.md", "## Script\n", f"## Script\n\n[For home](/guidance/{GUIDE}/)\n")

    assert problems(folder) == {}
    assert load_starter(folder).added == [LESSON, GUIDE]


def test_a_live_version_that_an_editor_wrote_is_read_too(folder):
    load_starter(folder)
    author, reviewer = UserFactory(is_editor=True), UserFactory(is_reviewer=True)
    draft = services.start_draft(actor=author, identity=Lesson.objects.get())
    version = services.submit_version(actor=author, version=draft)
    version = services.approve_version(actor=reviewer, version=version, number=version.number)
    version = services.publish_version(actor=reviewer, version=version)
    version.findings.clear()

    assert problems(folder) == {f"live: {LESSON}, version 2": ["Findings"]}


def test_a_retired_item_teaches_nothing_and_a_link_to_it_leads_nowhere(folder):
    change(folder / "lessons" / f"{LESSON}.md", "## Script\n", f"## Script\n\n[For home](/guidance/{GUIDE}/)\n")
    load_starter(folder)
    services.retire_item(actor=UserFactory(is_reviewer=True), identity=Guide.objects.get(), reason="Old.")

    assert problems(folder) == {f"lessons/{LESSON}.md": ["Script"]}
    services.retire_item(actor=UserFactory(is_reviewer=True), identity=Lesson.objects.get(), reason="Old.")
    assert "image-sharing, ages 7-9" in check_library(folder).gaps


@pytest.mark.parametrize(
    ("lessons", "sentence"),
    [
        (f"[{LESSON}]", "a unit has two to four lessons"),
        (f"[{LESSON}, no-such]", "no lesson “no-such”"),
        (f"[{LESSON}, {LESSON}]", "in a unit already"),
    ],
)
def test_what_is_wrong_with_a_unit_is_said(folder, lessons, sentence):
    unit = f"- slug: a\n  title: A\n  summary: B.\n  topic: image-sharing\n  band: 7-9\n  lessons: {lessons}\n"
    (folder / "units.yaml").write_text(unit, encoding="utf-8")
    report = check_library(folder)

    assert not report.is_sound
    assert any(sentence in wrong for wrong in report.units)


def test_services_findings_and_ages_that_want_attention_are_listed(folder):
    load_starter(folder)
    HelpService.objects.update(last_verified_on=timezone.localdate())
    HelpService.objects.filter(slug="childline").update(
        last_verified_on=timezone.localdate() - datetime.timedelta(days=366)
    )
    report = check_library(folder)

    assert report.to_verify == ["Childline"]
    assert "F02" in report.unused
    assert "F52" not in report.unused
    assert "image-sharing, ages 5-7" in report.gaps
    assert "image-sharing, ages 7-9" not in report.gaps
    assert "sextortion, ages 5-7" not in report.gaps


def test_the_command_ends_with_an_error_where_something_must_be_mended(folder, capsys):
    call_command("check_library", folder=folder)
    assert "2 lessons and guides are sound." in capsys.readouterr().out
    change(folder / "guides" / f"{GUIDE}.md", "## Signs to notice", "## Signs to notice\n\nA predator.")

    with pytest.raises(CommandError, match="1 of 2 lessons and guides must be mended"):
        call_command("check_library", folder=folder)
    assert "MUST BE MENDED  Signs to notice: “predator”" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_named_with_its_line(folder):
    change(folder / "guides" / f"{GUIDE}.md", "kind: topic", "kind: other")

    with pytest.raises(CommandError, match=rf"{GUIDE}\.md, line 2: .*“kind” is “other”"):
        call_command("check_library", folder=folder)


def test_with_more_words_it_tells_the_reading_age_of_every_item(folder, capsys):
    call_command("check_library", folder=folder, verbosity=2)

    assert f"guides/{GUIDE}.md: reading age 8." in capsys.readouterr().out


def test_the_starter_library_is_sound_and_whole():
    report = check_library()

    assert [item.name for item in report.items if not item.is_sound] == []
    assert report.gaps == []
    # They tell of scale or of one case, and nobody can act on them.
    assert report.unused == ["F03", "F48", "F54", "F61"]
