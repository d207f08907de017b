from django.apps import AppConfig

from safeguarding.core.kept_pages import watch

from .changes import next_moment, shown_models


class GuidanceConfig(AppConfig):
    name = "lessons.guidance"
    label = "guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        watch(shown_models(), next_change=next_moment)
