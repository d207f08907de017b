"""The site map. Each app's own `urls.py` holds its pages with their whole path."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from django.views.static import serve

from lessons.guidance.views import found
from safeguarding.core import views as core
from safeguarding.core.http import FOR_GOOD_SECONDS

kept_for_good = cache_control(public=True, immutable=True, max_age=FOR_GOOD_SECONDS)

handler400 = core.bad_request
handler404 = core.page_not_found
handler500 = core.server_error

urlpatterns = [
    path("", core.home, name="home"),
    # /guidance/, and /cy/guidance/ and so on: what parents read
    *i18n_patterns(path("", include("lessons.guidance.urls")), prefix_default_language=False),
    path("", include("lessons.library.urls")),  # /lessons/ /units/ /coverage/ /evidence/ /glossary/
    path("", include("lessons.teaching.urls")),  # /join/ and setting lessons under /teach/
    path("", include("lessons.dashboards.urls")),  # /teach/ /school/
    path("", include("safeguarding.schools.urls")),  # classes and pupils under /teach/classes/
    path("", include("lessons.editorial.urls")),  # /desk/
    path("account/", include("safeguarding.accounts.urls")),
    path("operator/components/", core.components, name="components"),
    path("operator/", admin.site.urls),
    path("sitemap.xml", found.sitemap_xml, name="sitemap"),
    path("robots.txt", found.robots_txt, name="robots"),
    path("healthz", core.healthz, name="healthz"),
    # Pictures are few, re-encoded by ourselves and named anew at each upload; a proxy may serve them instead.
    re_path(r"^media/(?P<path>images/[\w.-]+\.webp)$", kept_for_good(serve), {"document_root": settings.MEDIA_ROOT}),
]
