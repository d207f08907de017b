"""What schools of a country call an age band."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from safeguarding.schools.access import memberships_of
from safeguarding.schools.models import Country

from ..models import BandName


@dataclass(frozen=True)
class SchoolWords:
    """Of one country; empty texts where nobody has written down its words."""

    names: dict[int, BandName]  # by the band's id

    def band(self, band_id: int) -> str:
        """Key stage 3, Years 7 to 9."""
        return str(self.names.get(band_id, ""))

    def years(self, band_id: int) -> str:
        """Years 7 to 9."""
        known = self.names.get(band_id)
        return known.years if known else ""


def school_words(country_code: str) -> SchoolWords:
    """The country's own words before those of the country that it is part of. One query."""
    rows = BandName.objects.filter(country__in=Country.objects.around(country_code))
    # The own words are put in last, so that they stay.
    return SchoolWords({row.band_id: row for row in sorted(rows, key=lambda row: row.country_id == country_code)})


def country_of(request: HttpRequest) -> str:
    """A school's country decides what its people see; everyone else is given the default. One query for a member."""
    memberships = memberships_of(request.user)
    return memberships[0].school.country_id if memberships else settings.DEFAULT_COUNTRY
