"""What a file may name: topics, bands, strands and drawings."""

from dataclasses import dataclass

from lessons.library.content import Content, LessonContent
from lessons.library.models import AgeBand, Illustration, Strand, Topic


@dataclass(frozen=True)
class KnownNames:
    topics: frozenset[str]
    bands: frozenset[str]
    strands: frozenset[str]  # <edition>/<strand>
    drawings: frozenset[str]

    def missing(self, content: Content) -> list[str]:
        """What the content names and there is not: “no topic “x””."""
        found = []
        if content.topic is not None and content.topic not in self.topics:
            found.append(f"no topic “{content.topic}”")
        if isinstance(content, LessonContent):
            if content.band not in self.bands:
                found.append(f"no age band “{content.band}”")
            found += [f"no strand “{strand}”" for strand in content.strands if strand not in self.strands]
            drawings = [activity.illustration for activity in content.activities if activity.illustration]
            found += [f"no drawing “{drawing}”" for drawing in drawings if drawing not in self.drawings]
        return found


def known_names() -> KnownNames:
    """Four queries."""
    return KnownNames(
        topics=frozenset(Topic.objects.values_list("slug", flat=True)),
        bands=frozenset(AgeBand.objects.values_list("slug", flat=True)),
        strands=frozenset(f"{edition}/{slug}" for edition, slug in Strand.objects.values_list("edition__slug", "slug")),
        drawings=frozenset(Illustration.objects.values_list("slug", flat=True)),
    )
