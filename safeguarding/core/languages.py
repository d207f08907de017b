"""The languages in which something may stand here, and who has read the words of each interface."""

from dataclasses import dataclass

from django.utils.translation import get_language

SOURCE = "en-gb"


@dataclass(frozen=True)
class Language:
    """`code` is what `lang` and `hreflang` say; `name` is in the language itself, `english` for the desk."""

    code: str
    name: str
    english: str
    is_rtl: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.is_rtl else "ltr"


ALL = (
    Language(SOURCE, "English", "English"),
    Language("ar", "العربية", "Arabic", is_rtl=True),
    Language("bn", "বাংলা", "Bengali"),
    Language("cy", "Cymraeg", "Welsh"),
    Language("de", "Deutsch", "German"),
    Language("es", "Español", "Spanish"),
    Language("fa", "فارسی", "Farsi", is_rtl=True),
    Language("fr", "Français", "French"),
    Language("ga", "Gaeilge", "Irish"),
    Language("gd", "Gàidhlig", "Scottish Gaelic"),
    Language("gu", "ગુજરાતી", "Gujarati"),
    Language("he", "עברית", "Hebrew", is_rtl=True),
    Language("it", "Italiano", "Italian"),
    Language("lt", "Lietuvių", "Lithuanian"),
    Language("nl", "Nederlands", "Dutch"),
    Language("pa", "ਪੰਜਾਬੀ", "Punjabi"),
    Language("pl", "Polski", "Polish"),
    Language("ps", "پښتو", "Pashto", is_rtl=True),
    Language("pt", "Português", "Portuguese"),
    Language("ro", "Română", "Romanian"),
    Language("so", "Soomaali", "Somali"),
    Language("ta", "தமிழ்", "Tamil"),
    Language("tr", "Türkçe", "Turkish"),
    Language("uk", "Українська", "Ukrainian"),
    Language("ur", "اردو", "Urdu", is_rtl=True),
    Language("zh-hans", "简体中文", "Chinese (simplified)"),
)
LANGUAGES: dict[str, Language] = {language.code: language for language in ALL}

# Those in which parents may have the pages' own words; the texts that they read are translated one by one at the desk.
INTERFACE = (SOURCE, "cy", "nl", "fr")

# A fluent reader who has read all of a catalogue, and when: {"cy": "Name, 1 March 2027"}. Until a language stands
# here, each of its pages says that its words are a draft.
APPROVED_BY: dict[str, str] = {}


def language_of(code: str) -> Language:
    """One that is not in the list (it was once) counts as written from left to right."""
    return LANGUAGES.get(code) or Language(code, code, code)


def interface_language() -> Language:
    """That of the page which is being made."""
    return language_of(get_language() or SOURCE)


def is_draft(code: str) -> bool:
    return code != SOURCE and code not in APPROVED_BY
