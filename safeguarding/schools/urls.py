from django.urls import path

from .views import classes, pupils

app_name = "schools"

urlpatterns = [
    path("teach/classes/new/", classes.class_create, name="class-create"),
    path("teach/classes/<int:pk>/settings/", classes.class_edit, name="class-edit"),
    path("teach/classes/<int:pk>/code/", classes.class_code, name="class-code"),
    path("teach/classes/<int:pk>/pupils/", pupils.class_pupils, name="class-pupils"),
    path("teach/pupils/<int:pk>/reset/", pupils.pupil_reset, name="pupil-reset"),
    path("teach/pupils/<int:pk>/remove/", pupils.pupil_remove, name="pupil-remove"),
]
