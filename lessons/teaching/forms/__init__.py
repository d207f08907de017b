from .base import RefusableForm
from .joining import SECRET_FORMS, CodeForm, NameForm, SecretForm
from .setting import DeliveryForm, DueDateForm, NewerVersionForm, SetLessonForm

__all__ = [
    "SECRET_FORMS",
    "CodeForm",
    "DeliveryForm",
    "DueDateForm",
    "NameForm",
    "NewerVersionForm",
    "RefusableForm",
    "SecretForm",
    "SetLessonForm",
]
