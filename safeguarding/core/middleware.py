from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from .views import method_not_allowed

NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
KEEP_NOTHING = "private, no-store"

Next = Callable[[HttpRequest], HttpResponse]


class PermissionsPolicyMiddleware:
    """Tell the browser that no page here needs a camera, a microphone or a place."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", NO_DEVICES)
        return response


class PrivateUnlessPublicMiddleware:
    """No cache keeps a page that does not say that it may, nor one with a cookie in it; and no search engine.

    It stands outside whatever sets cookies, because a view cannot know which will be added after it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.cookies or not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = KEEP_NOTHING
        if "public" not in response.headers["Cache-Control"]:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


class OwnSessionCookieMiddleware:
    """A session's key is letters and digits. Any other is not ours, and PostgreSQL could not even look for some."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)


class RefusalIsAPageMiddleware:
    """What only takes forms answers with a page, not a blank one: who signs in again after a pause is led there."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed):
            return response
        page = method_not_allowed(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class LanguageOfTheAddressMiddleware:
    """The address alone says in which language a page is, so that caches may keep it, and never a cookie.

    Only parents' pages have addresses in several languages; everything else is in English. Who asks for another one is
    led to its address (`readers_language`).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        translation.activate(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response
