"""What is in use is not taken away, and what was changed at the desk outlives the starter library."""

import pytest
from django.db.models import ProtectedError

from lessons.editorial.services import settings as services
from lessons.editorial.services.reference_data import load_tables
from lessons.editorial.services.reference_tables import TABLES, TABLES_OF_LESSONS
from lessons.editorial.setting_kinds import SETTINGS, SettingKind
from lessons.library.models import AgeBand, BandName, Edition, GlossaryTerm, HelpService, StarterRow, Topic, Unit
from tests.factories import (
    AgeBandFactory,
    FindingFactory,
    GuideFactory,
    HelpServiceFactory,
    LessonFactory,
    LessonVersionFactory,
    TopicFactory,
)

from .settings_builders import MAKERS, a_strand, a_unit, address, an_edition, token


def topic_of_a_lesson():
    return LessonFactory(slug="asking-first").topic, "lesson asking-first"


def topic_of_a_guide():
    return GuideFactory(slug="when-they-ask").topic, "guide when-they-ask"


def topic_of_a_service():
    service = HelpServiceFactory(name="Childline")
    service.topics.add(TopicFactory())
    return TopicFactory(), "help service Childline"


def band_of_a_strand():
    a_strand().bands.add(AgeBandFactory())
    return AgeBandFactory(), "strand Wellbeing"


def framework_of_an_edition():
    return an_edition("The 2026 edition").framework, "edition The 2026 edition"


def edition_of_a_strand():
    return a_strand().edition, "strand Wellbeing"


def strand_of_a_version():
    LessonVersionFactory(parts=False, title="Ask first").strands.add(a_strand())
    return a_strand(), "lesson Ask first (version 1)"


def source_of_a_finding():
    return FindingFactory(code="F1").source, "finding F1"


@pytest.mark.parametrize(
    ("kind", "use"),
    [
        ("topics", topic_of_a_lesson),
        ("topics", topic_of_a_guide),
        ("topics", topic_of_a_service),
        ("bands", band_of_a_strand),
        ("frameworks", framework_of_an_edition),
        ("editions", edition_of_a_strand),
        ("strands", strand_of_a_version),
        ("sources", source_of_a_finding),
    ],
)
def test_what_is_in_use_is_kept_and_its_users_are_named(desk, signed_in, kind, use):
    row, user = use()
    page = address(kind, row, "remove")
    client = signed_in(desk.operator)

    for answer in (client.get(page), client.post(page, {"token": token(kind, row)})):
        html = answer.content.decode()
        assert user in html
        assert "Remove it" not in html
    assert answer.status_code == 409
    assert "is in use. Change what relies on it first." in html
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("kind", list(SettingKind))
def test_what_nothing_uses_is_removed_after_asking(desk, signed_in, kind):
    row = MAKERS[kind]()
    page = address(kind, row, "remove")
    client = signed_in(desk.operator)
    Edition.objects.exclude(pk=row.pk if kind == "editions" else None).filter(strands=None).delete()
    assert "Remove it" in client.get(page).content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()
    assert client.post(page, {"token": token(kind, row)}).status_code == 302
    assert not type(row).objects.filter(pk=row.pk).exists()


def test_what_somebody_saved_meanwhile_is_not_removed(desk, signed_in):
    topic = TopicFactory()
    began = token("topics", topic)
    Topic.objects.update(name="Other")
    answer = signed_in(desk.operator).post(address("topics", topic, "remove"), {"token": began})

    assert answer.status_code == 409
    assert "saved it while you were reading" in answer.content.decode()
    assert Topic.objects.exists()


def test_a_row_that_something_new_protects_is_refused_with_a_sentence(desk, monkeypatch):
    topic = TopicFactory()

    def protected(*args, **kwargs):
        raise ProtectedError("in use", set())

    monkeypatch.setattr(Topic, "delete", protected)
    with pytest.raises(services.InUse, match="Change what relies on it first"):
        services.remove_setting(
            actor=desk.operator, setting=SETTINGS[SettingKind.TOPICS], pk=topic.pk, token=token("topics", topic)
        )


