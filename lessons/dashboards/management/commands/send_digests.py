from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lessons.dashboards.services.digests import count_digests, send_digests


class Command(BaseCommand):
    help = (
        "Send teachers who asked for it what is new about their lessons: every day, or every week on Monday. Run it "
        "every morning. Ends with 1 where an e-mail could not be sent; the next run tries again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many would be sent, and send none")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if dry_run:
            self.stdout.write(f"E-mails that would be sent: {count_digests(timezone.now())}.")
            return
        report = send_digests(timezone.now())
        self.stdout.write(f"E-mails sent: {report.sent}.")
        if report.failed:
            raise CommandError(f"{report.failed} e-mails could not be sent. The next run tries them again.")
