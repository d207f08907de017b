from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "lessons.evidence"
    label = "evidence"
    verbose_name = "Evidence"
