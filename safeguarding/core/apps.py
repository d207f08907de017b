from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register

from .checks import demo_is_off


class CoreConfig(AppConfig):
    name = "safeguarding.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        register(demo_is_off, Tags.security, deploy=True)


class OperatorsConfig(AdminConfig):
    default_site = "safeguarding.core.operators.OperatorSite"
