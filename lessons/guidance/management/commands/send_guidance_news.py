from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lessons.guidance.services.news import count_news, send_news
from lessons.guidance.services.subscriptions import forget_unconfirmed


class Command(BaseCommand):
    help = (
        "Write to those who asked for it, and confirmed it, which guides for parents are new or changed; and forget "
        "addresses that nobody confirmed within two days. Run it every morning. Ends with 1 where an e-mail could not "
        "be sent; the next run tries again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many would be sent, and send none")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if dry_run:
            self.stdout.write(f"E-mails that would be sent: {count_news(timezone.now())}.")
            return
        forgotten = forget_unconfirmed()
        report = send_news(timezone.now())
        self.stdout.write(f"E-mails sent: {report.sent}. Addresses forgotten that nobody confirmed: {forgotten}.")
        if report.failed:
            raise CommandError(f"{report.failed} e-mails could not be sent. The next run tries them again.")
