from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "lessons.editorial"
    label = "editorial"
    verbose_name = "Editorial"
