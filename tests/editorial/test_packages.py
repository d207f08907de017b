import dataclasses
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Pillow

from lessons.editorial.errors import EditorialError, NotAllowed, WrongStatus
from lessons.editorial.services import packages
from lessons.editorial.services.package_archive import read_archive, write_archive
from lessons.editorial.services.package_export import export_package, package_of
from lessons.editorial.services.packages import import_package, read_package
from lessons.library.content import ItemContent
from lessons.library.enums import Status
from lessons.library.image_store import store_image
from lessons.library.models import Guide, GuideVersion, Image, Lesson, LessonVersion
from lessons.library.store import content_of
from safeguarding.audit.models import AuditEntry
from tests.factories import AgeBandFactory
from tests.library.activities import ALL

from .builders import SCENARIO, SORT, a_draft, a_guide_draft, item_of, live, make_reference_rows

LESSON_PATH = "lessons/the-funny-photo.md"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def png(colour="teal"):
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def an_image(**changes):
    details = {"title": "A tree", "alt_text": "An oak.", "credit": "Ada", "licence": "CC0", **changes}
    return store_image(actor=None, file=io.BytesIO(png()), **details)


def with_pictures(image):
    """A picture beside an activity, in its text, and one with a size that Markdown cannot say."""
    intro = f'<p><img src="{image.small.url}" alt="An oak"></p>\n'
    intro += f'<p><img src="{image.medium.url}" alt="A tree" width="9"></p>\n'
    return (dataclasses.replace(SCENARIO, image=image.pk), dataclasses.replace(SORT, intro=intro))


def changed(data, path, old, new):
    files = read_archive(data)
    assert old in files[path]
    return write_archive({**files, path: files[path].replace(old, new, 1)})


def outcome(report):
    return [len(report.new), len(report.changed), len(report.same), [str(r) for r in report.refused]]


def forget(*models):
    """As on another site, where none of this is."""
    for model in (LessonVersion, GuideVersion, Lesson, Guide, *models):
        model.objects.all().delete()


def test_importing_an_export_changes_nothing(desk, media):
    live(desk.writer, desk.reviewer, activities=with_pictures(an_image()))
    data = package_of(Lesson.objects.all())
    files = sorted(path.name for path in media.rglob("*"))
    audited = AuditEntry.objects.count()

    assert outcome(import_package(actor=desk.second, data=data)) == [0, 0, 1, []]
    assert LessonVersion.objects.count() == 1
    assert Image.objects.count() == 1
    assert sorted(path.name for path in media.rglob("*")) == files
    assert AuditEntry.objects.count() == audited


def test_the_same_content_makes_the_same_zip(desk):
    live(desk.writer, desk.reviewer, activities=with_pictures(an_image()))

    assert package_of(Lesson.objects.all()) == package_of(Lesson.objects.all())


def test_the_whole_starter_library_comes_back_the_same(desk):
    call_command("load_starter", stdout=io.StringIO())
    data = package_of([*Lesson.objects.all(), *Guide.objects.all()])

    assert outcome(read_package(data)) == [0, 0, 85, []]


def test_what_an_editor_has_written_comes_back_the_same(desk):
    version = live(desk.writer, desk.reviewer)
    body = "<p>As CKEditor&nbsp;writes</p>\n\n<ul>\n\t<li>a</li>\n</ul>\n\n"
    body += '<table><tbody><tr><td colspan="2">b</td></tr></tbody></table>'
    version.sections.filter(kind="script").update(body=body)

    assert outcome(read_package(package_of(Lesson.objects.all()))) == [0, 0, 1, []]


