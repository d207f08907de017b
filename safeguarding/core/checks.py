from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def demo_is_off(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Run by `check --deploy`: a site for real schools has no trial accounts."""
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO is on. A trial has accounts whose password was printed.",
            hint="Take DEMO out of the environment, and start with a new database where the trial schools were made.",
            id="core.E001",
        )
    ]
