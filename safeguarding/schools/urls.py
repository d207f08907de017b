from django.urls import path

from .views import classes, groups, pupils, roster, school, staff

app_name = "schools"

urlpatterns = [
    path("teach/classes/new/", classes.class_create, name="class-create"),
    path("teach/classes/past/", classes.archived_classes, name="archived-classes"),
    path("teach/classes/import/", roster.roster_import, name="roster-import"),
    path("teach/classes/export/", roster.roster_export, name="roster-export"),
    path("teach/classes/<int:pk>/settings/", classes.class_edit, name="class-edit"),
    path("teach/classes/<int:pk>/code/", classes.class_code, name="class-code"),
    path("teach/classes/<int:pk>/cards/", classes.class_cards, name="class-cards"),
    path("teach/classes/<int:pk>/pupils/", pupils.class_pupils, name="class-pupils"),
    path("teach/classes/<int:pk>/groups/", groups.class_groups, name="class-groups"),
    path("teach/groups/<int:pk>/", groups.group_edit, name="group-edit"),
    path("teach/pupils/<int:pk>/reset/", pupils.pupil_reset, name="pupil-reset"),
    path("teach/pupils/<int:pk>/remove/", pupils.pupil_remove, name="pupil-remove"),
    # the lead's
    path("school/settings/", school.school_settings, name="school-settings"),
    path("school/terms/new/", school.term_create, name="term-create"),
    path("school/terms/copy/", school.term_copy, name="term-copy"),
    path("school/terms/<int:pk>/", school.term_edit, name="term-edit"),
    path("school/terms/<int:pk>/remove/", school.term_remove, name="term-remove"),
    path("school/staff/", staff.school_staff, name="school-staff"),
    path("school/staff/invite/", staff.staff_invite, name="staff-invite"),
    path("school/staff/<int:pk>/", staff.staff_member, name="staff-member"),
    path("school/staff/<int:pk>/remove/", staff.staff_remove, name="staff-remove"),
    path("school/invitations/<int:pk>/send/", staff.invitation_send, name="invitation-send"),
    path("school/invitations/<int:pk>/take-back/", staff.invitation_take_back, name="invitation-take-back"),
    # of whoever has been invited
    path("school/invitations/", staff.invitations, name="invitations"),
    path("school/invitations/<int:pk>/accept/", staff.invitation_accept, name="invitation-accept"),
    path("school/invitations/<int:pk>/decline/", staff.invitation_decline, name="invitation-decline"),
]
