from django.urls import path

from .views import (
    assignment,
    before,
    calendar,
    classes,
    doing,
    join,
    pack,
    plan,
    polls,
    presenting,
    setting,
    shelf,
    years,
)

app_name = "teaching"

urlpatterns = [
    path("teach/set/<slug:slug>/", setting.assignment_create, name="assignment-create"),
    path("teach/set/units/<slug:slug>/", setting.unit_set, name="unit-set"),
    path("teach/assignments/<int:pk>/edit/", assignment.assignment_edit, name="assignment-edit"),
    path("teach/assignments/<int:pk>/close/", assignment.assignment_close, name="assignment-close"),
    path("teach/assignments/<int:pk>/newer/", assignment.assignment_newer, name="assignment-newer"),
    path("teach/assignments/<int:pk>/delivery/", assignment.delivery_create, name="delivery-create"),
    path("teach/assignments/<int:pk>/archive/", assignment.assignment_archive, name="assignment-archive"),
    path("teach/assignments/<int:pk>/restore/", assignment.assignment_restore, name="assignment-restore"),
    path("teach/assignments/<int:pk>/later/", assignment.later_check, name="later-check"),
    path("teach/assignments/<int:pk>/move/", plan.plan_move, name="plan-move"),
    path("teach/plan/", plan.plan, name="plan"),
    path("teach/plan/copy/", plan.plan_copy, name="plan-copy"),
    path("teach/archive/", plan.archive, name="archive"),
    path("teach/calendar/", calendar.calendar, name="calendar"),
    path("calendar/<slug:secret>.ics", calendar.calendar_feed, name="calendar-feed"),
    # classes
    path("teach/new-year/", years.new_year, name="new-year"),
    path("teach/classes/<int:pk>/archive/", classes.class_archive, name="class-archive"),
    path("teach/classes/import/<int:pk>/undo/", classes.roster_undo, name="roster-undo"),
    path("teach/groups/<int:pk>/delete/", classes.group_delete, name="group-delete"),
    # the teacher's own
    path("teach/shelf/<slug:slug>/add/", shelf.shelf_add, name="shelf-add"),
    path("teach/shelf/<slug:slug>/remove/", shelf.shelf_remove, name="shelf-remove"),
    # teaching live
    path("teach/assignments/<int:pk>/before/", before.before, name="before"),
    path("teach/assignments/<int:pk>/cover/", pack.cover, name="cover"),
    path("teach/assignments/<int:pk>/pack/", pack.pack, name="pack"),
    path("teach/assignments/<int:pk>/present/", presenting.present, name="present"),
    path("teach/assignments/<int:pk>/present/script/", presenting.script, name="present-script"),
    path("teach/assignments/<int:pk>/slides/", presenting.slides, name="slides"),
    path("teach/lessons/<slug:slug>/present/", presenting.lesson_present, name="lesson-present"),
    path("teach/lessons/<slug:slug>/present/script/", presenting.lesson_script, name="lesson-script"),
    path("teach/lessons/<slug:slug>/pack/", pack.lesson_pack, name="lesson-pack"),
    path("teach/lessons/<slug:slug>/slides/", presenting.lesson_slides, name="lesson-slides"),
    path("teach/classes/<int:pk>/polls/", polls.class_polls, name="class-polls"),
    path("teach/polls/<int:pk>/", polls.poll, name="poll"),
    path("teach/polls/<int:pk>/votes/", polls.poll_votes, name="poll-votes"),
    path("teach/polls/<int:pk>/close/", polls.poll_close, name="poll-close"),
    # pupils
    path("join/", join.code, name="join"),
    path("join/name/", join.name, name="join-name"),
    path("join/secret/", join.secret, name="join-secret"),
    path("join/leave/", join.leave, name="leave"),
    path("join/help/", join.pupil_help, name="pupil-help"),
    path("join/poll/", polls.pupil_poll, name="pupil-poll"),
    path("join/lessons/", doing.pupil_lessons, name="pupil-lessons"),
    path("join/lessons/<int:pk>/<int:number>/", doing.step, name="step"),
]
