from safeguarding.schools.models import Country

from .help import CountryHelp, country_help


def emergency_in(code: str) -> CountryHelp | None:
    """The numbers to dial in a country, and None where we know none by that code. One query."""
    country = Country.objects.filter(code=code).first()
    return country_help(country) if country else None
