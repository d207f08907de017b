import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.editorial import services
from lessons.editorial.parts import Part, token_of
from lessons.editorial.services import starter
from lessons.library.enums import State
from lessons.library.models import AgeBand, Guide, HelpService, Lesson, LessonVersion, Unit
from lessons.library.queries import help_for, school_words
from lessons.library.starter_files import STARTER
from lessons.library.store import content_of
from lessons.library.yaml_lines import StarterError
from safeguarding.audit.models import AuditEntry
from tests.factories import UserFactory

from .builders import GUIDE, LESSON, change

pytestmark = pytest.mark.django_db


def retitle(folder: Path, title: str) -> None:
    path = folder / "lessons" / f"{LESSON}.md"
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("title:"))
    change(path, line, f"title: {title}")


def test_a_lesson_and_a_guide_are_live_once_they_are_loaded(folder):
    report = starter.load_starter(folder)

    assert (report.added, report.updated, report.kept, report.same) == ([LESSON, GUIDE], [], [], [])
    assert Lesson.objects.get().live_version.state == State.LIVE
    assert Guide.objects.get().live_version.state == State.LIVE
    assert set(AuditEntry.objects.values_list("action", "actor_name")) == {("loaded", "Starter library")}


def test_loading_again_changes_nothing(folder):
    starter.load_starter(folder)
    versions = list(LessonVersion.objects.values())
    report = starter.load_starter(folder)

    assert (report.added, report.updated, report.kept, report.same) == ([], [], [], [LESSON, GUIDE])
    assert set(report.reference) == {"same"}
    assert list(LessonVersion.objects.values()) == versions


def test_a_changed_file_becomes_a_new_version_and_the_old_one_stays(folder):
    starter.load_starter(folder)
    retitle(folder, "Ask first")
    report = starter.load_starter(folder)

    assert report.updated == [LESSON]
    assert [(v.number, v.state) for v in Lesson.objects.get().versions.all()] == [(2, "live"), (1, "retired")]
    assert Lesson.objects.get().live_version.title == "Ask first"


def test_a_draft_that_an_editor_wrote_is_kept(folder):
    starter.load_starter(folder)
    editor = UserFactory(is_editor=True)
    draft = services.start_draft(actor=editor, identity=Lesson.objects.get())
    token = token_of(content_of(draft), Part.BASICS)
    services.save_part(actor=editor, version=draft, part=Part.BASICS, token=token, changes={"title": "Ours"})
    retitle(folder, "Theirs")
    report = starter.load_starter(folder)

    assert report.kept == [LESSON]
    assert Lesson.objects.get().versions.first().title == "Ours"


def test_what_a_reviewer_retired_does_not_come_back(folder):
    starter.load_starter(folder)
    reviewer = UserFactory(is_reviewer=True)
    services.retire_item(actor=reviewer, identity=Lesson.objects.get(), reason="Not for us.")
    retitle(folder, "Back again")
    report = starter.load_starter(folder)

    assert report.kept == [LESSON]
    assert Lesson.objects.get().live_version is None


def test_a_help_service_that_an_operator_corrected_is_kept(folder):
    starter.load_starter(folder)
    service = HelpService.objects.first()
    service.phone = "0800 000 000"
    service.save()
    starter.load_starter(folder)

    service.refresh_from_db()
    assert service.phone == "0800 000 000"


def no_front_matter(path: Path) -> None:
    path.write_text("Just text.\n", encoding="utf-8")


def unknown_topic(path: Path) -> None:
    change(path, "topic: image-sharing", "topic: nothing")


def unknown_heading(path: Path) -> None:
    change(path, "## Starter", "## Beginning")


def misspelt_key(path: Path) -> None:
    change(path, "summary:", "sumary:")


