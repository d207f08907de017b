from dataclasses import dataclass

from ..models import Pupil, PupilGroup, SchoolClass


@dataclass(frozen=True)
class GroupRow:
    pk: int
    name: str
    pupils: list[str]


def list_groups(school_class: SchoolClass) -> list[GroupRow]:
    """By name, each with the names of its pupils. Two queries."""
    rows = PupilGroup.objects.filter(school_class=school_class).order_by("name", "pk")
    members: dict[int, list[str]] = {}
    through = PupilGroup.pupils.through.objects.filter(pupilgroup__school_class=school_class)
    for group_pk, name in through.order_by("pupil__display_name", "pk").values_list(
        "pupilgroup", "pupil__display_name"
    ):
        members.setdefault(group_pk, []).append(name)
    return [GroupRow(pk, name, members.get(pk, [])) for pk, name in rows.values_list("pk", "name")]


def pupil_choices(school_class: SchoolClass) -> list[tuple[int, str]]:
    """By name. One query."""
    rows = Pupil.objects.filter(school_class=school_class).order_by("display_name", "pk")
    return list(rows.values_list("pk", "display_name"))
