from .classes import code_expiry, create_class, renew_code, update_class
from .pupils import add_pupils, remove_pupil, reset_pupil

__all__ = [
    "add_pupils",
    "code_expiry",
    "create_class",
    "remove_pupil",
    "renew_code",
    "reset_pupil",
    "update_class",
]
