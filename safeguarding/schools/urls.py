from django.urls import path

from . import views

app_name = "schools"

urlpatterns = [
    path("teach/classes/new/", views.class_create, name="class-create"),
    path("teach/classes/<int:pk>/settings/", views.class_edit, name="class-edit"),
    path("teach/classes/<int:pk>/code/", views.class_code, name="class-code"),
    path("teach/classes/<int:pk>/pupils/", views.class_pupils, name="class-pupils"),
    path("teach/pupils/<int:pk>/reset/", views.pupil_reset, name="pupil-reset"),
    path("teach/pupils/<int:pk>/remove/", views.pupil_remove, name="pupil-remove"),
]
