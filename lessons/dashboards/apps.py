from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "lessons.dashboards"
    label = "dashboards"
    verbose_name = "Dashboards"
