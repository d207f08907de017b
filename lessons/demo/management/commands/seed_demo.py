import os
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lessons.demo.plan import ACCOUNTS, PICTURES
from lessons.demo.seed import Seeded, seed_demo
from lessons.library.models import Lesson
from lessons.teaching.errors import TeachingError
from safeguarding.schools.errors import SchoolsError
from safeguarding.schools.models import Country


class Command(BaseCommand):
    help = (
        "Make two trial schools with people, classes and answers. It can be run again: what is there stays as it is. "
        "DEMO_PASSWORD sets the password of all accounts."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This makes accounts whose password is printed, so it is for trials only. Set DEMO=1 if this is one."
            )
        given = os.environ.get("DEMO_PASSWORD", "")
        password = given or secrets.token_urlsafe(12)
        try:
            seeded = seed_demo(password=password, set_for_all=bool(given))
        except (Country.DoesNotExist, Lesson.DoesNotExist) as error:
            raise CommandError("There are no lessons yet. Run `manage.py load_starter` first.") from error
        except (SchoolsError, TeachingError) as error:
            raise CommandError(
                f"The trial schools have been changed in a way that this cannot mend, so nothing was done. {error}"
            ) from error
        self._print_accounts(seeded, password, given=bool(given))
        self._print_classes(seeded)
        if seeded.missing_lessons:
            self.stdout.write(f"Left out, because they are not live: {', '.join(seeded.missing_lessons)}.")

    def _print_accounts(self, seeded: Seeded, password: str, *, given: bool) -> None:
        self.stdout.write("Accounts of the trial (sign in at /account/login/):")
        for account in ACCOUNTS:
            at = f", {account.school.capitalize()}" if account.school else ""
            self.stdout.write(f"  {account.email:<29}{account.role}{at}")
        if given:
            self.stdout.write("Password of all of them: the one in DEMO_PASSWORD.")
        elif len(seeded.with_password) == len(ACCOUNTS):
            self.stdout.write(f"Password of all of them: {password}")
        elif seeded.with_password:
            self.stdout.write(f"Password of {', '.join(seeded.with_password)}: {password}")
            self.stdout.write("The other accounts keep their passwords.")
        else:
            self.stdout.write(
                "The accounts keep the passwords that they had. Set DEMO_PASSWORD and run this again to change them."
            )

    def _print_classes(self, seeded: Seeded) -> None:
        self.stdout.write("Class codes (pupils join at /join/):")
        for school_class in seeded.classes:
            how = "named" if school_class.is_named else "anonymous"
            school = school_class.school.name
            self.stdout.write(f"  {school:<12}{school_class.name:<10}{how:<11}{school_class.code}")
        self.stdout.write(f"Pupils of named classes who have begun a lesson join with: {', '.join(PICTURES)}.")
