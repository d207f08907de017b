from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from safeguarding.schools.services import forget_old_imports


class Command(BaseCommand):
    help = (
        "Forget what stood on class lists before an import that is more than a day old. The next import does so too. "
        "Run it daily; running it again does nothing more."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Imports forgotten: {forget_old_imports(timezone.now())}.")
