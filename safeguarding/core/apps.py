from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created

from .checks import demo_is_off
from .kept_pages import watch_writes


class CoreConfig(AppConfig):
    name = "safeguarding.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        register(demo_is_off, Tags.security, deploy=True)
        connection_created.connect(watch_writes)


class OperatorsConfig(AdminConfig):
    default_site = "safeguarding.core.operators.OperatorSite"
