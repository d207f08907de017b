"""What a pupil of a named class shows, as the text that is hashed. `pictures.py` has the third kind."""

import re
import uuid
from itertools import pairwise

from django.utils.crypto import salted_hmac

from safeguarding.schools.codes import WORDS as CODE_WORDS
from safeguarding.schools.enums import SecretKind
from safeguarding.schools.models import Pupil, SchoolClass

# Short ones, of which four different ones in order make over 360 million secrets.
WORDS = tuple(word for word in CODE_WORDS if len(word) <= 5)
HOW_MANY_WORDS = 4
SHORTEST_PIN, LONGEST_PIN = 4, 6


def kind_for(pupil: Pupil, school_class: SchoolClass) -> SecretKind:
    """What the pupil has chosen stays theirs when the class changes its kind, until a teacher clears it."""
    return SecretKind(pupil.secret_kind if pupil.secret and pupil.secret_kind else school_class.secret_kind)


def draw_words(seed: uuid.UUID, pupil_id: int) -> tuple[str, ...]:
    """Four different words, the same for as long as the visit with this seed lasts, so that they are stored nowhere
    until the pupil has typed them back."""
    digest = salted_hmac("lessons.teaching.pupil_secrets", f"{seed} {pupil_id}", algorithm="sha256").digest()
    left = list(WORDS)
    places = (int.from_bytes(digest[4 * n : 4 * n + 4]) for n in range(HOW_MANY_WORDS))
    return tuple(left.pop(place % len(left)) for place in places)


def words_text(typed: str) -> str:
    """Letters alone: capitals, spaces, hyphens and commas do not matter."""
    return "".join(re.findall(r"[a-z]+", typed.lower()))


def pin_text(typed: str) -> str:
    return re.sub(r"[\s-]", "", typed)


def is_pin(pin: str) -> bool:
    return SHORTEST_PIN <= len(pin) <= LONGEST_PIN and pin.isascii() and pin.isdigit()


def is_easy_pin(pin: str) -> bool:
    """1111, 1234, 4321: what anybody tries first."""
    return {int(b) - int(a) for a, b in pairwise(pin)} in ({0}, {1}, {-1})
