"""What has been said about a version, by place."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from lessons.library.store import AnyVersion
from safeguarding.accounts.models import User

from .. import rules
from ..checks.problem import Part
from ..enums import Kind
from ..models import Comment, version_field
from ..places import place_url


@dataclass(frozen=True)
class CommentLine:
    pk: int
    part: Part
    place: str
    quote: str
    text: str
    who: str
    at: datetime.datetime
    number: int  # of the version that it was written on
    done_by: str  # empty while it is open
    done_at: datetime.datetime | None
    url: str  # where it is mended; empty where this reader or this version cannot
    may_resolve: bool

    @property
    def is_open(self) -> bool:
        return self.done_at is None


@dataclass(frozen=True)
class Comments:
    """`may_comment` tells whether there is still something to say: the version is under way."""

    open: tuple[CommentLine, ...]
    done: tuple[CommentLine, ...]
    may_comment: bool

    def at(self, part: Part, place: str) -> tuple[CommentLine, ...]:
        return tuple(line for line in (*self.open, *self.done) if (line.part, line.place) == (part, place))

    def of(self, part: Part) -> tuple[CommentLine, ...]:
        """Open ones."""
        return tuple(line for line in self.open if line.part == part)


def comments_on(user: User, kind: Kind, version: AnyVersion) -> Comments:
    """Of a version that was fetched with its identity. One query."""
    is_under_way = version.is_under_way
    lines = [_line(user, kind, version, comment, is_under_way) for comment in _held(version)]
    return Comments(
        open=tuple(line for line in lines if line.is_open),
        done=tuple(line for line in lines if not line.is_open),
        may_comment=is_under_way and rules.can_comment(user),
    )


def _held(version: AnyVersion) -> Sequence[Comment]:
    return list(Comment.objects.filter(**{version_field(version): version}))


def _line(user: User, kind: Kind, version: AnyVersion, comment: Comment, is_under_way: bool) -> CommentLine:
    part = Part(comment.part)
    is_open = comment.resolved_at is None
    return CommentLine(
        pk=comment.pk,
        part=part,
        place=comment.place,
        quote=comment.quote,
        text=comment.text,
        who=comment.author_name,
        at=comment.at,
        number=comment.number,
        done_by=comment.resolved_by_name,
        done_at=comment.resolved_at,
        url=place_url(kind, version.identity.slug, version.number, part, comment.place)
        if is_open and rules.can_edit(user, version)
        else "",
        may_resolve=is_open and is_under_way and rules.can_resolve(user, comment.author_id),
    )
