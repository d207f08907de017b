"""What the trial schools hold: people, classes and lessons, with days counted from the day of the first run."""

from dataclasses import dataclass

from lessons.teaching.enums import Way
from safeguarding.schools.enums import ClassMode, Role, SecretKind

# Pupils of named classes who have begun a lesson join with these, in this order.
PICTURES = ("cat", "boat", "tree")


@dataclass(frozen=True)
class PlannedAccount:
    email: str
    name: str
    role: str
    school: str = ""
    is_editor: bool = False
    is_reviewer: bool = False
    is_operator: bool = False


EDITOR = "editor@demo.example"
ACCOUNTS = (
    PlannedAccount(EDITOR, "Edie Mensah", "editor", is_editor=True),
    PlannedAccount("reviewer@demo.example", "Rui Carvalho", "reviewer", is_reviewer=True),
    PlannedAccount("operator@demo.example", "Ola Nilsen", "operator", is_operator=True),
    PlannedAccount("lead@northfield.example", "Lena Okafor", Role.LEAD, "northfield"),
    PlannedAccount("teacher@northfield.example", "Tess Murphy", Role.TEACHER, "northfield"),
    PlannedAccount("lead@southfield.example", "Sunil Rao", Role.LEAD, "southfield"),
    PlannedAccount("teacher@southfield.example", "Tom Bielski", Role.TEACHER, "southfield"),
)


@dataclass(frozen=True)
class PlannedSchool:
    slug: str
    name: str
    country: str
    lead_name: str
    lead_contact: str
    lead_email: str
    age_from: int
    age_to: int
    languages: str  # of its families, beside English; each trial school has a page for parents


SCHOOLS = (
    PlannedSchool(
        "northfield",
        "Northfield",
        "GB-ENG",
        "Lena Okafor",
        "Room 12, every day until 4 o’clock",
        "lead@northfield.example",
        4,
        16,
        "cy,ur",
    ),
    PlannedSchool(
        "southfield",
        "Southfield",
        "GB-WLS",
        "Sunil Rao",
        "The office beside the library",
        "lead@southfield.example",
        4,
        18,
        "cy,pl",
    ),
)

# Name, then month and day of its first and last day; those before September lie in the second year.
TERMS = (("Autumn", (9, 1), (12, 18)), ("Spring", (1, 5), (3, 26)), ("Summer", (4, 12), (7, 21)))

# What a teacher has put aside.
SHELVES = {"teacher@northfield.example": ("pressure-for-images-11-14", "image-sharing-passed-on-11-14")}


@dataclass(frozen=True)
class PlannedLater:
    """A later check of a lesson: days counted from today, and how many pupils do it."""

    opens: int
    due: int
    finished: int


@dataclass(frozen=True)
class PlannedPoll:
    """A question to the class that has been closed; `votes` for each choice."""

    question: str
    choices: tuple[str, ...]
    votes: tuple[int, ...]


@dataclass(frozen=True)
class PlannedLesson:
    """Days are counted from today: -3 is three days ago.

    `started` and `finished` are numbers of pupils; the `hard`-th knowledge question stays hard after the lesson.
    """

    slug: str
    opens: int
    due: int
    way: str = Way.DEVICES
    started: int = 0
    finished: int = 0
    hard: int | None = None
    closed: int | None = None
    taught: int | None = None
    present: int = 0
    told: bool = True  # whether the teacher has said that the lead knows
    note: str = ""
    group: str = ""  # where it is for a group alone
    later: PlannedLater | None = None


