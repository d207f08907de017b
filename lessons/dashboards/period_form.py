from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeguarding.core.forms import Choice, offer

from .queries.period import Frame, Scope


class PeriodForm(forms.Form):
    """Which year, term and classes a page is about. What the school does not have is left out, as an old link may name.

    A term says its year itself.
    """

    year = forms.TypedChoiceField(label=_("School year"), coerce=int, required=False, empty_value=None)
    term = forms.TypedChoiceField(label=_("Term"), coerce=int, required=False, empty_value=None)
    group = forms.ChoiceField(label=_("Year group"), required=False)

    def __init__(self, data: QueryDict, *, frame: Frame, has_classes: bool = True) -> None:
        super().__init__(data)
        self.frame = frame
        offer(self, "year", [(year, frame.school.year_in_words(year)) for year in frame.years])
        offer(self, "term", [("", _("The whole year")), *((t.pk, frame.term_in_words(t)) for t in frame.terms)])
        self.fields["class"] = forms.TypedChoiceField(label=_("Class"), coerce=int, required=False, empty_value=None)
        groups = dict.fromkeys(c.group for c in frame.classes)
        offer(self, "group", [("", _("Every year group")), *((group, group) for group in groups)])
        now = [(c.pk, c.name) for c in frame.classes if not c.is_archived]
        past = [
            (c.pk, f"{c.name}, {frame.school.year_in_words(c.school_year)}") for c in frame.classes if c.is_archived
        ]
        choices: list[Choice] = [("", _("Every class")), *now]
        # A heading and what stands beneath it.
        offer(self, "class", [*choices, (gettext("Of past years"), past)] if past else choices)
        if not has_classes:
            del self.fields["group"], self.fields["class"]
        self.is_valid()
        self.scope = self._scope()
        # The fields show what the page shows, also where an address named something else.
        shown = {"year": self.scope.period.year, "group": self.scope.group, "class": self.scope.class_pk}
        self.data = self._shown({**shown, "term": self.scope.period.term and self.scope.period.term.pk})

    def _scope(self) -> Scope:
        asked: dict[str, Any] = self.cleaned_data
        term = next((t for t in self.frame.terms if t.pk == asked.get("term")), None)
        year = asked.get("year")
        period = self.frame.period(self.frame.this_year if year is None else year, term)
        return Scope(self.frame, period, asked.get("group") or "", asked.get("class"))

    def _shown(self, values: dict[str, Any]) -> QueryDict:
        data = QueryDict(mutable=True)
        data.update({name: str(value) for name, value in values.items() if value not in (None, "")})
        return data

    @property
    def has_terms(self) -> bool:
        return bool(self.frame.terms)
