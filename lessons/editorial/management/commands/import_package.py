from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lessons.editorial.errors import EditorialError
from lessons.editorial.services.packages import PackageReport, import_package, read_package
from safeguarding.accounts.models import User


class Command(BaseCommand):
    help = "Say what a package would change, or make drafts of what is new or changed in it. Nothing goes live."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--apply", action="store_true", help="make the drafts; without this, only say what would be"
        )
        parser.add_argument("--as", dest="email", default="", help="the editor whose drafts they will be")

    def handle(self, *args: Any, file: Path, apply: bool, email: str, **options: Any) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        if not apply:
            self._tell(read_package(data))
            self.stdout.write("Nothing was written. Run it again with --apply --as EMAIL to make the drafts.")
            return
        actor = User.objects.filter(email__iexact=email).first() if email else None
        if actor is None:
            raise CommandError("Say with --as whose drafts they will be: the e-mail address of an editor.")
        try:
            report = import_package(actor=actor, data=data)
        except EditorialError as error:
            raise CommandError(f"{error} Nothing was written.") from error
        self._tell(report)
        self.stdout.write(f"{len(report.to_write)} drafts were made.")

    def _tell(self, report: PackageReport) -> None:
        for outcome in ("new", "changed", "same"):
            paths = [item.path for item in getattr(report, outcome)]
            named = f": {', '.join(paths)}" if paths and outcome != "same" else ""
            self.stdout.write(f"{outcome.capitalize()}: {len(paths)}{named}")
        self.stdout.write(f"New pictures: {len(report.new_pictures)}")
        for refusal in report.refused:
            self.stderr.write(f"Refused: {refusal}")
