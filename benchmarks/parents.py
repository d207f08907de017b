"""How long parents' pages take, how many queries, and how many bytes go over the wire.

    .venv/bin/python benchmarks/parents.py

It makes a database of its own in a temporary folder, loads the starter library and copies one guide as a Welsh one. It
prints the median of 21 requests, as the clock and as the processor count it: each page built anew, what a browser gets
that has it already (304), and with REDIS_URL the same of the page that is kept. Nothing is asserted: it is for looking
at. For PostgreSQL give the address of an empty database in BENCHMARK_DATABASE_URL.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = tempfile.TemporaryDirectory(prefix="parents-")
sys.path.insert(0, str(ROOT))
os.environ.update(
    SECRET_KEY="a benchmark's",
    DATABASE_URL=os.environ.get("BENCHMARK_DATABASE_URL", f"sqlite:///{FOLDER.name}/db.sqlite3"),
    MEDIA_ROOT=FOLDER.name,
    DJANGO_SETTINGS_MODULE="tests.settings",
    LOG_LEVEL="ERROR",
)

import django

django.setup()

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.library.models import Guide
from safeguarding.core.kept_pages import renew_stamp
from tests.factories import GuideFactory, GuideVersionFactory, make_live

RUNS = 21
PAGES = {
    "all guides": "/guidance/",
    "a guide": "/guidance/sextortion/",
    "a guide, for Ireland": "/guidance/sextortion/?country=IE",
    "English guide, Welsh page": "/cy/guidance/image-sharing/",
    "a guide in Welsh": "/cy/guidance/sextortion-cy/",
    "for a child of 12": "/guidance/?age=12",
    "search": "/guidance/?words=someone+is+asking+my+daughter+for+pictures",
}


def translate() -> None:
    source = Guide.objects.get(slug="sextortion")
    guide = GuideFactory(
        slug="sextortion-cy", language="cy", translation_of=source, topic=source.topic, kind=source.kind
    )
    version = GuideVersionFactory(guide=guide, title=source.live_version.title, translates=source.live_version)
    for section in source.live_version.sections.all():
        section.pk, section.version = None, version
        section.save()
    version.findings.set(source.live_version.findings.all())
    make_live(version)


def measure(address: str, *, anew: bool, etag: str = "") -> tuple[float, float, int, int, int, str]:
    """Milliseconds by the clock and by the processor, queries, bytes, status, and the page's ETag."""
    headers = {"accept-encoding": "gzip", **({"if-none-match": etag} if etag else {})}
    by_clock, by_processor = [], []
    Client(SERVER_NAME="localhost").get(address, headers=headers)
    for _ in range(RUNS):
        if anew:
            renew_stamp()
        clock, processor = time.perf_counter(), time.process_time()
        response = Client(SERVER_NAME="localhost").get(address, headers=headers)
        by_clock.append(1000 * (time.perf_counter() - clock))
        by_processor.append(1000 * (time.process_time() - processor))
    if anew:
        renew_stamp()
    with CaptureQueriesContext(connection) as asked:
        Client(SERVER_NAME="localhost").get(address, headers=headers)
    size = len(response.content)
    return (
        statistics.median(by_clock),
        statistics.median(by_processor),
        len(asked),
        size,
        response.status_code,
        response.get("ETag", ""),
    )


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_starter", skip_checks=True, verbosity=0, stdout=io.StringIO())
    translate()
    print(f"{connection.vendor}, {'Redis' if settings.REDIS_URL else 'no Redis'}, median of {RUNS}")
    print(f"{'page':28}{'':16}{'clock':>10}{'processor':>11}{'queries':>9}{'bytes, gzip':>13}{'status':>8}")
    for name, address in PAGES.items():
        settings.PAGES_ARE_KEPT = False
        row = measure(address, anew=False)
        print_row(name, "built", row)
        print_row("", "not changed", measure(address, anew=False, etag=row[-1]))
        if settings.REDIS_URL:
            settings.PAGES_ARE_KEPT = True
            print_row("", "built and kept", measure(address, anew=True))
            print_row("", "kept", measure(address, anew=False))
            print_row("", "kept, same", measure(address, anew=False, etag=row[-1]))
    if settings.REDIS_URL:
        caches["pages"].clear()


def print_row(name: str, how: str, row: tuple[float, float, int, int, int, str]) -> None:
    clock, processor, queries, size, status, _etag = row
    print(f"{name:28}{how:16}{clock:7.1f} ms{processor:8.1f} ms{queries:9}{size:13,}{status:8}")


if __name__ == "__main__":
    main()
