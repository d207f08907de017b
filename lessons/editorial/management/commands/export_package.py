from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lessons.editorial.errors import EditorialError
from lessons.editorial.services.locking import AnyIdentity
from lessons.editorial.services.package_export import package_of
from lessons.library.models import Guide, Lesson


class Command(BaseCommand):
    help = "Write lessons and guides that are live, with their pictures, into a package (docs/starter-format.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--slug", action="append", default=[], help="only this one; can be given more than once")
        parser.add_argument("--newest", action="store_true", help="the newest versions, whether they are live or not")

    def handle(self, *args: Any, file: Path, slug: list[str], newest: bool, **options: Any) -> None:
        items: list[AnyIdentity] = [*Lesson.objects.order_by("slug"), *Guide.objects.order_by("slug")]
        unknown = set(slug) - {item.slug for item in items}
        if unknown:
            raise CommandError(f"There is no lesson or guide “{min(unknown)}”. Nothing was written.")
        chosen = [item for item in items if not slug or item.slug in slug]
        try:
            data = package_of(chosen, newest=newest)
            file.write_bytes(data)
        except EditorialError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{file}: {len(data):,} bytes.")
