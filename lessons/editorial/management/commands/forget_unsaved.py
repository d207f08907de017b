from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from lessons.editorial.services.unsaved import KEPT_FOR, forget_old_words


class Command(BaseCommand):
    help = (
        f"Forget what editors typed, did not save and have not touched for {KEPT_FOR.days} days. Run it daily; running "
        "it again does nothing more."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Unsaved copies forgotten: {forget_old_words(timezone.now())}.")
