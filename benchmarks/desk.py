"""How long the desk takes, and how many queries, with few items and with 500.

    .venv/bin/python benchmarks/desk.py [items]

It makes a database of its own in a temporary folder, loads the starter library, copies it until there are as many items
as asked for, and prints the median of nine requests for each page. Nothing is asserted: it is for looking at.
"""

import dataclasses
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = tempfile.TemporaryDirectory(prefix="desk-")
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
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.editorial import services
from lessons.editorial.parts import Part, token_of
from lessons.library.models import LessonVersion
from lessons.library.store import content_of
from safeguarding.accounts.models import User

RUNS = 9
MOST = 40_000  # bytes of a long lesson's texts
LESSON = "asking-before-a-photo-7-9"


def copies(count: int, editor: User) -> None:
    """Drafts with the contents of the starter's lessons, until there are `count` items."""
    originals = list(LessonVersion.objects.select_related("lesson__topic", "lesson__band"))
    for n in range(count - len(originals)):
        original = originals[n % len(originals)]
        lesson = original.lesson
        draft = services.create_lesson(
            actor=editor, slug=f"copy-{n}", topic=lesson.topic, band=lesson.band, title=f"{original.title} ({n})"
        )
        content = content_of(draft)
        services.save_part(
            actor=editor,
            version=draft,
            part=Part.TEXT,
            token=token_of(content, Part.TEXT),
            changes={"sections": content_of(original).sections},
        )


def measured(name: str, ask: Callable[..., HttpResponse], prepare: Callable[[], Any] = lambda: None) -> None:
    """`ask` takes what `prepare` has made, which is not counted."""
    made = prepare()
    with CaptureQueriesContext(connection) as queries:
        answer = ask(made)
    count = len(queries)  # the next request empties the log
    times = []
    for _ in range(RUNS):
        made = prepare()
        began = time.perf_counter()
        ask(made)
        times.append((time.perf_counter() - began) * 1000)
    size = len(answer.content) / 1024 if not answer.streaming else 0
    print(f"{name:34} {answer.status_code}  {count:3} queries  {statistics.median(times):6.0f} ms  {size:5.0f} KB")


def long_draft(editor: User) -> LessonVersion:
    """A draft of a lesson with about 40 KB of texts."""
    lesson = LessonVersion.objects.get(lesson__slug=LESSON).lesson
    draft = services.start_draft(actor=editor, identity=lesson)
    content = content_of(draft)
    each = MOST // len(content.sections)
    longer = {
        kind: dataclasses.replace(section, body=(section.body * (each // max(len(section.body), 1) + 1)))
        for kind, section in content.sections.items()
    }
    services.save_part(
        actor=editor, version=draft, part=Part.TEXT, token=token_of(content, Part.TEXT), changes={"sections": longer}
    )
    return draft


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_starter", verbosity=0)
    editor = User.objects.create_user(email="editor@desk.example", name="Sam", is_editor=True, is_reviewer=True)
    copies(count, editor)
    draft = long_draft(editor)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    base = f"/desk/lessons/{LESSON}/{draft.number}/"
    print(f"{count} items")
    for name, address in {
        "desk home": "/desk/",
        "desk home, second page": "/desk/?page=2",
        "schedule": "/desk/schedule/",
        "pictures": "/desk/images/",
        "audit": "/desk/audit/",
        "packages": "/desk/packages/",
        "version": base,
        "writing page": f"{base}write/",
        "text": f"{base}text/",
        "changes against live": f"{base}changes/",
        "preview": f"{base}preview/",
    }.items():
        measured(name, lambda _, address=address: browser.get(address))

    def typed() -> dict[str, object]:
        content = content_of(LessonVersion.objects.get(pk=draft.pk))
        fields: dict[str, object] = {"token": token_of(content, Part.TEXT)}
        for kind, section in content.sections.items():
            fields[kind] = section.body + f"<p>{time.perf_counter()}</p>"
            fields[f"{kind}_minutes"] = section.minutes
        return fields

    measured("check 40 KB while typing", lambda form: browser.post(f"{base}text/check/", form), typed)
    measured("save 40 KB", lambda form: browser.post(f"{base}text/", form), typed)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
