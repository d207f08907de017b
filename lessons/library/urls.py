from django.urls import path

from .views.documents import document
from .views.evidence import evidence, finding_detail, source_detail
from .views.lesson_detail import lesson_detail
from .views.lesson_list import lesson_list
from .views.reference import coverage_tables, edition_detail, glossary_list, unit_detail

app_name = "library"
urlpatterns = [
    path("lessons/", lesson_list, name="lesson-list"),
    path("lessons/<slug:slug>/", lesson_detail, name="lesson-detail"),
    path("units/<slug:slug>/", unit_detail, name="unit-detail"),
    path("coverage/", coverage_tables, name="coverage"),
    path("coverage/<slug:slug>/", edition_detail, name="edition-detail"),
    path("evidence/", evidence, name="evidence"),
    path("evidence/<slug:code>/", source_detail, name="source-detail"),
    path("evidence/findings/<slug:code>/", finding_detail, name="finding-detail"),
    path("documents/<int:pk>/<str:name>", document, name="document"),
    path("glossary/", glossary_list, name="glossary"),
]
