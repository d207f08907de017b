"""Translations in packages and in the starter library: tied to the same text on every site."""

import pytest

from lessons.editorial import services
from lessons.editorial.services.package_archive import read_archive, write_archive
from lessons.editorial.services.package_export import package_of
from lessons.editorial.services.packages import import_package, read_package
from lessons.editorial.services.starter import load_starter
from lessons.library.models import Guide, GuideVersion, Lesson, LessonVersion
from lessons.library.starter_files import checksum_of, parse_guide
from lessons.library.starter_writer import write_file
from lessons.library.store import content_of
from lessons.library.yaml_lines import StarterError

from .builders import GUIDE, a_guide_draft, change, live
from .test_translations import published

FILES = {"lessons/the-funny-photo.md", "lessons/the-funny-photo-cy.md"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def pair(desk):
    """A live lesson and its translation, live too."""
    source = live(desk.writer, desk.reviewer)
    draft = services.start_translation(actor=desk.writer, identity=source.lesson, language="cy")
    LessonVersion.objects.filter(pk=draft.pk).update(title="Y llun doniol")
    return source, published(desk, draft)


def outcome(report):
    told = [sorted(item.slug for item in items) for items in (report.new, report.changed, report.same)]
    return [*told, [str(refusal) for refusal in report.refused]]


def forget():
    LessonVersion.objects.update(translates=None)
    Lesson.objects.update(translation_of=None)
    for model in (LessonVersion, GuideVersion, Lesson, Guide):
        model.objects.all().delete()


def test_importing_an_export_changes_nothing(desk, pair):
    data = package_of(Lesson.objects.all())
    text = read_archive(data)["lessons/the-funny-photo-cy.md"].decode()

    assert "language: cy\ntranslation_of: the-funny-photo\ntranslates: {version: 1, checksum: " in text
    assert outcome(import_package(actor=desk.second, data=data)) == [
        [],
        [],
        ["the-funny-photo", "the-funny-photo-cy"],
        [],
    ]
    assert LessonVersion.objects.count() == 2
    assert package_of(Lesson.objects.all()) == data


def test_another_site_gets_both_as_drafts_tied_together(desk, pair):
    data = package_of(Lesson.objects.all())
    forget()

    assert outcome(read_package(data)) == [["the-funny-photo", "the-funny-photo-cy"], [], [], []]
    import_package(actor=desk.second, data=data)
    welsh = LessonVersion.objects.get(lesson__language="cy")
    assert (welsh.status, welsh.title) == ("draft", "Y llun doniol")
    assert welsh.lesson.translation_of.slug == "the-funny-photo"
    assert welsh.translates == LessonVersion.objects.get(lesson__slug="the-funny-photo")
    assert package_of(Lesson.objects.all(), newest=True) == data


def test_a_site_that_counts_otherwise_finds_the_text_and_not_the_number(desk, pair):
    source, welsh = pair
    draft = services.start_draft(actor=desk.writer, identity=source.lesson)
    LessonVersion.objects.filter(pk=draft.pk).update(title="Another title")
    data = package_of([welsh.lesson])
    LessonVersion.objects.filter(pk=source.pk).update(number=7)
    LessonVersion.objects.filter(pk=welsh.pk).update(translates=None)

    assert outcome(read_package(data)) == [[], ["the-funny-photo-cy"], [], []]
    import_package(actor=desk.second, data=data)
    assert LessonVersion.objects.get(lesson=welsh.lesson, number=2).translates_id == source.pk


def test_where_the_text_that_it_was_made_from_is_not_here_nobody_claims_that_it_is(desk, pair):
    source, welsh = pair
    data = package_of([welsh.lesson])
    LessonVersion.objects.filter(pk=source.pk).update(title="Says something else here")
    import_package(actor=desk.second, data=data)

    assert LessonVersion.objects.get(lesson=welsh.lesson, number=2).translates is None


def test_a_translation_alone_needs_its_source_here(desk, pair):
    data = package_of([pair[1].lesson])
    forget()

    assert outcome(read_package(data))[:3] == [[], [], []]
    assert "there is no lesson “the-funny-photo” that it could be a translation of" in str(
        read_package(data).refused[0]
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"language: cy", b"language: tlh", "“language” is “tlh”; use one of"),
        (b"language: cy", b"language: nl", "kind or language differ"),
        (b"language: cy\n", b"", "stands in the same language"),
        (b"translation_of: the-funny-photo\n", b"", "“translates” needs “translation_of”"),
        (b"translation_of: the-funny-photo", b"translation_of: the-funny-photo-cy", "is a translation itself"),
        (b"translates: {version: 1,", b"translates: {number: 1,", "“version” must be a whole number"),
        (b"translates: {version: 1, checksum", b"translates: {version: 1, sum", "“checksum” is missing"),
    ],
)
def test_what_cannot_be_tied_is_refused_with_its_reason(desk, pair, old, new, reason):
    files = read_archive(package_of(Lesson.objects.all()))
    name = "lessons/the-funny-photo-cy.md"
    assert old in files[name]
    report = read_package(write_archive({**files, name: files[name].replace(old, new, 1)}))

    assert len(report.refused) == 1
    assert reason in str(report.refused[0])
    assert [item.slug for item in report.same] == ["the-funny-photo"]


def test_a_welsh_text_that_is_no_translation_keeps_its_language(desk):
    draft = a_guide_draft(desk.writer)
    Guide.objects.update(language="cy")
    data = package_of([draft.guide], newest=True)
    forget()
    import_package(actor=desk.writer, data=data)

    assert (Guide.objects.get().language, Guide.objects.get().translation_of) == ("cy", None)


def test_the_starter_library_may_hold_translations_of_its_own_files(db, folder):
    path = folder / "guides" / f"{GUIDE}-cy.md"
    text = (folder / "guides" / f"{GUIDE}.md").read_text(encoding="utf-8")
    made_from = f"translates: {{version: 1, checksum: {checksum_of(folder / 'guides' / f'{GUIDE}.md')[:12]}}}"
    front = f"slug: {GUIDE}-cy\nlanguage: cy\ntranslation_of: {GUIDE}\n{made_from}"
    path.write_text(text.replace(f"slug: {GUIDE}", front, 1), encoding="utf-8")
    load_starter(folder)

    welsh = GuideVersion.objects.get(guide__slug=f"{GUIDE}-cy")
    assert (welsh.is_live, welsh.guide.language) == (True, "cy")
    assert welsh.translates == GuideVersion.objects.get(guide__slug=GUIDE)
    assert load_starter(folder).same == ["asking-before-a-photo-7-9", GUIDE, f"{GUIDE}-cy"]
    content = content_of(welsh)
    assert parse_guide(write_file(content), path).language == "cy"

    change(path, f"translation_of: {GUIDE}", "translation_of: nothing")
    with pytest.raises(StarterError, match="there is no guide “nothing”"):
        load_starter(folder)
