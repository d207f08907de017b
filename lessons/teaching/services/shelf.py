"""What a teacher has put aside to find again."""

from lessons.library.models import Lesson
from safeguarding.accounts.models import User

from ..errors import NotForShelf
from ..models import ShelfItem


def put_on_shelf(*, actor: User, lesson: Lesson) -> bool:
    """Whether it is new there; what stands there already stays where it is. Raises NotForShelf."""
    if not Lesson.objects.listed().filter(pk=lesson.pk).exists():
        raise NotForShelf
    return ShelfItem.objects.get_or_create(user=actor, lesson=lesson)[1]


def take_off_shelf(*, actor: User, lesson: Lesson) -> None:
    """Nothing happens to what does not stand there."""
    ShelfItem.objects.filter(user=actor, lesson=lesson).delete()
