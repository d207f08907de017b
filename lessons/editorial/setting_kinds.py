"""What the settings of the desk look after: the reference data that lessons and guides are made with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lessons.evidence.models import Source
from lessons.library.models import (
    AgeBand,
    BandName,
    Edition,
    Framework,
    GlossaryTerm,
    HelpService,
    Strand,
    Topic,
    Unit,
)


class SettingKind(StrEnum):
    """As the addresses name it."""

    TOPICS = "topics"
    BANDS = "bands"
    BAND_WORDS = "band-words"
    FRAMEWORKS = "frameworks"
    EDITIONS = "editions"
    STRANDS = "strands"
    SERVICES = "services"
    GLOSSARY = "glossary"
    UNITS = "units"
    SOURCES = "sources"


@dataclass(frozen=True)
class Setting:
    """`word` names one of them, in sentences and in the audit. `fields` are what the desk writes, in the order of the
    form; those that are `fixed` stay once they are given, because files, addresses and other rows rely on them.
    """

    kind: SettingKind
    model: Any  # the class of the model
    word: str
    label: str
    about: str
    fields: tuple[str, ...]
    fixed: tuple[str, ...] = ("slug",)
    many: tuple[str, ...] = ()
    parent: str = ""  # the field that names what it belongs to
    is_for_operators: bool = False

    @property
    def a_word(self) -> str:
        """With its article. A unit begins with the sound of a consonant."""
        return f"{'an' if self.word[0] in 'aeio' else 'a'} {self.word}"


SETTINGS: dict[SettingKind, Setting] = {
    setting.kind: setting
    for setting in (
        Setting(
            SettingKind.TOPICS,
            Topic,
            "topic",
            "Topics",
            "What lessons and guides are about, and how old the youngest pupils may be.",
            ("name", "slug", "summary", "least_age", "search_words", "position"),
            is_for_operators=True,
        ),
        Setting(
            SettingKind.BANDS,
            AgeBand,
            "band",
            "Age bands",
            "The ages that a lesson is for, and how hard its words may be.",
            ("name", "slug", "age_from", "age_to", "reading_age_max"),
            is_for_operators=True,
        ),
        Setting(
            SettingKind.BAND_WORDS,
            BandName,
            "wording",
            "Words of each country",
            "What schools of a country call an age band.",
            ("band", "country", "name", "years"),
            fixed=("band", "country"),
            parent="band",
            is_for_operators=True,
        ),
        Setting(
            SettingKind.FRAMEWORKS,
            Framework,
            "framework",
            "Frameworks",
            "The curricula that lessons are matched with.",
            ("name", "slug", "publisher", "country"),
            is_for_operators=True,
        ),
        Setting(
            SettingKind.EDITIONS,
            Edition,
            "edition",
            "Editions",
            "Of a framework, with the days from and to which each is in force.",
            ("framework", "name", "slug", "in_force_from", "in_force_to"),
            fixed=("framework", "slug"),
            parent="framework",
            is_for_operators=True,
        ),
        Setting(
            SettingKind.STRANDS,
            Strand,
            "strand",
            "Strands",
            "Of an edition. The publisher’s own statements beneath them are imported, never typed.",
            ("edition", "name", "slug", "position", "bands"),
            fixed=("edition", "slug"),
            many=("bands",),
            parent="edition",
            is_for_operators=True,
        ),
        Setting(
            SettingKind.SERVICES,
            HelpService,
            "service",
            "Help services",
            "Whom readers can call or write to. The one place where a number is corrected.",
            (
                "name",
                "slug",
                "country",
                "serves",
                "age_from",
                "age_to",
                "what_for",
                "phone",
                "text_to",
                "url",
                "hours",
                "languages",
                "topics",
                "position",
            ),
            many=("topics",),
        ),
        Setting(
            SettingKind.GLOSSARY,
            GlossaryTerm,
            "term",
            "Glossary",
            "Words to avoid, to use with care, or to use. The publishing checks read them.",
            ("term", "term_class", "forms", "audience", "instead", "reason", "source"),
            fixed=(),
        ),
        Setting(
            SettingKind.UNITS,
            Unit,
            "unit",
            "Units",
            "Two to four lessons in the order in which a class meets them.",
            ("title", "slug", "summary", "topic", "band", "lessons"),
            many=("lessons",),
        ),
        Setting(
            SettingKind.SOURCES,
            Source,
            "source",
            "Sources",
            "The reports that findings come from, and which of them something newer has replaced.",
            (
                "title",
                "code",
                "publisher",
                "year",
                "jurisdiction",
                "licence",
                "note",
                "superseded_at",
                "superseded_reason",
            ),
            fixed=("code",),
        ),
    )
}


PERSON = "person"  # as the audit keeps them; whoever has an account
