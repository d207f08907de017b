"""The named cast: two schools, an outsider, the editors' desk."""

from dataclasses import dataclass

from safeguarding.accounts.models import User
from safeguarding.schools.enums import ClassMode, Role
from safeguarding.schools.models import Membership, Pupil, School, SchoolClass

from .factories import MembershipFactory, PupilFactory, SchoolClassFactory, SchoolFactory, UserFactory

PASSWORD = "correct horse battery staple"


@dataclass
class Cast:
    northfield: School
    southfield: School
    lead: Membership  # Northfield's lead
    teacher: Membership  # teaches both of Northfield's classes
    colleague: Membership  # a teacher of Northfield who teaches neither class: an insider without the role
    outsider: Membership  # a teacher of Southfield
    editor: User
    reviewer: User
    operator: User
    anonymous_class: SchoolClass
    named_class: SchoolClass
    southfield_class: SchoolClass
    ada: Pupil
    bo: Pupil


def make_cast() -> Cast:
    northfield = SchoolFactory(name="Northfield", slug="northfield")
    southfield = SchoolFactory(name="Southfield", slug="southfield")
    teacher = MembershipFactory(school=northfield, user__name="Tess Teacher", user__email="tess@northfield.example")
    outsider = MembershipFactory(school=southfield, user__name="Otto Outsider", user__email="otto@southfield.example")
    named = SchoolClassFactory(school=northfield, name="8B", mode=ClassMode.NAMED, teachers=[teacher])
    return Cast(
        northfield=northfield,
        southfield=southfield,
        lead=MembershipFactory(
            school=northfield, role=Role.LEAD, user__name="Lena Lead", user__email="lena@northfield.example"
        ),
        teacher=teacher,
        colleague=MembershipFactory(
            school=northfield, user__name="Cal Colleague", user__email="cal@northfield.example"
        ),
        outsider=outsider,
        editor=UserFactory(name="Edie Editor", email="edie@desk.example", is_editor=True),
        reviewer=UserFactory(name="Rui Reviewer", email="rui@desk.example", is_reviewer=True),
        operator=UserFactory(name="Ola Operator", email="ola@desk.example", is_staff=True, is_superuser=True),
        anonymous_class=SchoolClassFactory(school=northfield, name="8A", teachers=[teacher]),
        named_class=named,
        southfield_class=SchoolClassFactory(school=southfield, name="8S", teachers=[outsider]),
        ada=PupilFactory(school_class=named, display_name="Ada"),
        bo=PupilFactory(school_class=named, display_name="Bo"),
    )
