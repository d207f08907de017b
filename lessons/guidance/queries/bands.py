from dataclasses import dataclass

from lessons.library.models import AgeBand


@dataclass(frozen=True)
class Band:
    slug: str
    name: str
    age_from: int
    age_to: int


def age_bands() -> list[Band]:
    """The youngest first. One query."""
    return [Band(*row) for row in AgeBand.objects.values_list("slug", "name", "age_from", "age_to")]
