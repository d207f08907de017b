from typing import Any

from django import forms

from lessons.library.enums import TermClass
from lessons.library.forms import WordsField
from safeguarding.schools.models import Country

from ..queries.settings import Asked
from ..setting_kinds import Setting, SettingKind

ONLY: dict[SettingKind, list[tuple[str, str]]] = {
    SettingKind.SERVICES: [("", "All"), ("unverified", "To be verified")],
    SettingKind.SOURCES: [("", "All"), ("superseded", "Superseded")],
    SettingKind.GLOSSARY: [("", "All"), *((value, str(label)) for value, label in TermClass.choices)],
}


class SettingFilterForm(forms.Form):
    """One query at most. What is not on offer is left out, never refused."""

    words = WordsField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, data: Any, *, setting: Setting) -> None:
        super().__init__(data)
        parent = setting.parent
        if parent:
            model = setting.model._meta.get_field(parent).related_model
            offered = [(str(row.pk), str(row)) for row in model._default_manager.all()]
            self.fields["of"] = forms.ChoiceField(
                label=parent.capitalize(), required=False, choices=[("", "All"), *offered]
            )
        if setting.kind is SettingKind.SERVICES:
            countries = [(country.pk, country.name) for country in Country.objects.all()]
            self.fields["country"] = forms.ChoiceField(
                label="Country", required=False, choices=[("", "All"), *countries, ("anywhere", "Anywhere")]
            )
        if setting.kind in ONLY:
            self.fields["only"] = forms.ChoiceField(label="Show", required=False, choices=ONLY[setting.kind])

    @property
    def asked(self) -> Asked:
        self.is_valid()
        return Asked(**{name: self.cleaned_data.get(name, "") for name in self.fields})
