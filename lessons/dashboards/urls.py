from django.urls import path

from .views import finding, home, notices, school, teacher

app_name = "dashboards"

urlpatterns = [
    path("teach/", home.teach_home, name="teach-home"),
    # the teacher's own
    path("teach/find/", finding.find, name="find"),
    path("teach/shelf/", finding.shelf, name="shelf"),
    path("teach/notices/", notices.notices, name="notices"),
    path("teach/notices/read/", notices.notices_read, name="notices-read"),
    path("teach/notices/digest/", notices.notices_digest, name="notices-digest"),
    # classes
    path("teach/classes/<int:pk>/", teacher.class_detail, name="class-detail"),
    path("teach/pupils/<int:pk>/", teacher.pupil_detail, name="pupil-detail"),
    path("teach/assignments/<int:pk>/", teacher.assignment_results, name="assignment-results"),
    path("school/", school.lead_home, name="lead-home"),
    path("school/evidence-pack/", school.evidence_pack, name="evidence-pack"),
]
