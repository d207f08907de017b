from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "lessons.guidance"
    label = "guidance"
    verbose_name = "Guidance"
