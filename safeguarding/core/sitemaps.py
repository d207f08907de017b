"""The addresses that search engines may list. Source: sitemaps.org, protocol 0.9."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.sitemaps import Sitemap

from .languages import SOURCE


@dataclass(frozen=True)
class SitePage:
    """`languages` holds the path in each language, its own included; empty where there is but one."""

    path: str
    changed_at: datetime.datetime | None = None
    languages: tuple[tuple[str, str], ...] = ()


class PagesSitemap(Sitemap[SitePage]):
    def __init__(self, pages: Callable[[], Iterable[SitePage]]) -> None:
        self._pages = pages

    def items(self) -> list[SitePage]:
        return list(self._pages())

    def location(self, item: SitePage) -> str:
        return item.path

    def lastmod(self, item: SitePage) -> datetime.datetime | None:
        return item.changed_at

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """Django's own alternates take one address to stand in every language; a translated guide has its own."""
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            host = url["location"].removesuffix(url["item"].path)
            paths = dict(url["item"].languages)
            if SOURCE in paths:
                paths["x-default"] = paths[SOURCE]
            url["alternates"] = [{"lang_code": code, "location": f"{host}{path}"} for code, path in paths.items()]
        return urls
