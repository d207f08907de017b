from django.urls import path

from .views import guide, ways_in

app_name = "guidance"
urlpatterns = [
    path("guidance/", ways_in.index, name="index"),
    path("guidance/for-staff/", ways_in.for_staff, name="for-staff"),
    path("guidance/<slug:slug>/", guide.guide_detail, name="guide-detail"),
]
