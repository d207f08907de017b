from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lessons.editorial.services.statements import COLUMNS, import_statements


class Command(BaseCommand):
    help = f"Import a publisher's official statements from a CSV file with the columns {', '.join(COLUMNS)}."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="write it; without this, only say what would happen")

    def handle(self, *args: Any, file: Path, apply: bool, **options: Any) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        report = import_statements(data, apply=apply)
        if report.problems:
            for problem in report.problems:
                self.stderr.write(str(problem))
            count = len(report.problems)
            raise CommandError(
                f"{count} problem{'s' if count > 1 else ''}. Correct the file and run it again; nothing was written."
            )
        self.stdout.write(f"Statements: {report.new} new, {report.changed} changed, {report.same} the same.")
        if not apply:
            self.stdout.write("Nothing was written. Run it again with --apply to write it.")
