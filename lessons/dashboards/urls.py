from django.urls import path

from . import views

app_name = "dashboards"

urlpatterns = [
    path("teach/", views.teach_home, name="teach-home"),
    path("teach/classes/<int:pk>/", views.class_detail, name="class-detail"),
    path("teach/assignments/<int:pk>/", views.assignment_results, name="assignment-results"),
    path("teach/assignments/<int:pk>/results.csv", views.assignment_results_csv, name="assignment-results-csv"),
    path("school/", views.lead_home, name="lead-home"),
]
