from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "lessons.demo"
    label = "demo"
    verbose_name = "Demo"