def test_on_another_site_all_becomes_drafts_and_the_pictures_come_too(desk, media):
    image = an_image()
    before = content_of(live(desk.writer, desk.reviewer, activities=with_pictures(image)))
    a_guide_draft(desk.writer)
    data = package_of([*Lesson.objects.all(), *Guide.objects.all()], newest=True)
    forget(Image)

    assert outcome(import_package(actor=desk.second, data=data)) == [2, 0, 0, []]
    lesson, picture = LessonVersion.objects.get(), Image.objects.get()
    after = content_of(lesson)
    assert (lesson.status, lesson.author, lesson.number) == (Status.DRAFT, desk.second, 1)
    assert item_of(lesson).live_version is None
    assert GuideVersion.objects.get().status == Status.DRAFT
    assert after.activities[0].image == picture.pk
    assert picture.small.url in after.activities[1].intro
    assert (picture.title, picture.alt_text, picture.credit, picture.licence) == ("A tree", "An oak.", "Ada", "CC0")
    assert {s.kind: (s.text, s.minutes) for s in after.sections.values()} == {
        s.kind: (s.text, s.minutes) for s in before.sections.values()
    }
    assert after.questions[0] == before.questions[0]

    assert outcome(import_package(actor=desk.second, data=data)) == [0, 0, 2, []]
    assert Image.objects.count() == 1


@pytest.mark.parametrize("activities", [ALL[:3], ALL[3:6], ALL[5:]])
def test_activities_of_every_kind_come_whole_to_another_site(desk, activities):
    a_draft(desk.writer, activities=activities)
    data = package_of(Lesson.objects.all(), newest=True)
    forget()

    assert outcome(import_package(actor=desk.second, data=data)) == [1, 0, 0, []]
    assert [a.items for a in content_of(LessonVersion.objects.get()).activities] == [a.items for a in activities]


@pytest.mark.parametrize("name", ["speaker", "scene", "leads_to", "also", "answer"])
def test_an_item_longer_than_its_column_is_refused_with_its_place(desk, name):
    a_draft(desk.writer, activities=(dataclasses.replace(ALL[5], items=(ItemContent("A", **{name: "quokka"}),)),))
    data = changed(package_of(Lesson.objects.all(), newest=True), LESSON_PATH, b"quokka", b"x" * 121)
    forget()
    (refused,) = read_package(data).refused

    assert f"Activity 1: “{name}” cannot be taken." in str(refused)


def test_a_changed_item_becomes_a_new_draft_and_what_is_live_stays(desk):
    version = live(desk.writer, desk.reviewer)
    data = changed(package_of(Lesson.objects.all()), LESSON_PATH, b"title: The funny photo", b"title: Another title")
    report = import_package(actor=desk.second, data=data)

    assert outcome(report) == [0, 1, 0, []]
    draft = LessonVersion.objects.get(number=2)
    assert (draft.title, draft.status, draft.author) == ("Another title", Status.DRAFT, desk.second)
    assert item_of(version).live_version == version
    assert list(draft.contributors.all()) == [desk.second]
    entry = AuditEntry.objects.get(action="imported", object_type="lesson")
    assert (entry.actor_id, entry.version_number) == (desk.second.pk, 2)
    assert report.checksum in entry.reason
    assert AuditEntry.objects.filter(action="imported", object_type="package").count() == 1


def test_nothing_is_written_over_a_draft_and_its_holder_is_named(desk):
    live(desk.writer, desk.reviewer)
    data = changed(package_of(Lesson.objects.all()), LESSON_PATH, b"title: The funny photo", b"title: Another title")
    a_draft(desk.writer)
    report = import_package(actor=desk.second, data=data)

    assert outcome(report)[:3] == [0, 0, 0]
    assert "version 2 is under way (draft, Wanda Writer)" in str(report.refused[0])
    assert LessonVersion.objects.get(number=2).title == "The funny photo"


def test_a_dry_run_changes_nothing(desk):
    live(desk.writer, desk.reviewer, activities=with_pictures(an_image()))
    data = package_of(Lesson.objects.all())
    forget(Image)

    assert outcome(read_package(data)) == [1, 0, 0, []]
    assert not LessonVersion.objects.exists()
    assert not Image.objects.exists()


