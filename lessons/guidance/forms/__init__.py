from .clarity import ClarityForm
from .ways_in import AgeForm, WordsForm

__all__ = ["AgeForm", "ClarityForm", "WordsForm"]
