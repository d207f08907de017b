from .clarity import ClarityForm
from .subscribe import SubscribeForm
from .ways_in import AgeForm, SchoolForm, WordsForm

__all__ = ["AgeForm", "ClarityForm", "SchoolForm", "SubscribeForm", "WordsForm"]
