"""A version beside another one: what a reviewer reads first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lessons.library.differences import Comparison, FieldDifference
from lessons.library.queries import compare_contents
from lessons.library.store import AnyVersion, held_contents
from safeguarding.accounts.models import User

from ..comment_places import Spot, spot_of_difference
from ..enums import Kind
from .comments import CommentLine, Comments, comments_on
from .version import live_of, numbered
from .warnings import Judged, accepted_warnings


@dataclass(frozen=True)
class ReviewedDifference(FieldDifference):
    """With what has been said about its place; `order` counts from 1, for the page."""

    spot: Spot
    comments: tuple[CommentLine, ...]
    accepted: tuple[Judged, ...]
    order: int


@dataclass(frozen=True)
class ChangesPage:
    """`against` and `comparison` are None where there is nothing to compare with yet."""

    kind: Kind
    slug: str
    version: AnyVersion
    live: AnyVersion | None
    against: AnyVersion | None
    comparison: Comparison | None
    has_others: bool
    comments: Comments
    elsewhere: tuple[CommentLine, ...]  # open ones on what does not differ

    @property
    def is_live(self) -> bool:
        return self.live is not None and self.live.pk == self.version.pk

    @property
    def is_against_live(self) -> bool:
        return self.live is not None and self.live == self.against


def changes_page(
    user: User, kind: Kind, slug: str, versions: Sequence[AnyVersion], version: AnyVersion, against: int | None
) -> ChangesPage:
    """Of the versions of `get_versions`. Seven queries for a lesson, four for a guide, however much they hold."""
    found = numbered(versions, against) if against is not None else None
    comments = comments_on(user, kind, version)
    comparison = _reviewed(found, version, comments) if found else None
    beside = {comment.pk for difference in _differences(comparison) for comment in difference.comments}
    return ChangesPage(
        kind=kind,
        slug=slug,
        version=version,
        live=live_of(versions),
        against=found,
        comparison=comparison,
        has_others=len(versions) > 1,
        comments=comments,
        elsewhere=tuple(comment for comment in comments.open if comment.pk not in beside),
    )


def _reviewed(old: AnyVersion, new: AnyVersion, comments: Comments) -> Comparison:
    """What was said about a place stands once, under the first of its fields."""
    held = held_contents([old, new])
    content = held[new]
    comparison = compare_contents(held[old], content)
    accepted = accepted_warnings(new, content)
    found, said = [], set()
    for order, difference in enumerate(comparison.differences, start=1):
        spot = spot_of_difference(difference)
        is_first = spot.value not in said
        said.add(spot.value)
        found.append(
            ReviewedDifference(
                difference.place,
                difference.field,
                difference.runs,
                spot=spot,
                comments=comments.at(spot.part, spot.place) if is_first else (),
                accepted=tuple(one for one in accepted if is_first and _is_of(one, spot)),
                order=order,
            )
        )
    return replace(comparison, differences=tuple(found))


def _is_of(warning: Judged, spot: Spot) -> bool:
    """The checks name each objective and key word, the comparison all of them."""
    return warning.problem.part == spot.part and warning.problem.place.startswith(
        {"Objectives": "Objective ", "Vocabulary": "Vocabulary"}.get(spot.place, spot.place)
    )


def _differences(comparison: Comparison | None) -> Sequence[ReviewedDifference]:
    held = comparison.differences if comparison else ()
    return [difference for difference in held if isinstance(difference, ReviewedDifference)]
