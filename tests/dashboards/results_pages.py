"""A lesson's results, as the page and its files show them."""

import csv
import datetime
import io

from django.urls import reverse
from django.utils import timezone


def url(assignment):
    return reverse("dashboards:assignment-results", args=[assignment.pk])


def page(client, assignment):
    response = client.get(url(assignment))
    assert response.status_code == 200
    return response.content.decode()


def result(client, assignment, kind):
    results = client.get(url(assignment)).context["results"]
    return next(found for found in results.questions if found.kind == kind)


def rows(client, assignment, table="answers"):
    response = client.get(f"{url(assignment)}?table={table}&as=csv")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def close(assignment, *, days_ago=0):
    assignment.closed_at = timezone.now() - datetime.timedelta(days=days_ago)
    assignment.save()
