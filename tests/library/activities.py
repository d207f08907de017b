"""An activity of each kind, sound, as plain data."""

from lessons.library.content import ActivityContent, ItemContent
from lessons.library.enums import ActivityKind, Helpfulness, Spotted
from lessons.library.steps import ActivityPart, Item

INTRO = "<p>Ama has a photo of Ben. What is best?</p>"

TALK = ActivityContent(ActivityKind.DISCUSSION, "Talk", 8, INTRO, (ItemContent("What could you say?"),))
STORY = ActivityContent(
    ActivityKind.SCENARIO,
    "A story",
    8,
    INTRO,
    (
        ItemContent("Wait", Helpfulness.NOT_YET, "She feels alone.", leads_to="The next day"),
        ItemContent("Tell Mum", Helpfulness.HELPS, "Mum listens."),
        ItemContent("Ask a friend", Helpfulness.NOT_YET, "He does not know.", leads_to="The next day"),
        ItemContent("Tell Mr Novak", Helpfulness.HELPS, "He helps.", scene="The next day"),
        ItemContent("Hide", Helpfulness.NOT_YET, "It stays hard.", scene="The next day", leads_to="At home"),
        ItemContent("Tell Gran", Helpfulness.HELPS, "It is never too late.", scene="At home"),
    ),
)
SORT = ActivityContent(
    ActivityKind.SORT,
    "Now or later",
    8,
    INTRO,
    (
        ItemContent("Fire", "Now", "Tell at once."),
        ItemContent("A lost cap", "Later", "It can wait."),
        ItemContent("A sad friend", "Now", "Both are kind.", also="Later"),
    ),
)
ORDER = ActivityContent(
    ActivityKind.ORDER,
    "What comes first",
    8,
    INTRO,
    tuple(ItemContent(text, "", f"Why: {text.lower()}.") for text in ("Stop", "Tell", "Keep it", "Rest")),
)
MATCH = ActivityContent(
    ActivityKind.MATCH,
    "Who helps with what",
    8,
    INTRO,
    (
        ItemContent("A sore knee", "The nurse", "She has a plaster."),
        ItemContent("A lost bag", "The office", "They keep things."),
        ItemContent("A worry", "A trusted adult", "They listen."),
    ),
)
SPOT = ActivityContent(
    ActivityKind.SPOT,
    "A chat",
    8,
    INTRO,
    (
        ItemContent("Well played!", Spotted.FINE, "It is kind.", speaker="Kit"),
        ItemContent("Do not tell your mum.", Spotted.SIGN, "A secret is a sign.", speaker="Kit"),
        ItemContent("You owe me.", Spotted.SIGN, "A gift is free.", speaker="Kit"),
        ItemContent("The game is saved.", Spotted.FINE, "The game says so."),
    ),
)
POLL = ActivityContent(
    ActivityKind.POLL,
    "What do you think?",
    8,
    INTRO,
    (ItemContent("It is easy to ask", "", "Good to know."), ItemContent("It is hard to ask", "", "Many feel so.")),
)
ALL = (TALK, STORY, SORT, ORDER, MATCH, SPOT, POLL)


def part_of(activity: ActivityContent) -> ActivityPart:
    """As a pupil meets it. The items are numbered from 1."""
    items = tuple(Item(**vars(item), pk=number) for number, item in enumerate(activity.items, start=1))
    return ActivityPart(activity.kind, None, items)
