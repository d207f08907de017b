"""How long a class waits that joins and answers at once, and whether every answer is counted.

    .venv/bin/python benchmarks/pupils.py [pupils]

It makes a database of its own (or takes the empty one in BENCHMARK_DATABASE_URL), serves the product with gunicorn as
`make run` does, and lets so many pupils of a named class choose a PIN, join and do one lesson to its end. At each page
they wait for one another, so that all of them press in the same moment. It ends with 1 where an answer is lost.
"""

import io
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener, urlopen

ROOT = Path(__file__).resolve().parent.parent
FOLDER = tempfile.TemporaryDirectory(prefix="pupils-")
sys.path.insert(0, str(ROOT))
os.environ.update(
    SECRET_KEY="a benchmark's",
    DATABASE_URL=os.environ.get("BENCHMARK_DATABASE_URL", f"sqlite:///{FOLDER.name}/db.sqlite3"),
    MEDIA_ROOT=FOLDER.name,
    LOG_LEVEL="ERROR",
)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.models import Sum

from lessons.library.models import LessonVersion
from lessons.teaching.models import AnswerCount, Assignment, Attempt
from lessons.teaching.steps import steps_for
from safeguarding.schools.enums import ClassMode, SecretKind
from safeguarding.schools.models import Pupil, SchoolClass
from tests.factories import AssignmentFactory, PupilFactory, SchoolClassFactory

LESSON = "asking-before-a-photo-7-9"
WORKERS, THREADS = 2, 4
PATIENCE = 20  # seconds for one page, and for the server to begin
PIN = "2917"


class NoRedirect(HTTPRedirectHandler):
    """Each page is timed by itself."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Device:
    """A browser as far as it matters here: cookies, the token of a form, and a watch."""

    def __init__(self, base: str, together: threading.Barrier) -> None:
        self.base, self.together = base, together
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()), NoRedirect())
        self.page = ""
        self.waited: list[tuple[str, float]] = []

    def ask(self, what: str, path: str, data: dict[str, str] | None = None) -> None:
        self.together.wait(PATIENCE * 2)
        if data is not None:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
            data = {**data, "csrfmiddlewaretoken": token[1] if token else ""}
        began = time.perf_counter()
        try:
            with self.opener.open(self.base + path, urlencode(data).encode() if data else None, PATIENCE) as answer:
                self.page = answer.read().decode()
        except HTTPError as answer:
            if answer.code != 302:
                raise RuntimeError(f"{path} answered {answer.code}") from answer
        self.waited.append((what, time.perf_counter() - began))

    def go(self, code: str, pupil: int, assignment: Assignment, bodies: list[dict[str, str]]) -> None:
        self.ask("join", "/join/")
        self.ask("join", "/join/", {"code": code})
        self.ask("join", "/join/name/")
        self.ask("join", "/join/name/", {"pupil": str(pupil)})
        self.ask("join", "/join/secret/")
        self.ask("secret", "/join/secret/", {"pin": PIN, "again": PIN})
        self.ask("lessons", "/join/lessons/")
        for number, body in enumerate(bodies, start=1):
            path = f"/join/lessons/{assignment.pk}/{number}/"
            self.ask("look", path)
            self.ask("answer", path, body)
            if "choice" in body:
                self.ask("answer", path, body)  # a double press


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def serve(port: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(  # our own server, with arguments of our own
        [
            *(sys.executable, "-m", "gunicorn", "safeguarding.wsgi", "--bind", f"127.0.0.1:{port}"),
            *(
                "--workers",
                str(WORKERS),
                "--threads",
                str(THREADS),
                "--no-control-socket",
                "--log-level",
                "error",
                "--graceful-timeout",
                "5",
            ),
        ],
        cwd=ROOT,
    )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE).close()  # our own server
        except OSError:
            time.sleep(0.2)
        else:
            return server
    server.terminate()
    raise RuntimeError("The server did not begin.")


def the_class(number: int) -> tuple[SchoolClass, list[Pupil], Assignment]:
    school_class = SchoolClassFactory(mode=ClassMode.NAMED, secret_kind=SecretKind.PIN, age_from=7, age_to=9)
    pupils = PupilFactory.create_batch(number, school_class=school_class)
    version = LessonVersion.objects.live().get(lesson__slug=LESSON)
    return school_class, pupils, AssignmentFactory(school_class=school_class, version=version)


def main(number: int) -> int:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_starter", verbosity=0, stdout=io.StringIO())
    school_class, pupils, assignment = the_class(number)
    steps = steps_for(assignment)
    bodies = [{"choice": str(step.question.options[0].pk)} if step.question else {"next": "1"} for step in steps[:-1]]
    port = free_port()
    server = serve(port)
    together = threading.Barrier(number)
    devices = [Device(f"http://127.0.0.1:{port}", together) for _ in pupils]
    try:
        with ThreadPoolExecutor(number) as pool:
            jobs = [
                pool.submit(device.go, school_class.code, pupil.pk, assignment, bodies)
                for device, pupil in zip(devices, pupils, strict=True)
            ]
            for job in jobs:
                job.add_done_callback(lambda done: together.abort() if done.exception() else None)
        for job in jobs:
            job.result()
    finally:
        server.terminate()
        server.wait(PATIENCE)

    print(f"{number} pupils at once, {WORKERS} workers with {THREADS} threads, {connection.vendor}")
    print(f"{'page':10}{'asked':>8}{'median':>10}{'95 of 100':>12}{'longest':>10}")
    for what in dict.fromkeys(name for name, _ in devices[0].waited):
        times = sorted(seconds * 1000 for device in devices for name, seconds in device.waited if name == what)
        high = times[int(len(times) * 0.95)]
        print(f"{what:10}{len(times):8}{statistics.median(times):7.0f} ms{high:9.0f} ms{times[-1]:7.0f} ms")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    asked = sum(len(device.waited) for device in devices)
    print(f"the server's own work: {1000 * (spent.ru_utime + spent.ru_stime) / asked:.1f} ms a page")
    counted = AnswerCount.objects.filter(assignment=assignment).aggregate(total=Sum("count"))["total"] or 0
    sent = number * sum("choice" in body for body in bodies)
    finished = Attempt.objects.filter(assignment=assignment, finished_on__isnull=False).count()
    print(f"answers sent {sent}, counted {counted}; {finished} of {number} came to the end")
    return 0 if counted == sent and finished == number else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