@dataclass(frozen=True)
class PlannedClass:
    school: str
    name: str
    year_group: str
    age_from: int
    age_to: int
    teachers: tuple[str, ...]  # their e-mail addresses
    pupils: tuple[str, ...] = ()  # a class with pupils is a named one
    lessons: tuple[PlannedLesson, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    polls: tuple[PlannedPoll, ...] = ()
    secret_kind: str = SecretKind.PICTURES
    followed_by: str = ""  # a class of last year: the one that its pupils are in now

    @property
    def mode(self) -> str:
        return ClassMode.NAMED if self.pupils else ClassMode.ANONYMOUS


TESS, LENA = ("teacher@northfield.example",), ("lead@northfield.example",)
TOM, SUNIL = ("teacher@southfield.example",), ("lead@southfield.example",)

CLASSES = (
    PlannedClass(
        "northfield",
        "3 Maple",
        "Year 3",
        7,
        8,
        LENA,
        lessons=(PlannedLesson("asking-before-a-photo-7-9", -16, -9, Way.TOGETHER, taught=-10, present=27),),
    ),
    PlannedClass(
        "northfield",
        "5 Birch",
        "Year 5",
        9,
        10,
        TESS,
        tuple("Amina Bartek Chloe Deepak Elif Femi Grace Haruto Isla Jamal".split()),
        (PlannedLesson("grooming-9-11", -4, 3, started=7, finished=4),),
    ),
    PlannedClass("northfield", "6 Oak", "Year 6", 10, 11, TESS),
    PlannedClass(
        "northfield",
        "8A",
        "Year 8",
        12,
        13,
        TESS,
        lessons=(
            PlannedLesson(
                "trusted-people-11-14",
                -75,
                -66,
                started=18,
                finished=18,
                closed=-63,
                taught=-70,
                present=23,
                later=PlannedLater(-6, 8, 11),
            ),
            PlannedLesson("image-sharing-11-14", -30, -20, started=17, finished=16, closed=-18, taught=-21, present=24),
            PlannedLesson("online-blackmail-11-14", -12, -3, started=11, finished=8, hard=1),
            PlannedLesson("grooming-11-14", -2, 5, started=4, finished=1),
        ),
        polls=(
            PlannedPoll(
                "Is it all right to tell somebody else’s secret if they are in danger?",
                ("Agree", "Disagree", "Not sure"),
                (14, 2, 5),
            ),
        ),
    ),
    PlannedClass(
        "northfield",
        "8B",
        "Year 8",
        12,
        13,
        TESS,
        tuple("Ada Bilal Cerys Diego Esi Finlay Gurpreet Hana Ivan Jia Kofi Leila".split()),
        (
            PlannedLesson("image-sharing-11-14", -27, -17, started=12, finished=12, closed=-15),
            PlannedLesson("online-blackmail-11-14", -10, -2, started=9, finished=7, hard=0),
            PlannedLesson("grooming-11-14", -5, 1, started=3, finished=1),
            PlannedLesson(
                "online-contacts-11-14",
                -1,
                6,
                started=2,
                finished=1,
                note="Do this one in pairs if you like. Talk before you choose.",
                group="Tuesday group",
            ),
        ),
        groups=(("Tuesday group", ("Ada", "Diego", "Finlay", "Ivan", "Jia", "Leila")),),
    ),
    PlannedClass(
        "northfield",
        "10C",
        "Year 10",
        14,
        15,
        (*TESS, *LENA),
        lessons=(
            PlannedLesson("online-blackmail-14-16", -24, -14, started=14, finished=13, hard=1, closed=-6),
            PlannedLesson("grooming-14-16", -6, 0, Way.TOGETHER),
        ),
    ),
    PlannedClass(
        "southfield",
        "Otters",
        "Year 4",
        8,
        9,
        TOM,
        tuple("Aisha Callum Dong Eva Gabriel Hawa Ioana Jakub".split()),
        (PlannedLesson("asking-before-a-photo-7-9", -9, -2, Way.TOGETHER, taught=-3, present=8),),
    ),
    PlannedClass(
        "southfield",
        "7 Elm",
        "Year 7",
        11,
        12,
        TOM,
        lessons=(PlannedLesson("image-sharing-11-14", -3, 6, started=8, finished=5),),
    ),
    PlannedClass(
        "southfield",
        "9K",
        "Year 9",
        13,
        14,
        (*TOM, *SUNIL),
        tuple("Abdi Beatriz Ciara Dawit Emily Farid Greta Hoang Ife Josef".split()),
        (
            PlannedLesson("grooming-11-14", -20, -10, started=10, finished=9, closed=-8, taught=-11, present=10),
            PlannedLesson("online-blackmail-11-14", 2, 9, told=False),
        ),
        secret_kind=SecretKind.PIN,
    ),
    PlannedClass(
        "southfield",
        "12 Tutor",
        "Year 12",
        16,
        17,
        SUNIL,
        # Only four finish, so that what they feel stays hidden.
        lessons=(PlannedLesson("online-blackmail-16-18", -14, -7, started=4, finished=4, closed=-5),),
    ),
)

# Classes of last year, whose days are counted from two weeks after it began.
PAST_CLASSES = (
    PlannedClass(
        "northfield",
        "7A",
        "Year 7",
        11,
        12,
        TESS,
        lessons=(
            PlannedLesson("account-safety-11-14", 10, 20, started=22, finished=21, closed=24, taught=14, present=25),
            PlannedLesson("online-contacts-11-14", 60, 70, started=20, finished=20, closed=75, taught=63, present=24),
            PlannedLesson("secrets-and-feelings-11-14", 150, 160, started=19, finished=17, closed=165),
        ),
        followed_by="8A",
    ),
)
