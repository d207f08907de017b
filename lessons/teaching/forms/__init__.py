from .base import RefusableForm
from .joining import CodeForm, NameForm, PicturesForm
from .setting import DeliveryForm, DueDateForm, NewerVersionForm, SetLessonForm

__all__ = [
    "CodeForm",
    "DeliveryForm",
    "DueDateForm",
    "NameForm",
    "NewerVersionForm",
    "PicturesForm",
    "RefusableForm",
    "SetLessonForm",
]