def test_if_one_draft_fails_none_is_made_and_no_picture_stays(desk, media, monkeypatch):
    live(desk.writer, desk.reviewer, activities=with_pictures(an_image()))
    a_guide_draft(desk.writer)
    data = package_of([*Lesson.objects.all(), *Guide.objects.all()], newest=True)
    forget(Image)
    for path in media.rglob("*.webp"):
        path.unlink()

    def fails(**values):
        raise WrongStatus("Somebody was quicker.")

    monkeypatch.setattr(packages, "create_guide", fails)
    with pytest.raises(WrongStatus):
        import_package(actor=desk.second, data=data)
    assert not Lesson.objects.exists()
    assert not Image.objects.exists()
    assert not list(media.rglob("*.webp"))


def test_an_import_is_of_what_the_dry_run_showed(desk):
    live(desk.writer, desk.reviewer)
    data = changed(package_of(Lesson.objects.all()), LESSON_PATH, b"title: The funny photo", b"title: Another title")
    token = read_package(data).token
    a_draft(desk.writer)

    with pytest.raises(WrongStatus, match="has changed since"):
        import_package(actor=desk.second, data=data, expected=token)


@pytest.mark.parametrize("who", ["reviewer", "operator", "stranger"])
def test_packages_are_for_editors(desk, who):
    live(desk.writer, desk.reviewer)
    actor = getattr(desk, who)

    with pytest.raises(NotAllowed):
        export_package(actor=actor, items=Lesson.objects.all())
    with pytest.raises(NotAllowed):
        import_package(actor=actor, data=package_of(Lesson.objects.all()))


def test_an_export_is_recorded(desk):
    live(desk.writer, desk.reviewer)

    assert export_package(actor=desk.writer, items=Lesson.objects.all()) == package_of(Lesson.objects.all())
    assert AuditEntry.objects.get(action="exported").actor_id == desk.writer.pk


def test_what_is_not_live_is_exported_only_where_asked(desk):
    a_draft(desk.writer)

    with pytest.raises(EditorialError, match="nothing to export"):
        package_of(Lesson.objects.all())
    assert LESSON_PATH in read_archive(package_of(Lesson.objects.all(), newest=True))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"topic: image-sharing", b"topic: nothing", "line 1: there is no topic “nothing”"),
        (b"band: 11-14", b"band: 1-2", "there is no age band “1-2”"),
        (b"findings: [F101]", b"findings: [F999]", "there is no finding “F999”"),
        (b"findings: [F101]", b"findings: [F101]\nstrands: [a/b]", "there is no strand “a/b”"),
        (b"    minutes: 10", b"    illustration: nothing\n    minutes: 10", "there is no drawing “nothing”"),
        (b"    minutes: 10", b"    image: nothing\n    minutes: 10", "there is no picture “nothing”"),
        (b"    minutes: 10", b"    minutes: -1", "“minutes” cannot be taken"),
        (b"    minutes: 10", b"    minutes: 99999999999", "“minutes” cannot be taken"),
        (b"title: The funny photo", b"title: " + b"x" * 121, "“title” cannot be taken"),
        (b"        feedback: Ben may not", b"        correct: true\n        feedback: Ben may not", "only one option"),
        (b"## Script\n", b"## Script\n\n![a](../images/nothing.webp#small)\n", "no picture “nothing” in the package"),
        (b"## Script\n", b"## Skript\n", "“Skript” is not a section"),
        (b"## Script\n", b"## Script\n\xff", "not UTF-8"),
        (b"## Script\n", b"## Script\n\n" + b"long " * 20_001, "longer than 100,000 characters"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_path_and_the_reason(desk, old, new, reason):
    a_draft(desk.writer)
    a_guide_draft(desk.second)
    data = package_of([*Lesson.objects.all(), *Guide.objects.all()], newest=True)
    forget()
    report = import_package(actor=desk.second, data=changed(data, LESSON_PATH, old, new))

    assert [item.path for item in report.new] == ["guides/sharing-photos.md"]
    assert str(report.refused[0]).startswith(LESSON_PATH)
    assert reason in str(report.refused[0])
    assert not Lesson.objects.exists()
    assert GuideVersion.objects.get().status == Status.DRAFT


def test_topic_and_ages_are_fixed_once_it_stands_here(desk):
    live(desk.writer, desk.reviewer)
    make_reference_rows()
    AgeBandFactory(slug="7-9")
    report = read_package(changed(package_of(Lesson.objects.all()), LESSON_PATH, b"band: 11-14", b"band: 7-9"))

    assert "fixed by now" in str(report.refused[0])


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"images/tree.png": png()}, "images.yaml says nothing of it"),
        ({"images.yaml": b"- {name: tree, title: A tree, alt_text: An oak.}"}, "there is no such file in images/"),
        ({"images/tree.png": b"no picture", "images.yaml": b"- {name: tree, title: t, alt_text: a}"}, "not a JPEG"),
        ({"images/tree.png": png(), "images.yaml": b"- {name: tree, title: t}"}, "one of the two"),
        (
            {"images/tree.png": png(), "images.yaml": b"- {name: tree, title: t, alt_text: a, x: y}"},
            "“x” is not a name",
        ),
        ({"images.yaml": b"a: b"}, "must be a list of entries"),
        ({"images.yaml": b"- ["}, "not YAML"),
        ({}, "no lesson and no guide"),
    ],
)
def test_pictures_that_cannot_be_taken_are_refused(db, files, reason):
    assert any(reason in str(refusal) for refusal in read_package(write_archive(files)).refused)


