from django.urls import path

from .views.evidence import evidence
from .views.lesson_detail import lesson_detail
from .views.lesson_list import lesson_list

app_name = "library"
urlpatterns = [
    path("lessons/", lesson_list, name="lesson-list"),
    path("lessons/<slug:slug>/", lesson_detail, name="lesson-detail"),
    path("evidence/", evidence, name="evidence"),
]
