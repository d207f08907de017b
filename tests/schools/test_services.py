import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from safeguarding.schools import services
from safeguarding.schools.enums import ClassMode
from safeguarding.schools.errors import (
    ClassIsAnonymous,
    ClassNameTaken,
    ModeFixed,
    NamesAlreadyThere,
    NamesRefused,
    NotAllowed,
    TeacherOfAnotherSchool,
)
from safeguarding.schools.models import Membership, Pupil, SchoolClass
from safeguarding.schools.names import read_lines
from tests.cast import Cast
from tests.factories import SchoolClassFactory

SETTINGS = {"name": "7C", "year_group": "Year 7", "age_from": 11, "age_to": 12, "mode": ClassMode.ANONYMOUS}
ACTIONS = ["update", "renew", "add", "reset", "remove"]


def settings_of(school_class: SchoolClass, **changes: object) -> dict:
    return {name: getattr(school_class, name) for name in SETTINGS} | changes


def act(action: str, actor: Membership, cast: Cast) -> None:
    match action:
        case "update":
            services.update_class(
                actor=actor, school_class=cast.named_class, **settings_of(cast.named_class, name="9Z")
            )
        case "renew":
            services.renew_code(actor=actor, school_class=cast.named_class)
        case "add":
            services.add_pupils(actor=actor, school_class=cast.named_class, lines=read_lines("Cy"))
        case "reset":
            services.reset_pupil(actor=actor, pupil=cast.ada)
        case "remove":
            services.remove_pupil(actor=actor, pupil=cast.bo)


def held(cast: Cast) -> tuple[object, ...]:
    """What the class and its pupils hold now."""
    classes = SchoolClass.objects.filter(pk=cast.named_class.pk)
    return (*classes.values_list("name", "code"), *cast.named_class.pupils.values_list("display_name", "secret"))


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", ["teacher", "lead"])
def test_the_teachers_of_a_class_and_the_lead_may_change_it(cast: Cast, who: str, action: str) -> None:
    Pupil.objects.filter(pk=cast.ada.pk).update(secret="three pictures")
    before = held(cast)
    act(action, getattr(cast, who), cast)
    assert held(cast) != before


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("who", ["colleague", "outsider"])
def test_a_colleague_and_an_outsider_may_not_change_it(cast: Cast, who: str, action: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        act(action, getattr(cast, who), cast)
    assert isinstance(refused.value, PermissionDenied)
    assert SchoolClass.objects.get(pk=cast.named_class.pk).code == cast.named_class.code
    assert cast.named_class.pupils.count() == 2


def test_who_has_left_the_school_may_do_nothing(cast: Cast) -> None:
    cast.teacher.is_active = False
    with pytest.raises(NotAllowed):
        services.create_class(actor=cast.teacher, **SETTINGS)
    with pytest.raises(NotAllowed):
        services.renew_code(actor=cast.teacher, school_class=cast.named_class)


def test_a_teacher_teaches_the_class_that_they_make(cast: Cast) -> None:
    made = services.create_class(actor=cast.colleague, **SETTINGS)
    assert list(made.teachers.all()) == [cast.colleague]
    assert made.school == cast.northfield


def test_a_lead_says_who_teaches_and_a_teacher_does_not(cast: Cast) -> None:
    made = services.create_class(actor=cast.lead, teachers=[cast.colleague], **SETTINGS)
    assert list(made.teachers.all()) == [cast.colleague]
    with pytest.raises(NotAllowed):
        services.create_class(actor=cast.teacher, teachers=[cast.colleague], **SETTINGS | {"name": "7D"})
    assert not SchoolClass.objects.filter(name="7D").exists()


def test_a_teacher_of_another_school_cannot_be_given_the_class(cast: Cast) -> None:
    with pytest.raises(TeacherOfAnotherSchool):
        services.create_class(actor=cast.lead, teachers=[cast.outsider], **SETTINGS)
    assert not SchoolClass.objects.filter(name="7C").exists()


def test_a_name_is_taken_in_its_own_school_only(cast: Cast) -> None:
    with pytest.raises(ClassNameTaken):
        services.create_class(actor=cast.lead, **SETTINGS | {"name": "8b"})
    services.create_class(actor=cast.outsider, **SETTINGS | {"name": "8B"})
    services.update_class(actor=cast.lead, school_class=cast.named_class, **settings_of(cast.named_class, name="8b"))


def test_the_database_refuses_a_second_name_that_came_at_the_same_moment(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = iter([False, True])
    monkeypatch.setattr("django.db.models.query.QuerySet.exists", lambda self: next(found))
    with pytest.raises(ClassNameTaken):
        services.create_class(actor=cast.lead, **SETTINGS | {"name": "8B"})


def test_a_class_with_names_stays_named(cast: Cast) -> None:
    change = settings_of(cast.named_class, mode=ClassMode.ANONYMOUS)
    with pytest.raises(ModeFixed):
        services.update_class(actor=cast.teacher, school_class=cast.named_class, **change)
    cast.named_class.pupils.all().delete()
    assert not services.update_class(actor=cast.teacher, school_class=cast.named_class, **change).is_named


def test_names_are_added_all_or_none(cast: Cast) -> None:
    with pytest.raises(NamesAlreadyThere, match="Lines 2 and 3 are already"):
        services.add_pupils(actor=cast.teacher, school_class=cast.named_class, lines=read_lines("Cy\nADA\nbo"))
    with pytest.raises(NamesRefused):
        services.add_pupils(actor=cast.teacher, school_class=cast.named_class, lines=read_lines("Cy\nd@e"))
    assert cast.named_class.pupils.count() == 2
    assert services.add_pupils(actor=cast.teacher, school_class=cast.named_class, lines=read_lines("Cy\nDi")) == 2
    assert cast.named_class.pupils.count() == 4


def test_an_anonymous_class_takes_no_names(cast: Cast) -> None:
    with pytest.raises(ClassIsAnonymous):
        services.add_pupils(actor=cast.teacher, school_class=cast.anonymous_class, lines=read_lines("Cy"))


def test_a_reset_takes_pictures_and_lock_and_leaves_the_name(cast: Cast) -> None:
    cast.ada.secret, cast.ada.wrong_tries, cast.ada.locked_until_at = "hash", 5, timezone.now()
    cast.ada.save()
    services.reset_pupil(actor=cast.teacher, pupil=cast.ada)
    cast.ada.refresh_from_db()
    assert (cast.ada.secret, cast.ada.wrong_tries, cast.ada.locked_until_at) == ("", 0, None)
    assert cast.ada.display_name == "Ada"


def test_a_new_code_replaces_the_old_one_and_lasts_anew(cast: Cast) -> None:
    stale = SchoolClassFactory(
        school=cast.northfield, teachers=[cast.teacher], code_expires_at=timezone.now() - datetime.timedelta(days=1)
    )
    old = stale.code
    kept = services.renew_code(actor=cast.teacher, school_class=stale)
    assert kept.code != old
    assert kept.code_is_open
    assert not SchoolClass.objects.with_open_code(old).exists()


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (datetime.date(2026, 9, 1), datetime.date(2027, 8, 31)),
        (datetime.date(2027, 7, 2), datetime.date(2027, 8, 31)),
        (datetime.date(2027, 7, 3), datetime.date(2028, 8, 31)),
        (datetime.date(2027, 8, 31), datetime.date(2028, 8, 31)),
    ],
)
def test_a_code_lasts_to_the_end_of_a_school_year_and_sixty_days_at_least(
    on: datetime.date, until: datetime.date
) -> None:
    assert timezone.localdate(services.code_expiry(on)) == until