def change(desk, kind, row, **values):
    services.change_setting(
        actor=desk.operator, setting=SETTINGS[kind], pk=row.pk, token=token(kind, row), values=values
    )


def test_loading_the_starter_library_again_keeps_what_the_desk_changed_and_took_away(desk, folder):
    load_tables(TABLES, folder)
    topic, service = Topic.objects.first(), HelpService.objects.first()
    term, band, words = GlossaryTerm.objects.first(), AgeBand.objects.first(), BandName.objects.first()
    change(desk, "topics", topic, name="Our own name")
    change(desk, "services", service, phone="01234", topics=list(Topic.objects.all()[:2]))
    change(desk, "glossary", term, instead="other words")
    change(desk, "bands", band, reading_age_max=5)
    change(desk, "band-words", words, years="Our years")
    gone = GlossaryTerm.objects.last()
    services.remove_setting(
        actor=desk.operator, setting=SETTINGS[SettingKind.GLOSSARY], pk=gone.pk, token=token("glossary", gone)
    )
    outcome = load_tables(TABLES, folder)

    for row in (topic, service, term, band, words):
        row.refresh_from_db()
    assert (topic.name, service.phone, term.instead) == ("Our own name", "01234", "other words")
    assert service.topics.count() == 2
    assert (band.reading_age_max, words.years) == (5, "Our years")
    assert not GlossaryTerm.objects.filter(term=gone.term).exists()
    assert (outcome["kept"], outcome["added"], outcome["updated"]) == (6, 0, 0)


def test_what_other_starter_files_name_stays_so_that_they_can_be_loaded_again(desk, signed_in):
    topic = TopicFactory()
    StarterRow.objects.create(kind="topic", key=topic.slug, checksum="x")
    answer = signed_in(desk.operator).post(address("topics", topic, "remove"), {"token": token("topics", topic)})

    assert answer.status_code == 409
    assert "It came with the starter library" in answer.content.decode()


def test_a_unit_that_was_taken_away_stays_away(desk, tmp_path):
    first, second = LessonFactory(), LessonFactory()
    (tmp_path / "units.yaml").write_text(
        f"- slug: photos\n  title: Photos\n  summary: Two.\n  topic: {first.topic.slug}\n  band: 11-14\n"
        f"  lessons: [{first.slug}, {second.slug}]\n",
        encoding="utf-8",
    )
    load_tables(TABLES_OF_LESSONS, tmp_path)
    unit = Unit.objects.get()
    assert unit.lessons.count() == 2
    services.remove_setting(
        actor=desk.reviewer, setting=SETTINGS[SettingKind.UNITS], pk=unit.pk, token=token("units", unit)
    )
    load_tables(TABLES_OF_LESSONS, tmp_path)

    assert not Unit.objects.exists()


def test_a_unit_has_its_lessons_in_order_each_once_and_of_its_own_topic_and_band(desk, signed_in):
    unit = a_unit()
    first, second = unit.lessons.order_by("places__position")
    other = LessonFactory(topic=TopicFactory(slug="grooming"))
    third = LessonFactory()
    client = signed_in(desk.reviewer)
    page = address("units", unit)
    began = {"title": unit.title, "summary": unit.summary, "topic": unit.topic_id, "band": unit.band_id}

    def post(*lessons):
        chosen = {f"lesson_{number}": lesson.pk for number, lesson in enumerate(lessons)}
        return client.post(page, {**began, **chosen, "token": token("units", unit)})

    for wrong, sentence in (
        ((first,), "two to four lessons, each once"),
        ((first, first), "two to four lessons, each once"),
        ((first, other), "has another topic or age band"),
    ):
        answer = post(*wrong)
        assert answer.status_code == 400
        assert sentence in answer.content.decode()
    assert post(third, second, first).status_code == 302
    assert list(unit.lessons.order_by("places__position")) == [third, second, first]
