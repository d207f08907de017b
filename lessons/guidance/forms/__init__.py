from .clarity import ClarityForm
from .subscribe import SubscribeForm
from .ways_in import AgeForm, WordsForm

__all__ = ["AgeForm", "ClarityForm", "SubscribeForm", "WordsForm"]
