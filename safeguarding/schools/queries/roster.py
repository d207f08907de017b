import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from .. import names
from ..enums import ClassMode, RosterChangeKind
from ..errors import RosterFileRefused
from ..models import Membership, Pupil, RosterImport, SchoolClass
from ..roster_file import RosterFile, read_roster
from ..roster_plan import KeptClass, KeptPupil, RosterPlan, plan_roster

MOST_NEW_CLASSES = 60
UNDONE_WITHIN = datetime.timedelta(days=1)
# The same sentence whether a colleague teaches the class or nobody does: it says no more than that the name is in use.
NOT_YOURS = "You cannot read names into a class of this name. Ask your school’s lead, or use another name."
ANONYMOUS = "The class is anonymous, so it keeps no names. Change it to named in its settings first."


def look_at_roster(membership: Membership, data: bytes) -> RosterPlan:
    """What the file would do for this person now. Three queries at most. Raises RosterFileRefused."""
    return plan_file(membership, read_roster(data))


def plan_file(membership: Membership, file: RosterFile) -> RosterPlan:
    """The same of a file that has been read. Raises RosterFileRefused where it makes too many classes."""
    plan = plan_roster(file, _kept_classes(membership, {row.class_key for row in file.rows}))
    if len(plan.new_classes) > MOST_NEW_CLASSES:
        raise RosterFileRefused(
            f"The file names {len(plan.new_classes)} classes that your school does not have, and at most "
            f"{MOST_NEW_CLASSES} are made at once. Look at the column “class”, or send the file in parts."
        )
    return plan


def _kept_classes(membership: Membership, keys: Iterable[str]) -> dict[str, KeptClass]:
    current = SchoolClass.objects.current().filter(school=membership.school_id)
    called = {pk: (name, mode) for pk, name, mode in current.values_list("pk", "name", "mode") if _key(name) in keys}
    visible = set(SchoolClass.objects.visible_to(membership).filter(pk__in=called).values_list("pk", flat=True))
    pupils: dict[int, list[KeptPupil]] = {pk: [] for pk in visible}
    rows = Pupil.objects.filter(school_class__in=visible).order_by("display_name", "pk")
    for class_pk, pk, name, external_id in rows.values_list("school_class", "pk", "display_name", "external_id"):
        pupils[class_pk].append(KeptPupil(pk, name, external_id))
    kept = {}
    for pk, (name, mode) in called.items():
        refusal = NOT_YOURS if pk not in visible else ANONYMOUS if mode != ClassMode.NAMED else ""
        kept[_key(name)] = KeptClass(pk, name, refusal, () if refusal else tuple(pupils[pk]))
    return kept


def _key(class_name: str) -> str:
    return names.name_key(names.tidy(class_name))


def roster_rows(membership: Membership) -> Iterable[tuple[str, str, str]]:
    """The lists of the named classes that the person sees, in the columns in which a file is read. One query."""
    classes = SchoolClass.objects.current().visible_to(membership).filter(mode=ClassMode.NAMED)
    rows = Pupil.objects.filter(school_class__in=classes).order_by("school_class__name", "display_name", "pk")
    return rows.values_list("school_class__name", "display_name", "external_id").iterator()


@dataclass(frozen=True)
class RecentImport:
    pk: int
    made_at: datetime.datetime
    made_by: str
    classes_made: int
    added: int
    changed: int
    is_undone: bool


def recent_imports(membership: Membership) -> list[RecentImport]:
    """Those that can still be undone, or just were; the newest first. One query."""
    rows = (
        RosterImport.objects.visible_to(membership)
        .filter(made_at__gt=timezone.now() - UNDONE_WITHIN)
        .select_related("made_by__user")
        .annotate(**{kind.value: Count("changes", filter=Q(changes__kind=kind)) for kind in RosterChangeKind})
        .order_by("-made_at", "-pk")
    )
    return [
        RecentImport(
            pk=row.pk,
            made_at=row.made_at,
            made_by=str(row.made_by.user) if row.made_by else "",
            classes_made=getattr(row, RosterChangeKind.CLASS_MADE),
            added=getattr(row, RosterChangeKind.ADDED),
            changed=getattr(row, RosterChangeKind.CHANGED),
            is_undone=row.undone_at is not None,
        )
        for row in rows
    ]


def suggested_ages(membership: Membership, class_names: list[str]) -> list[dict[str, object]]:
    """What a new class of each name may be: as another of its year is, or what its number means in the UK; else the
    ages of the school. One query.
    """
    school = membership.school
    of_year: dict[str, dict[str, object]] = {}
    current = SchoolClass.objects.current().filter(school=school).order_by("pk")
    for name, year_group, age_from, age_to in current.values_list("name", "year_group", "age_from", "age_to"):
        if year := names.first_number(name):
            of_year.setdefault(year, {"year_group": year_group, "age_from": age_from, "age_to": age_to})
    return [of_year.get(names.first_number(name)) or _guessed(membership, name) for name in class_names]


def _guessed(membership: Membership, name: str) -> dict[str, object]:
    school, year = membership.school, names.first_number(name)
    if school.country_id.startswith("GB") and year and 1 <= int(year) <= 13:
        return {"year_group": f"Year {year}", "age_from": int(year) + 4, "age_to": int(year) + 5}
    return {"year_group": "", "age_from": school.age_from, "age_to": school.age_to}
