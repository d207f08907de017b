from django.urls import path

from .views import doing, join, setting, shelf

app_name = "teaching"

urlpatterns = [
    path("teach/set/<slug:slug>/", setting.assignment_create, name="assignment-create"),
    path("teach/assignments/<int:pk>/edit/", setting.assignment_edit, name="assignment-edit"),
    path("teach/assignments/<int:pk>/close/", setting.assignment_close, name="assignment-close"),
    path("teach/assignments/<int:pk>/newer/", setting.assignment_newer, name="assignment-newer"),
    path("teach/assignments/<int:pk>/delivery/", setting.delivery_create, name="delivery-create"),
    # the teacher's own
    path("teach/shelf/<slug:slug>/add/", shelf.shelf_add, name="shelf-add"),
    path("teach/shelf/<slug:slug>/remove/", shelf.shelf_remove, name="shelf-remove"),
    # pupils
    path("join/", join.code, name="join"),
    path("join/name/", join.name, name="join-name"),
    path("join/secret/", join.secret, name="join-secret"),
    path("join/leave/", join.leave, name="leave"),
    path("join/help/", join.pupil_help, name="pupil-help"),
    path("join/lessons/", doing.pupil_lessons, name="pupil-lessons"),
    path("join/lessons/<int:pk>/<int:number>/", doing.step, name="step"),
]
