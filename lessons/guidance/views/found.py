"""What search engines ask for first."""

from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lessons.library.site_pages import site_pages as pages_of_library
from safeguarding.core.http import public_page
from safeguarding.core.sitemaps import PagesSitemap

from ..site_pages import site_pages as pages_of_guidance


@require_safe
@public_page
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Eight queries."""
    maps: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
        "guidance": PagesSitemap(pages_of_guidance),
        "library": PagesSitemap(pages_of_library),
    }
    return sitemap(request, maps).render()


@require_safe
@public_page
def robots_txt(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "guidance/robots.txt", context, content_type="text/plain; charset=utf-8")
