import re
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from safeguarding.schools.models import Pupil, RosterImport, SchoolClass
from tests.cast import Cast
from tests.factories import MembershipFactory, PupilFactory, SchoolClassFactory

from .rosters import csv_of, lists_of

SignIn = Callable[..., Client]
URL = "/teach/classes/import/"
EXPORT = "/teach/classes/export/"


def upload(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("lists.csv", data)}


def carried(page: str) -> dict[str, str]:
    """What the second page sends back: all its inputs, as a browser would."""
    form = page.split("<form")[-1]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    return found


def test_a_file_is_looked_at_then_imported_and_can_be_undone(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    response = client.post(URL, upload(csv_of([("8B", "Ada", "1"), ("8C", "Cy", "2")])))
    page = response.content.decode()
    assert response.status_code == 200
    assert "What this file would do" in page
    assert "1 class made" in page
    assert "New class: 8C" in page
    assert not SchoolClass.objects.filter(name="8C").exists()
    response = client.post(URL, carried(page), follow=True)
    assert "Imported: 1 class made, 1 pupil added, 1 pupil changed." in response.content.decode()
    assert lists_of(cast.northfield)["8C"] == [("Cy", "2")]
    undo = f"/teach/classes/import/{RosterImport.objects.get().pk}/undo/"
    assert undo in response.content.decode()
    assert "Undo this import?" in client.get(undo).content.decode()
    response = client.post(undo, follow=True)
    assert "Pupils taken off: 1. Pupils as they were before: 1. Classes removed: 1." in response.content.decode()
    assert lists_of(cast.northfield) == {"8A": [], "8B": [("Ada", ""), ("Bo", "")]}
    assert client.post(undo).status_code == 409


def test_bad_rows_are_shown_with_column_value_and_reason_and_left_out_only_when_ticked(
    cast: Cast, signed_in: SignIn
) -> None:
    client = signed_in(cast.teacher)
    page = client.post(URL, upload(csv_of([("8B", "Cy", ""), ("8B", "=SUM(A1)", "")]))).content.decode()
    row = page.split("<tbody>")[1].split("</tr>")[0]
    assert all(word in row for word in (">3<", "display_name", "=SUM(A1)", "formula"))
    response = client.post(URL, carried(page))
    assert response.status_code == 409
    assert "Import the rest" in response.content.decode()
    assert not Pupil.objects.filter(display_name="Cy").exists()
    response = client.post(URL, carried(response.content.decode()) | {"leave_out": "on"})
    assert response.status_code == 302
    assert lists_of(cast.northfield)["8B"] == [("Ada", ""), ("Bo", ""), ("Cy", "")]


def test_wrong_ages_of_a_new_class_are_asked_for_again_and_kept(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    sent = carried(client.post(URL, upload(csv_of([("8C", "Cy", "")]))).content.decode())
    response = client.post(URL, sent | {"new-0-age_from": "15", "new-0-age_to": "12", "new-0-year_group": "Kestrels"})
    assert response.status_code == 400
    assert "Put the two ages in order" in response.content.decode()
    assert "Kestrels" in response.content.decode()
    assert not SchoolClass.objects.filter(name="8C").exists()


def test_a_list_that_has_changed_meanwhile_is_shown_again(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    sent = carried(client.post(URL, upload(csv_of([("8B", "Cy", ""), ("8B", "Di", "")]))).content.decode())
    PupilFactory(school_class=cast.named_class, display_name="Di")
    response = client.post(URL, sent)
    assert response.status_code == 409
    assert "have changed since you looked" in response.content.decode()
    assert client.post(URL, carried(response.content.decode())).status_code == 302


def test_a_file_that_cannot_be_read_is_a_sentence(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    for data, sentence in (
        (b"class,display_name\n8B,Zo\xeb\n", "UTF-8"),
        (b"", "The file is empty"),
        (b"name\nAda\n", "no column"),
        (b"class,display_name\n" + b"8B,A\n" * 50_000, "more than 5,000 rows"),
        (b"x" * 1_100_000, "larger than 1 MB"),
    ):
        response = client.post(URL, upload(data))
        assert response.status_code == 400
        assert sentence in response.content.decode()
    assert client.post(URL, {}).status_code == 400
    assert client.post(URL, {"carried": "no base64!", "token": "x"}).status_code == 400
    assert client.post(URL, {"carried": "né", "token": "x"}).status_code == 400


def test_a_file_in_which_every_row_is_bad_has_nothing_to_confirm(cast: Cast, signed_in: SignIn) -> None:
    response = signed_in(cast.teacher).post(URL, upload(csv_of([("8B", "a@b", "")])))
    assert response.status_code == 400
    assert "There is nothing to import" in response.content.decode()


def test_what_is_exported_is_what_the_person_sees_and_importing_it_does_nothing(cast: Cast, signed_in: SignIn) -> None:
    other = SchoolClassFactory(school=cast.northfield, name="9Z", mode="named", teachers=[cast.colleague])
    PupilFactory(school_class=other, display_name="Zed")
    PupilFactory(school_class=cast.named_class, display_name="-Di", external_id="7")
    client = signed_in(cast.teacher)
    data = b"".join(client.get(EXPORT).streaming_content)
    assert data.decode("utf-8-sig").splitlines() == [
        "class,display_name,external_id",
        "8B,'-Di,7",
        "8B,Ada,",
        "8B,Bo,",
    ]
    page = client.post(URL, upload(data)).content.decode()
    assert "3 pupils stay the same" in page
    assert "There is nothing to import" in page
    lead = signed_in(cast.lead)
    assert b"9Z,Zed," in b"".join(lead.get(EXPORT).streaming_content)
    assert client.get(EXPORT + "?school=southfield").status_code == 404


def test_who_has_two_schools_chooses_one(cast: Cast, signed_in: SignIn) -> None:
    MembershipFactory(user=cast.teacher.user, school=cast.southfield)
    client = signed_in(cast.teacher)
    data = csv_of([("8S", "Cy", "")])
    assert client.post(URL, upload(data)).status_code == 400
    page = client.post(URL, {**upload(data), "school": cast.southfield.pk}).content.decode()
    assert "cannot read names into a class of this name" in page
    page = client.post(URL, {**upload(data), "school": cast.northfield.pk}).content.decode()
    assert client.post(URL, carried(page)).status_code == 302
    assert SchoolClass.objects.filter(school=cast.northfield, name="8S").exists()


def test_outsider_visitor_nobody_and_other_methods_are_refused(cast: Cast, signed_in: SignIn) -> None:
    made = RosterImport.objects.create(school=cast.northfield, made_by=cast.teacher)
    undo = f"/teach/classes/import/{made.pk}/undo/"
    assert signed_in(cast.lead).get(undo).status_code == 200
    for method in ("get", "post"):
        assert getattr(signed_in(cast.colleague), method)(undo).status_code == 403
        assert getattr(signed_in(cast.outsider), method)(undo).status_code == 404
        assert getattr(Client(), method)(undo).status_code == 302
        assert getattr(Client(), method)(URL).status_code == 302
    assert signed_in(cast.editor).get(URL).status_code == 403
    assert signed_in(cast.editor).get(EXPORT).status_code == 403
    assert Client().get(EXPORT).status_code == 302
    assert signed_in(cast.teacher).put(URL).status_code == 405
    assert signed_in(cast.teacher).post(EXPORT).status_code == 405


def test_the_dry_run_takes_as_many_queries_for_thirty_rows(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.teacher)
    counts = []
    for size in (1, 30):
        data = csv_of((f"8{'BC'[n % 2]}", f"Pupil {chr(65 + n)}", str(n)) for n in range(size))
        with CaptureQueriesContext(connection) as queries:
            client.post(URL, upload(data))
        counts.append(len(queries))
    assert counts[0] <= counts[1] <= counts[0] + 1  # the ages of classes that are new
    assert counts[1] <= 12
