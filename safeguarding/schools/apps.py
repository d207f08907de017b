from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "safeguarding.schools"
    label = "schools"
    verbose_name = "Schools"
