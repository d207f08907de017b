import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lessons.editorial.services.reminders import send_reminders


class Command(BaseCommand):
    help = (
        "Tell whoever looks after a lesson or guide that its review is due: 60 days before, 30 days before and on the "
        "day, once each. Run it daily. Ends with 1 where an e-mail could not be sent; the next run tries again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="as if it were this day, such as 2027-01-31")

    def handle(self, *args: Any, on: str | None, **options: Any) -> None:
        report = send_reminders(_day(on) if on else timezone.localdate())
        self.stdout.write(f"E-mails sent: {report.sent}.")
        if report.untold:
            self.stderr.write(f"Nobody looks after {report.untold} of what is due, and there is no reviewer to tell.")
        if report.failed:
            raise CommandError(f"{report.failed} e-mails could not be sent. The next run tries them again.")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is not a day. Write it like 2027-01-31.") from error
