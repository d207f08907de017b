from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lessons.editorial.services.library_check import ItemReport, check_library
from lessons.library.starter_files import STARTER
from lessons.library.yaml_lines import StarterError


class Command(BaseCommand):
    help = (
        "Check every starter file, and every live lesson and guide that is no longer its file. Changes nothing. "
        "With --verbosity 2 also the minutes and reading ages of each. Ends with 1 where something must be mended."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=STARTER, help="of the starter files")

    def handle(self, *args: Any, folder: Path, verbosity: int, **options: Any) -> None:
        try:
            report = check_library(folder)
        except StarterError as error:
            raise CommandError(f"{error.path}, line {error.line}: {error.reason}") from error
        for item in report.items:
            self._print(item, verbosity)
        self._list("Help services to be verified (never, or not for a year)", report.to_verify)
        self._list("Findings that nothing rests on", report.unused)
        self._list("Topics without a lesson for an age that may meet them", report.gaps)
        for sentence in report.units:
            self.stdout.write(f"MUST BE MENDED  {sentence}")
        broken = sum(not item.is_sound for item in report.items)
        count = len(report.items)
        if broken or report.units:
            raise CommandError(f"{broken} of {count} lessons and guides must be mended, and {len(report.units)} units.")
        self.stdout.write(f"{count} lessons and guides are sound.")

    def _print(self, item: ItemReport, verbosity: int) -> None:
        if item.problems or verbosity > 1:
            self.stdout.write(f"{item.name}: {item.facts}")
        for problem in item.problems:
            self.stdout.write(f"  {'MUST BE MENDED' if problem.blocks else 'look at'}  {problem}")

    def _list(self, heading: str, names: list[str]) -> None:
        self.stdout.write(f"{heading}: {', '.join(names) or 'none'}.")
