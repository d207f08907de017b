from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lessons.editorial.services.starter import load_starter
from lessons.library.yaml_lines import StarterError


class Command(BaseCommand):
    help = "Load the starter library. Run it again at any time: what an editor has changed is kept."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_starter()
        except StarterError as error:
            raise CommandError(f"{error.path}, line {error.line}: {error.reason} Nothing was loaded.") from error
        reference = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.reference.items()))
        self.stdout.write(f"Reference data: {reference}.")
        for outcome in ("added", "updated", "kept", "same"):
            slugs = getattr(report, outcome)
            named = f": {', '.join(slugs)}" if slugs and outcome != "same" else ""
            self.stdout.write(f"Lessons and guides {outcome}: {len(slugs)}{named}")
