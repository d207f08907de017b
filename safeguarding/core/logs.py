import logging
import re
from typing import ClassVar

# What `secrets.token_urlsafe(32)` makes, as part of a path.
KEY = re.compile(r"/[\w-]{43}(?=/|$)")


class WithoutKeys(logging.Filter):
    """Whoever reads the log learns no key of an address that only a mail, or a calendar, names."""

    SHOWN: ClassVar[str] = "/…"

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(KEY.sub(self.SHOWN, arg) if isinstance(arg, str) else arg for arg in record.args)
        return True