def test_a_picture_with_another_description_is_another_picture(desk):
    live(desk.writer, desk.reviewer, activities=with_pictures(an_image()))
    data = changed(package_of(Lesson.objects.all()), "images.yaml", b"alt_text: An oak.", b"alt_text: An old oak.")
    import_package(actor=desk.second, data=data)

    assert sorted(Image.objects.values_list("alt_text", flat=True)) == ["An oak.", "An old oak."]
    assert outcome(read_package(data)) == [0, 0, 1, []]


def test_the_commands_export_and_import(desk, tmp_path):
    live(desk.writer, desk.reviewer)
    file, out = tmp_path / "package.zip", io.StringIO()
    call_command("export_package", str(file), "--slug", "the-funny-photo", stdout=out)
    forget()
    call_command("import_package", str(file), stdout=out)
    assert "New: 1: lessons/the-funny-photo.md" in out.getvalue()
    assert not Lesson.objects.exists()

    call_command("import_package", str(file), "--apply", "--as", desk.second.email, stdout=out)
    assert LessonVersion.objects.get().author == desk.second
    call_command("import_package", str(file), stdout=out)
    assert "Same: 1" in out.getvalue()


def test_the_commands_say_what_is_missing(desk, tmp_path):
    live(desk.writer, desk.reviewer)
    file = tmp_path / "package.zip"
    file.write_bytes(package_of(Lesson.objects.all()))

    with pytest.raises(CommandError, match="no lesson or guide “nothing”"):
        call_command("export_package", str(file), "--slug", "nothing")
    with pytest.raises(CommandError, match="--as"):
        call_command("import_package", str(file), "--apply")
    with pytest.raises(CommandError, match="for editors"):
        call_command("import_package", str(file), "--apply", "--as", desk.reviewer.email)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_package", str(tmp_path / "none.zip"))


def test_an_export_takes_as_many_queries_for_many_as_for_one(desk):
    for n in range(6):
        live(desk.writer, desk.reviewer, slug=f"lesson-{n}")

    def queries(count, newest):
        items = list(Lesson.objects.order_by("slug")[:count])
        with CaptureQueriesContext(connection) as captured:
            package_of(items, newest=newest)
        return len(captured)

    assert queries(1, newest=False) == queries(6, newest=False) <= 8
    assert queries(1, newest=True) == queries(6, newest=True) <= 8
