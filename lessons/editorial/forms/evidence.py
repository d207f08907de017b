from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from lessons.evidence.models import Finding
from lessons.library.content import Content, LessonContent
from lessons.library.models import Strand
from safeguarding.core.forms import offer, offered

from ..checks.problem import Part
from .editor import Editor


@dataclass(frozen=True)
class Tick:
    name: str
    value: str
    text: str
    meta: str
    is_ticked: bool

    @property
    def html_id(self) -> str:
        return f"id_{self.name}_{self.value.replace('/', '_')}"


@dataclass(frozen=True)
class TickGroup:
    label: str
    ticks: tuple[Tick, ...]


class EvidenceForm(forms.Form):
    findings = forms.MultipleChoiceField(required=False)
    strands = forms.MultipleChoiceField(required=False)


class EvidenceEditor(Editor):
    """`findings` and `strands` are all that there are, in order. What is ticked is shown whatever the words are."""

    part = Part.EVIDENCE
    template = "editorial/part_evidence.html"

    def __init__(
        self,
        content: Content,
        data: QueryDict | None = None,
        *,
        findings: Sequence[Finding],
        strands: Sequence[Strand],
        words: str = "",
    ) -> None:
        super().__init__(content, data)
        self.all_findings, self.all_strands, self.words = findings, strands, words
        initial: dict[str, list[str]] = {"findings": list(content.findings)}
        if isinstance(content, LessonContent):
            initial["strands"] = list(content.strands)
        self.form = EvidenceForm(data, initial=initial)
        offer(self.form, "findings", [(finding.code, finding.code) for finding in findings])
        if isinstance(content, LessonContent):
            offer(self.form, "strands", [(strand_code(strand), strand.name) for strand in strands])
        else:
            del self.form.fields["strands"]
        self.forms = [self.form]

    @property
    def findings(self) -> list[TickGroup]:
        ticked = set(self.form["findings"].value() or ())
        groups: dict[str, list[Tick]] = {}
        for finding in self.all_findings:
            if finding.code in ticked or _matches(finding, self.words):
                age = "adults only" if finding.is_for_adults else f"readers of {finding.least_age} and over"
                meta = f"{finding.locator} · {age}" + (f" · figures: {finding.figures}" if finding.figures else "")
                tick = Tick(
                    "findings", finding.code, f"{finding.code}: {finding.statement}", meta, finding.code in ticked
                )
                groups.setdefault(str(finding.source), []).append(tick)
        return [TickGroup(label, tuple(ticks)) for label, ticks in groups.items()]

    @property
    def strands(self) -> list[TickGroup]:
        if "strands" not in self.form.fields:
            return []
        ticked = set(self.form["strands"].value() or ())
        groups: dict[str, list[Tick]] = {}
        for strand in self.all_strands:
            code = strand_code(strand)
            groups.setdefault(strand.edition.name, []).append(Tick("strands", code, strand.name, "", code in ticked))
        return [TickGroup(label, tuple(ticks)) for label, ticks in groups.items()]

    def changes(self) -> dict[str, object]:
        # In the order in which they are stored, so that ticking nothing new changes nothing.
        return {
            name: tuple(value for value, _ in offered(self.form, name) if value in chosen)
            for name, chosen in self.form.cleaned_data.items()
        }


def strand_code(strand: Strand) -> str:
    return f"{strand.edition.slug}/{strand.slug}"


def _matches(finding: Finding, words: str) -> bool:
    text = f"{finding.code} {finding.statement} {finding.theme} {finding.locator} {finding.source}".lower()
    return all(word in text for word in words.lower().split())
