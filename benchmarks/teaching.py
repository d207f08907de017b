"""How long a class's page takes, how many queries and how many bytes, alone and beside 2,000 other schools.

    .venv/bin/python benchmarks/teaching.py [other schools]

It makes a database of its own in a temporary folder and prints the median of fifteen requests for each page, and of the
processor's time, which tells more on a busy machine. Nothing is asserted: it is for looking at.
`BENCHMARK_DATABASE_URL` measures another database, which must be empty.
"""

import datetime
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = tempfile.TemporaryDirectory(prefix="teaching-")
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

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.library.models import LessonVersion
from lessons.teaching.enums import ForWhom, Moment
from lessons.teaching.models import AnswerCount, Assignment, Attempt, Delivery
from safeguarding.accounts.models import User
from safeguarding.schools.enums import ClassMode, Role
from safeguarding.schools.models import Country, Membership, Pupil, PupilGroup, School, SchoolClass

RUNS = 15
BATCH = 20_000
TODAY = timezone.localdate()


def make_class(school: School, teacher: Membership, name: str, pupils: int, lessons: int) -> SchoolClass:
    """A third of the lessons are closed; one in ten is for a group. Two thirds of what was set is begun."""
    made = SchoolClass.objects.create(
        school=school,
        name=name,
        age_from=11,
        age_to=12,
        mode=ClassMode.NAMED,
        code_expires_at=timezone.now() + datetime.timedelta(days=200),
        school_year=school.year_of(TODAY),
    )
    made.teachers.add(teacher)
    listed = Pupil.objects.bulk_create(Pupil(school_class=made, display_name=f"Pupil {n:03}") for n in range(pupils))
    group = PupilGroup.objects.create(school_class=made, name="Readers")
    group.pupils.set(listed[: pupils // 3])
    versions = list(LessonVersion.objects.order_by("pk")[:30])
    days = [TODAY + datetime.timedelta(days=n) for n in range(-lessons, 0)]
    closed_at = timezone.now()
    set_for_it = Assignment.objects.bulk_create(
        Assignment(
            school_class=made,
            version=versions[n % len(versions)],
            opens_on=day,
            due_on=day + datetime.timedelta(days=7),
            set_by=teacher,
            closed_at=closed_at if n % 3 == 0 or n >= len(versions) else None,
            for_whom=ForWhom.GROUPS if n % 10 == 0 else ForWhom.CLASS,
        )
        for n, day in enumerate(days)
    )
    for assignment in set_for_it[::10]:
        assignment.groups.add(group)
    Attempt.objects.bulk_create(
        (
            Attempt(assignment=assignment, pupil=pupil, position=2, finished_on=TODAY if (n + m) % 3 == 0 else None)
            for m, assignment in enumerate(set_for_it)
            for n, pupil in enumerate(listed)
            if (n + m) % 3 or assignment.for_whom == ForWhom.CLASS
        ),
        batch_size=BATCH,
    )
    Delivery.objects.bulk_create(
        Delivery(assignment=assignment, taught_on=TODAY, pupils_present=25, taught_by=teacher)
        for assignment in set_for_it[::2]
    )
    return made


def make_others(count: int) -> None:
    """As many schools with a class of 30 each, which has begun three lessons."""
    country = Country.objects.order_by("pk")[0]
    version = LessonVersion.objects.order_by("pk")[:3]
    year = TODAY.year
    schools = School.objects.bulk_create(
        School(name=f"Other {n}", slug=f"other-{n}", country=country) for n in range(count)
    )
    classes = SchoolClass.objects.bulk_create(
        SchoolClass(
            school=school,
            name="Class",
            age_from=11,
            age_to=12,
            mode=ClassMode.NAMED,
            code=f"other-{n}",
            code_expires_at=timezone.now(),
            school_year=year,
        )
        for n, school in enumerate(schools)
    )
    Pupil.objects.bulk_create(
        (Pupil(school_class=c, display_name=f"Pupil {n}") for c in classes for n in range(30)), batch_size=BATCH
    )
    assignments = Assignment.objects.bulk_create(
        (
            Assignment(school_class=school_class, version=found, opens_on=TODAY, due_on=TODAY)
            for school_class in classes
            for found in version
        ),
        batch_size=BATCH,
    )
    options = list(version[0].questions.order_by("pk")[0].options.all())
    AnswerCount.objects.bulk_create(
        (
            AnswerCount(assignment=assignment, option=option, moment=Moment.AFTER, count=10)
            for assignment in assignments[::3]
            for option in options
        ),
        batch_size=BATCH,
    )
    pupils: dict[int, list[int]] = {}
    for pk, class_pk in Pupil.objects.filter(school_class__in=classes).values_list("pk", "school_class"):
        pupils.setdefault(class_pk, []).append(pk)
    Attempt.objects.bulk_create(
        (
            Attempt(assignment=assignment, pupil_id=pk, position=1)
            for assignment in assignments
            for pk in pupils[assignment.school_class_id]
        ),
        batch_size=BATCH,
    )


def measure(browser: Client, pages: dict[str, str]) -> None:
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(address)
        count = len(queries)  # the next request empties the log
        times, worked = [], []
        for _ in range(RUNS):
            began, began_work = time.perf_counter(), time.process_time()
            response = browser.get(address)
            if response.streaming:
                b"".join(response)
            times.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - began_work) * 1000)
        size = len(answer.getvalue()) / 1000
        print(
            f"{name:34} {answer.status_code}  {count:3} queries  {statistics.median(times):5.0f} ms"
            f" (of the processor {statistics.median(worked):4.0f} ms)  {size:5.0f} KB"
        )


def main(others: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_starter", verbosity=0)
    school = School.objects.create(name="Ours", slug="ours", country=Country.objects.order_by("pk")[0])
    user = User.objects.create_user(email="teacher@ours.example", name="Sam")
    teacher = Membership.objects.create(user=user, school=school, role=Role.TEACHER)
    sizes = {"30 × 40": (30, 40), "200 × 40": (200, 40), "400 × 120": (400, 120)}
    classes = {name: make_class(school, teacher, name, *size) for name, size in sizes.items()}
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = {}
    for name, school_class in classes.items():
        address = f"/teach/classes/{school_class.pk}/"
        first = school_class.assignments.order_by("pk")[0].pk
        pages[f"class {name}"] = address
        pages[f"class {name}, by a lesson"] = f"{address}?matrix-sort=lesson-{first + 1}"
        pages[f"class {name}, as CSV"] = f"{address}?table=matrix&as=csv"
    pages["results of a lesson"] = f"/teach/assignments/{first + 1}/"
    pages["a pupil"] = f"/teach/pupils/{Pupil.objects.order_by('pk')[0].pk}/"
    print(f"alone, {connection.vendor}")
    measure(browser, pages)
    make_others(others)
    print(f"beside {others} other schools")
    measure(browser, pages)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
