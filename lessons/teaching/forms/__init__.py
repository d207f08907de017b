from .assignment import ChangeForm, DeliveryForm, LaterCheckForm, MoveForm, NewerVersionForm
from .base import RefusableForm
from .joining import SECRET_FORMS, CodeForm, NameForm, SecretForm
from .live import LeadKnowsForm, PackForm
from .plan import CopyForm, CopyFromForm, PlanForm
from .polls import PollForm, VoteForm
from .setting import ChosenForm, SetLessonForm, SetUnitForm

__all__ = [
    "SECRET_FORMS",
    "ChangeForm",
    "ChosenForm",
    "CodeForm",
    "CopyForm",
    "CopyFromForm",
    "DeliveryForm",
    "LaterCheckForm",
    "LeadKnowsForm",
    "MoveForm",
    "NameForm",
    "NewerVersionForm",
    "PackForm",
    "PlanForm",
    "PollForm",
    "RefusableForm",
    "SecretForm",
    "SetLessonForm",
    "SetUnitForm",
    "VoteForm",
]
