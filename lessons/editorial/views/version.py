"""A version's overview, its preview, and the buttons that move it on."""

import re
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lessons.library.store import AnyVersion

from .. import services
from ..enums import Kind
from ..errors import EditorialError, WrongStatus
from ..forms.changes import AgainstForm
from ..forms.owner import OwnerForm
from ..forms.translations import TranslateForm
from ..queries.changes import changes_page
from ..queries.comments import comments_on
from ..queries.people import desk_people
from ..queries.preview import preview_of
from ..queries.translations import translations_of
from ..queries.unsaved import unsaved_of
from ..queries.version import get_version, get_versions, numbered, version_page
from .access import current_user, desk_page, desk_step, status_of
from .readers import reader_forms, save_search_words, save_successor


@desk_page
def item(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    newest = get_versions(kind, slug)[0]
    return redirect("editorial:version", kind=kind, slug=slug, number=newest.number)


@desk_page
def version(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    return _overview(request, kind, slug, number)


def _overview(
    request: HttpRequest, kind: Kind, slug: str, number: int, refusal: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    page = version_page(current_user(request), kind, slug, number)
    translations = translations_of(current_user(request), kind, page.version, page.live_number)
    context = {
        "page": page,
        "comments": comments_on(current_user(request), kind, page.version),
        "translations": translations,
        "translate_form": TranslateForm(translations.left),
        "owner_form": OwnerForm(desk_people(), owner=page.owner),
        **reader_forms(request, page.version.identity),
        "refusal": refusal,
        "refused_step": request.resolver_match.url_name if refusal and request.resolver_match else "",
        "typed": typed,
        "unsaved": unsaved_of(current_user(request), kind, page.version) if page.can_edit else None,
    }
    return render(request, "editorial/version.html", context, status=status)


@desk_page
def preview(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    found = get_version(kind, slug, number)
    context = {"kind": kind, "version": found, "preview": preview_of(found), "slug": slug}
    return render(request, f"editorial/preview_{kind.word}.html", context)


@desk_page
def changes(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    versions = get_versions(kind, slug)
    found = numbered(versions, number)
    form = AgainstForm(request.GET, version=found, versions=versions)
    page = changes_page(current_user(request), kind, slug, versions, found, form.chosen)
    status = 400 if form.errors else 200
    return render(request, "editorial/changes.html", {"page": page, "form": form}, status=status)


def _step(
    request: HttpRequest, kind: Kind, slug: str, number: int, step: Callable[[AnyVersion], AnyVersion | None], done: str
) -> HttpResponse:
    """Take one step. What is refused comes back on the overview, with the reason and what was typed."""
    found = get_version(kind, slug, number)
    try:
        moved = step(found) or found
    except EditorialError as error:
        typed = request.POST.get("words", "")
        return _overview(request, kind, slug, number, str(error), typed, status_of(error))
    messages.success(request, done)
    return redirect("editorial:version", kind=kind, slug=slug, number=moved.number)


def _words(request: HttpRequest, most: int) -> str:
    """What was typed beside the button. Raises EditorialError where it is too long to keep."""
    words = request.POST.get("words", "").replace("\x00", "").strip()
    if len(words) > most:
        raise EditorialError(f"Say it in {most} characters or fewer; these are {len(words)}.")
    return words


MOST_NOTE, MOST_REASON = 300, 4_000


@desk_step
def submit(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> AnyVersion:
        return services.submit_version(
            actor=current_user(request), version=found, change_note=_words(request, MOST_NOTE)
        )

    return _step(
        request, kind, slug, number, step, "It is submitted. A reviewer who has not written in it reads it now."
    )


@desk_step
def approve(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> AnyVersion:
        return services.approve_version(actor=current_user(request), version=found, number=_number_read(request))

    return _step(request, kind, slug, number, step, "It is approved, and can be published.")


@desk_step
def approve_and_publish(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> AnyVersion:
        with transaction.atomic():
            approved = services.approve_version(
                actor=current_user(request), version=found, number=_number_read(request)
            )
            return services.publish_version(actor=current_user(request), version=approved)

    return _step(request, kind, slug, number, step, f"Version {number} is live.")


@desk_step
def publish(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> AnyVersion:
        return services.publish_version(actor=current_user(request), version=found, reason=_words(request, MOST_REASON))

    return _step(request, kind, slug, number, step, f"Version {number} is live.")


@desk_step
def return_to_author(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> AnyVersion:
        return services.return_version(actor=current_user(request), version=found, reason=_words(request, MOST_REASON))

    return _step(
        request, kind, slug, number, step, "It went back to its author. This is the draft in which they go on."
    )


@desk_step
def new_version(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> AnyVersion:
        return services.start_draft(actor=current_user(request), identity=found.identity)

    return _step(request, kind, slug, number, step, "This is the new draft. It begins as a copy of the newest version.")


@desk_step
def retire(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> None:
        with transaction.atomic():
            if "successor" in request.POST:
                save_successor(request, found.identity)
            services.retire_item(
                actor=current_user(request), identity=found.identity, reason=_words(request, MOST_REASON)
            )

    return _step(request, kind, slug, number, step, "It is retired: no page shows it any more.")


@desk_step
def archive(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> None:
        services.archive_item(actor=current_user(request), identity=found.identity, reason=_words(request, MOST_REASON))

    return _step(request, kind, slug, number, step, "It is in the archive: in no list, and not to be set again.")


@desk_step
def unarchive(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> None:
        services.unarchive_item(actor=current_user(request), identity=found.identity)

    return _step(request, kind, slug, number, step, "It is out of the archive, and in the lists again.")


@desk_step
def owner(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> None:
        form = OwnerForm(desk_people(), data=request.POST)
        if not form.is_valid():
            raise EditorialError(form.errors["owner"][0])
        services.set_owner(actor=current_user(request), identity=found.identity, owner=form.chosen)

    return _step(request, kind, slug, number, step, "Saved: who looks after it.")


@desk_step
def successor(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> None:
        save_successor(request, found.identity)

    return _step(request, kind, slug, number, step, "Saved: where its readers are led.")


@desk_step
def search_words(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> None:
        save_search_words(request, found.identity)

    return _step(request, kind, slug, number, step, "Saved: the words under which parents find it.")


@desk_step
def accept_warning(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    def step(found: AnyVersion) -> None:
        services.accept_warning(
            actor=current_user(request),
            version=found,
            key=request.POST.get("key", ""),
            reason=request.POST.get("words", ""),
        )

    return _step(request, kind, slug, number, step, "The warning is accepted, and the reason is kept.")


@desk_step
def comment_done(request: HttpRequest, kind: Kind, slug: str, number: int, pk: int) -> HttpResponse:
    def step(found: AnyVersion) -> None:
        if not services.resolve_comments(actor=current_user(request), version=found, comments=[pk]):
            raise WrongStatus("This comment is done already. Below is how it stands now.")

    return _step(request, kind, slug, number, step, "The comment is marked as done. It stays to be read.")


def _number_read(request: HttpRequest) -> int:
    """The number that the reviewer's page carried; 0 where there was none, which no version has."""
    number = request.POST.get("number", "")
    return int(number) if re.fullmatch("[0-9]{1,9}", number) else 0
