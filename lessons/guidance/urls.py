from django.urls import path

from . import views

app_name = "guidance"
urlpatterns = [
    path("guidance/", views.index, name="index"),
    path("guidance/for-staff/", views.for_staff, name="for-staff"),
    path("guidance/<slug:slug>/", views.guide_detail, name="guide-detail"),
]
