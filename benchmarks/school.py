"""How long the lead's pages take, and how many queries, for one large school alone and beside 2,000 others.

    .venv/bin/python benchmarks/school.py [other schools]

It makes a database of its own in a temporary folder and loads the starter library. The school has 60 classes, 1,800
pupils and 40 lessons set for each class; the others have three classes with five lessons each, and each class has a
teacher. It prints the median of nine requests, as the clock and as the processor count it, and the plans of queries
that read a whole table. Nothing is asserted: it is for looking at. For PostgreSQL give the address of an empty database
in BENCHMARK_DATABASE_URL.
"""

import datetime
import os
import random
import statistics
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = tempfile.TemporaryDirectory(prefix="school-")
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

from lessons.library.models import LessonVersion, QuestionOption
from lessons.teaching.models import AnswerCount, Assignment, Attempt, Delivery
from safeguarding.accounts.models import User
from safeguarding.schools.enums import ClassMode, Role
from safeguarding.schools.models import Country, Membership, Pupil, School, SchoolClass, Term

RUNS = 9
CLASSES, PUPILS, LESSONS = 60, 30, 40
OTHERS_CLASSES, OTHERS_LESSONS, OTHERS_PUPILS = 3, 5, 10
BATCH = 5_000
PAGES = (
    "/school/",
    "/school/?as=csv&table=classes",
    "/school/evidence-pack/",
    "/school/staff/",
    "/school/settings/",
)
OWNED = ("schools_", "teaching_")
CHANCE = random.Random(5)  # noqa: S311  # no secret


def make_schools(slugs: list[str], *, classes: int, pupils: int, lessons: int) -> list[School]:
    """Each lesson is on devices and begun by everybody; every second one was taught to the class as well."""
    today = timezone.localdate()
    country = Country.objects.get(code="GB-ENG")
    schools = School.objects.bulk_create(School(name=f"School {slug}", slug=slug, country=country) for slug in slugs)
    expires = timezone.now() + datetime.timedelta(days=200)
    made = SchoolClass.objects.bulk_create(
        [
            SchoolClass(
                school=school,
                name=f"{7 + n % 7}{n}",
                year_group=f"Year {7 + n % 7}",
                age_from=11 + n % 7,
                age_to=12 + n % 7,
                mode=ClassMode.NAMED,
                code=f"{school.slug}-{n}",
                code_expires_at=expires,
                school_year=school.year_of(today),
            )
            for school in schools
            for n in range(classes)
        ],
        batch_size=BATCH,
    )
    people = User.objects.bulk_create(
        [User(email=f"{n}@{school.slug}.example", name=f"Teacher {n}") for school in schools for n in range(classes)],
        batch_size=BATCH,
    )
    members = Membership.objects.bulk_create(
        [Membership(user=user, school=c.school, role=Role.TEACHER) for user, c in zip(people, made, strict=True)],
        batch_size=BATCH,
    )
    teaching = SchoolClass.teachers.through
    teaching.objects.bulk_create(
        [teaching(schoolclass=c, membership=member) for c, member in zip(made, members, strict=True)], batch_size=BATCH
    )
    listed: dict[int, list[int]] = {}
    names = [Pupil(school_class=c, display_name=f"Pupil {n}") for c in made for n in range(pupils)]
    for pupil in Pupil.objects.bulk_create(names, batch_size=BATCH):
        listed.setdefault(pupil.school_class_id, []).append(pupil.pk)
    versions = list(islice(LessonVersion.objects.live().order_by("pk"), lessons))
    options: dict[int, list[QuestionOption]] = {}
    for option in QuestionOption.objects.filter(question__version__in=versions).select_related("question"):
        options.setdefault(option.question.version_id, []).append(option)
    first = datetime.date(made[0].school_year, 9, 1)
    assignments = Assignment.objects.bulk_create(
        [
            Assignment(
                school_class=c,
                version=version,
                opens_on=first,
                due_on=first + datetime.timedelta(days=7 * n),
                closed_at=timezone.now() if n < lessons // 2 else None,
            )
            for c in made
            for n, version in enumerate(versions)
        ],
        batch_size=BATCH,
    )
    Delivery.objects.bulk_create(
        [Delivery(assignment=a, taught_on=a.due_on, pupils_present=28) for a in assignments[::2]], batch_size=BATCH
    )
    attempts = (
        Attempt(assignment=a, pupil_id=pupil, position=9, before_done=True, finished_on=a.due_on)
        for a in assignments
        for pupil in listed[a.school_class_id]
    )
    counts = (
        AnswerCount(assignment=a, option=option, moment=moment, count=CHANCE.randint(0, pupils))
        for a in assignments
        for option in options[a.version_id]
        for moment in ("before", "after")
    )
    for model, rows in ((Attempt, attempts), (AnswerCount, counts)):
        while batch := list(islice(rows, BATCH)):
            model.objects.bulk_create(batch)
    return schools


def measured(browser: Client, address: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(address)
    count = len(queries)  # the next request empties the log
    times, work = [], []
    for _ in range(RUNS):
        began, busy = time.perf_counter(), time.process_time()
        answer = browser.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        times.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - busy) * 1000)
    taken, own = statistics.median(times), statistics.median(work)
    size = len(body) / 1024
    print(
        f"{address:34} {answer.status_code}  {count:3} queries  {taken:6.0f} ms ({own:.0f} ms of work)  {size:5.0f} KB"
    )


def slow_parts(browser: Client, address: str) -> None:
    """The queries that took longest, and the steps of their plans that read a whole table of what schools own."""
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    for query in sorted(queries, key=lambda query: -float(query["time"]))[:4]:
        print(f"  {float(query['time']) * 1000:5.0f} ms  {query['sql'][:100]}…")
    for query in queries:
        if not query["sql"].startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + query["sql"])
            steps = [str(row[-1]) for row in cursor.fetchall()]
        for step in steps:
            if any(f"{word} {table}" in step for word in ("SCAN", "Seq Scan on") for table in OWNED):
                print(f"  whole table: {step}  in  {query['sql'][:80]}…")


def main(others: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_starter", verbosity=0)
    (school,) = make_schools(["large"], classes=CLASSES, pupils=PUPILS, lessons=LESSONS)
    lead = User.objects.create_user(email="lead@large.example", name="Lena")
    Membership.objects.create(user=lead, school=school, role=Role.LEAD)
    year = school.year_of(timezone.localdate())
    for name, first, last in (
        ("Autumn", (year, 9, 1), (year, 12, 18)),
        ("Spring", (year + 1, 1, 5), (year + 1, 3, 26)),
    ):
        Term.objects.create(school=school, name=name, starts_on=datetime.date(*first), ends_on=datetime.date(*last))
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    for beside in dict.fromkeys((0, others)):
        if beside:
            make_schools(
                [f"other-{n}" for n in range(beside)],
                classes=OTHERS_CLASSES,
                pupils=OTHERS_PUPILS,
                lessons=OTHERS_LESSONS,
            )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{CLASSES} classes, {Attempt.objects.count()} attempts, {beside} other schools")
        for address in PAGES:
            measured(browser, address)
        slow_parts(browser, PAGES[0])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
