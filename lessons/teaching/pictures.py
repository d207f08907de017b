"""The pictures that stand for a password. Twelve, of which three different ones in order make 1,320 secrets."""

from collections.abc import Sequence

# The slug is the file's name in static/img/pictures and must not change: it is part of what was hashed.
PICTURES: dict[str, str] = {
    "cat": "Cat",
    "boat": "Boat",
    "tree": "Tree",
    "star": "Star",
    "cup": "Cup",
    "kite": "Kite",
    "fish": "Fish",
    "house": "House",
    "shoe": "Shoe",
    "sun": "Sun",
    "leaf": "Leaf",
    "drum": "Drum",
}
HOW_MANY = 3


def secret_text(chosen: Sequence[str]) -> str:
    """What is hashed: cat-boat-tree."""
    return "-".join(chosen)