def no_findings(path: Path) -> None:
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("findings:"))
    change(path, line, "findings: []")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (no_front_matter, "front matter"),
        (unknown_topic, "no topic “nothing”"),
        (unknown_heading, "“Beginning” is not a section"),
        (misspelt_key, "“summary” is missing"),
        (no_findings, "cannot be published"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_loaded(folder, damage: Callable[[Path], None], reason):
    path = folder / "lessons" / f"{LESSON}.md"
    damage(path)

    with pytest.raises(StarterError) as refused:
        starter.load_starter(folder)

    assert refused.value.path == path
    assert refused.value.line >= 1
    assert reason in refused.value.reason
    assert not HelpService.objects.exists()
    assert not Lesson.objects.exists()


def test_the_line_is_that_of_the_mistake(folder):
    path = folder / "lessons" / f"{LESSON}.md"
    wanted = path.read_text(encoding="utf-8").splitlines().index("## Starter") + 1
    unknown_heading(path)

    with pytest.raises(StarterError) as refused:
        starter.load_starter(folder)

    assert refused.value.line == wanted


def test_the_command_says_which_file_and_that_nothing_was_loaded(folder, monkeypatch):
    no_front_matter(folder / "guides" / f"{GUIDE}.md")
    monkeypatch.setattr(
        "lessons.editorial.management.commands.load_starter.load_starter", lambda: starter.load_starter(folder)
    )

    with pytest.raises(CommandError, match=rf"{GUIDE}\.md, line 1: .* Nothing was loaded\."):
        call_command("load_starter")


def test_lessons_are_put_into_their_unit_in_order(folder):
    shutil.copy(STARTER / "lessons" / "asking-before-a-photo-7-9.md", folder / "lessons" / "asking-again-7-9.md")
    change(folder / "lessons" / "asking-again-7-9.md", f"slug: {LESSON}", "slug: asking-again-7-9")
    unit = (
        "- slug: photos-7-9\n  title: Photos\n  summary: Two lessons.\n  topic: image-sharing\n  band: 7-9\n"
        f"  lessons: [{LESSON}, asking-again-7-9]\n"
    )
    (folder / "units.yaml").write_text(unit, encoding="utf-8")
    starter.load_starter(folder)

    assert list(Unit.objects.get().places.values_list("lesson__slug", flat=True)) == [LESSON, "asking-again-7-9"]
    assert starter.load_starter(folder).reference.keys() == {"same"}


@pytest.mark.parametrize(
    ("lessons", "topic", "reason"),
    [
        (f"[{LESSON}]", "image-sharing", "two to four lessons"),
        (f"[{LESSON}, no-such-lesson]", "image-sharing", "no lesson “no-such-lesson”"),
        (f"[{LESSON}, {LESSON}]", "image-sharing", "stands here twice"),
        (f"[{LESSON}, {LESSON}]", "grooming", "another topic or age band"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused_and_nothing_is_loaded(folder, lessons, topic, reason):
    unit = f"- slug: a-unit\n  title: A\n  summary: B.\n  topic: {topic}\n  band: 7-9\n  lessons: {lessons}\n"
    (folder / "units.yaml").write_text(unit, encoding="utf-8")

    with pytest.raises(StarterError, match=reason):
        starter.load_starter(folder)
    assert not Lesson.objects.exists()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("glossary.yaml", "class: avoid", "class: nonsense"),
        ("services.yaml", "serves: child", "serves: everybody"),
        ("frameworks.yaml", "in_force_from: 2026-09-01", "in_force_from: soon"),
        ("bands.yaml", "age_from: 5", "age_from: -5"),
        ("findings.yaml", "code: F02", "code: F01"),
        ("findings.yaml", "code: F01", "code: F 1"),
        ("countries.yaml", "part_of: GB", "part_of: XX"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(folder, file, old, new):
    change(folder / file, old, new)

    with pytest.raises(StarterError) as refused:
        starter.load_starter(folder)
    assert (refused.value.path.name, refused.value.line > 1) == (file, True)


def test_a_file_that_is_missing_or_no_text_is_refused(folder):
    (folder / "topics.yaml").write_bytes("caf\xe9".encode("latin-1"))
    with pytest.raises(StarterError, match="not UTF-8"):
        starter.load_starter(folder)
    (folder / "topics.yaml").unlink()
    with pytest.raises(StarterError, match="missing"):
        starter.load_starter(folder)


def test_a_help_service_that_an_operator_took_away_stays_away(folder):
    starter.load_starter(folder)
    HelpService.objects.get(slug="meic").delete()

    assert starter.load_starter(folder).reference["kept"] == 1
    assert not HelpService.objects.filter(slug="meic").exists()


def test_a_drawing_that_is_not_among_the_files_is_refused(folder):
    (folder / "illustrations.yaml").write_text("- slug: no-such-drawing\n  title: A\n  alt_text: B\n", encoding="utf-8")

    with pytest.raises(StarterError, match=r"“no-such-drawing\.svg” is missing"):
        starter.load_starter(folder)


def test_an_activity_with_a_drawing_that_there_is_not_is_refused(folder):
    path = folder / "lessons" / f"{LESSON}.md"
    text = re.sub(r"\n    illustration: .*", "", path.read_text(encoding="utf-8"))
    path.write_text(re.sub(r"(\n    minutes: \d+)", r"\1\n    illustration: nothing", text, count=1), encoding="utf-8")

    with pytest.raises(StarterError, match="no drawing “nothing”"):
        starter.load_starter(folder)


def test_each_country_has_its_own_words_for_an_age_band(folder):
    starter.load_starter(folder)
    band = AgeBand.objects.get(slug="11-14")

    for country, words in {
        "GB-ENG": "Key stage 3, Years 7 to 9",
        "GB-SCT": "Third and fourth level, S1 to S3",
        "IE": "Junior Cycle, 1st to 3rd year",
        "US": "Middle school, Grades 6 to 8",
    }.items():
        assert school_words(country).band(band.pk) == words
    assert school_words("XX").band(band.pk) == ""


def test_a_nation_has_the_services_of_its_country_and_its_own(folder):
    starter.load_starter(folder)

    def names(country):
        return sorted(service.name for service in help_for(country, reader="child").services)

    for nation in ("GB", "GB-ENG", "GB-SCT", "GB-NIR"):
        assert names(nation) == names("GB")
    assert names("GB-WLS") == sorted([*names("GB"), "Meic"])


def test_the_real_starter_library_loads_whole_and_again_without_a_change():
    out = StringIO()
    call_command("load_starter", stdout=out)

    assert Lesson.objects.live().count() >= 40
    assert Guide.objects.live().for_parents().count() >= 18
    assert Guide.objects.live().for_staff().count() >= 6
    again = starter.load_starter()
    assert [again.added, again.updated, again.kept] == [[], [], []]
    assert again.reference.keys() == {"same"}
