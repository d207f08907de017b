"""What a browser sends from the pages of the settings."""

from lessons.editorial.queries.settings import token_of_row
from lessons.editorial.setting_kinds import SETTINGS
from lessons.library.models import AgeBand, BandName, Edition, Framework, GlossaryTerm, Strand
from tests.factories import (
    AgeBandFactory,
    CountryFactory,
    HelpServiceFactory,
    LessonFactory,
    SourceFactory,
    TopicFactory,
    UnitFactory,
)


def a_term(**changes):
    values = {
        "term": "stranger danger",
        "forms": "stranger danger",
        "term_class": "avoid",
        "instead": "anyone can cause harm",
        "reason": "It is inaccurate.",
        "source": "Our own advice",
    }
    return GlossaryTerm.objects.create(**{**values, **changes})


def an_edition(slug="rshe-2026", framework="rshe"):
    of, _ = Framework.objects.get_or_create(slug=framework, defaults={"name": framework.upper()})
    return Edition.objects.get_or_create(framework=of, slug=slug, defaults={"name": slug})[0]


def a_strand(slug="wellbeing"):
    return Strand.objects.get_or_create(edition=an_edition(), slug=slug, defaults={"name": slug.capitalize()})[0]


def a_unit():
    return UnitFactory(of=[LessonFactory(), LessonFactory()])


def band_words():
    band: AgeBand = AgeBandFactory()
    return BandName.objects.get_or_create(band=band, country=CountryFactory(), defaults={"years": "Years 7 to 9"})[0]


MAKERS = {
    "topics": TopicFactory,
    "bands": AgeBandFactory,
    "band-words": band_words,
    "frameworks": lambda: an_edition().framework,
    "editions": an_edition,
    "strands": a_strand,
    "services": HelpServiceFactory,
    "glossary": a_term,
    "units": a_unit,
    "sources": SourceFactory,
}


def address(kind, row=None, page=""):
    return f"/desk/settings/{kind}/" + (f"{row.pk}/" if row else "") + (f"{page}/" if page else "")


def filled(client, url):
    """What a browser would send if nothing was touched."""
    context = client.get(url).context
    data = {field.html_name: field.value() for field in context["form"] if not field.field.disabled}
    data["token"] = context["token"]
    return {name: value for name, value in data.items() if value is not None and value is not False}


def token(kind, row):
    row.refresh_from_db()
    return token_of_row(SETTINGS[kind], row)
