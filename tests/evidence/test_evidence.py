import re

import pytest

from lessons.editorial.services.reference_data import load_tables
from lessons.editorial.services.reference_tables import TABLES
from lessons.evidence.models import Finding, Source
from lessons.library.starter_files import STARTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    load_tables(TABLES, STARTER)


@pytest.mark.usefixtures("loaded")
def test_all_five_sources_and_all_62_findings_are_there_under_their_codes():
    assert Source.objects.count() == 5
    assert list(Finding.objects.values_list("code", flat=True)) == [f"F{number:02}" for number in range(1, 63)]


@pytest.mark.usefixtures("loaded")
def test_every_figure_of_a_finding_stands_in_its_statement_exactly_as_listed():
    missing = {
        finding.code: figure
        for finding in Finding.objects.all()
        for figure in filter(None, finding.figures.split(";"))
        if figure not in finding.statement
    }

    assert not missing


@pytest.mark.usefixtures("loaded")
def test_no_figure_reaches_readers_under_14():
    young = Finding.objects.fit_for_age(13)

    assert young
    assert not [finding.code for finding in young if finding.figures]


@pytest.mark.usefixtures("loaded")
def test_no_finding_speaks_of_what_the_product_does_not_carry_over():
    refused = re.compile(r"ethnic|dark ?(web|net)|asian|\btor\b", re.IGNORECASE)

    assert not [finding.code for finding in Finding.objects.all() if refused.search(finding.statement)]
