from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from safeguarding.core.catalogues import CatalogueError, compiled, read_po, write_po
from safeguarding.core.languages import INTERFACE, SOURCE, language_of

from ...words import words

NOTE = """What parents read around the guides, in {name}. core/languages.py says whether a fluent reader approved it.
After a change: make catalogues."""


class Command(BaseCommand):
    help = "Puts every text of the parents' pages into the catalogues (locale/*/django.po), and compiles them."

    def handle(self, *args: Any, **options: Any) -> None:
        needed = words()
        for code in INTERFACE:
            if code != SOURCE:
                self._write(code, Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po", needed)

    def _write(self, code: str, path: Path, needed: list[str]) -> None:
        try:
            held = read_po(path)
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        write_po(path, held, needed, NOTE.format(name=language_of(code).english))
        path.with_suffix(".mo").write_bytes(compiled(read_po(path)))
        missing = [text for text in needed if not held.get(text)]
        self.stdout.write(f"{code}: {len(needed)} texts, {len(missing)} without a translation")
        for text in missing:
            self.stdout.write(f"  {text}")
