from .assignment import ChangeForm, DeliveryForm, LaterCheckForm, MoveForm, NewerVersionForm
from .base import RefusableForm
from .joining import SECRET_FORMS, CodeForm, NameForm, SecretForm
from .plan import CopyForm, CopyFromForm, PlanForm
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
    "MoveForm",
    "NameForm",
    "NewerVersionForm",
    "PlanForm",
    "RefusableForm",
    "SecretForm",
    "SetLessonForm",
    "SetUnitForm",
]
