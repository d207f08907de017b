"""What pupils are told about what is kept, in words for their age. A test measures how old a reader must be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    heading: str
    text: str


@dataclass(frozen=True)
class Words:
    least_age: int
    in_short: str
    parts: tuple[Part, ...]

    @property
    def is_read_aloud(self) -> bool:
        return self.least_age < 7


# The youngest first. The first is read to the child.
WORDS = (
    Words(
        5,
        "We keep very little about you. We do not keep what you pick.",
        (
            Part(
                "Your name",
                "In some classes we do not know your name. In some classes your teacher puts your name on a list. You "
                "pick your name to start.",
            ),
            Part(
                "What you do",
                "If your class has names, we keep how far you got. Then you can go on next time. Your teacher can see "
                "if you are done.",
            ),
            Part(
                "What you pick",
                "We count how many in the class picked each thing. We do not keep who it was. Your teacher can not "
                "see what you picked.",
            ),
            Part(
                "If you want help",
                "You can press “Get help”. We tell no one that you did. It is good to tell a grown-up you trust.",
            ),
            Part("You can ask", "Do you want to know more? Ask your teacher, or ask a grown-up at home."),
        ),
    ),
    Words(
        7,
        "We keep very little about you. We never keep your answers with your name.",
        (
            Part(
                "Your name",
                "Some classes use no names. Then we do not know who you are. In other classes your teacher types your "
                "name on a list. You also choose pictures, words or a PIN. We scramble them, so no page can show "
                "them.",
            ),
            Part(
                "Your lessons",
                "If your class has names, we keep which lessons you have started and finished. That way you can go on "
                "where you stopped. Your teacher can see it too, and so can the person at school who keeps children "
                "safe.",
            ),
            Part(
                "Your answers",
                "We count how many in the class chose each answer. We do not keep who chose it. Nobody can look up "
                "what you said, not even your teacher.",
            ),
            Part(
                "If you need help",
                "When you open “Get help”, we tell nobody. You can tell an adult you trust as well. They will want to "
                "help you.",
            ),
            Part(
                "On this device",
                "The device remembers for a short time that you have joined. Press “I have finished on this device” "
                "when you are done, so the next person does not use your name.",
            ),
            Part(
                "You can ask",
                "If you want to know what we keep, or if your name is wrong, ask your teacher. An adult at home can "
                "ask for you.",
            ),
        ),
    ),
    Words(
        9,
        "We keep very little about you. Your answers are counted for the class, and never kept with your name.",
        (
            Part(
                "Your name",
                "Some classes use no names, and then we do not know who you are. In other classes your teacher types "
                "a list of names, and you choose pictures, words or a PIN. We keep those scrambled, so that no page "
                "can show them. Your school may add its own number for you, and your teacher may put you in a group.",
            ),
            Part(
                "Your lessons",
                "If your class has names, we keep which lessons you have started and finished, and on which day. It "
                "lets you go on where you stopped. Your teachers can see it, and so can the safeguarding lead: the "
                "person at school whose job is to keep children safe.",
            ),
            Part(
                "Your answers",
                "We count how many people in the class chose each answer. We do not keep who chose it, so nobody can "
                "look up what you said. Answers about worries are shown only when at least five people have answered.",
            ),
            Part(
                "If you need help",
                "We do not tell anybody that you opened “Get help”. If something is wrong, telling an adult you trust "
                "is a good thing to do.",
            ),
            Part(
                "On this device",
                "The device remembers for up to three hours that you have joined. Press “I have finished on this "
                "device” when you stop, above all if other people use it.",
            ),
            Part(
                "How long",
                "Your name stays until your teacher takes it off the list. When your class moves up a year, the old "
                "lessons are kept as numbers without names.",
            ),
            Part(
                "You can ask",
                "You can ask your teacher what is kept about you, and ask to have a mistake put right. An adult at "
                "home can ask too.",
            ),
        ),
    ),
    Words(
        11,
        "We keep as little as we can. Your answers are added to a count for the class and never kept with your name.",
        (
            Part(
                "Who you are",
                "Some classes are anonymous: we do not know who you are, and your teacher sees only how many people "
                "have done a lesson. In a class with names, your teacher types the list. You choose pictures, words "
                "or a PIN, which we keep scrambled, so that no page can show them. Your school may add its own "
                "number for you, and your teacher may put you in a group.",
            ),
            Part(
                "Your lessons",
                "In a class with names we keep which lessons were set for you, which you have started and finished, "
                "and the day. Your teachers and your school’s safeguarding lead can see that. They cannot see what "
                "you answered.",
            ),
            Part(
                "Your answers",
                "Each answer adds one to a number for the whole class. Nothing says who chose it. Answers about "
                "worries, blame or asking for help are shown only after the lesson is closed, and only if at least "
                "five people answered. Votes in a poll are counted in the same way.",
            ),
            Part(
                "If you need help",
                "Nobody is told that you opened “Get help”, and we keep no note of it. Somebody near you can see your "
                "screen, so choose a good moment, or use the button to leave the page.",
            ),
            Part(
                "On this device",
                "A cookie remembers for up to three hours that you have joined your class. It is not used for adverts "
                "or to follow you. Press “I have finished on this device” to end it.",
            ),
            Part(
                "How long",
                "Your name stays until your teacher takes it off the list. When your class moves up a year, what was "
                "done in the old year is kept as numbers without names.",
            ),
            Part(
                "What you can do",
                "Ask your teacher what is kept about you, and ask to have it corrected or taken off. Your school "
                "decides about this and has to answer your questions. A parent or carer can ask with you.",
            ),
        ),
    ),
    Words(
        14,
        "We keep as little as we can. No answer is ever stored with your name, so nobody can look up what you said.",
        (
            Part(
                "Who you are",
                "In an anonymous class nothing says who you are. In a class with names, we keep the name that your "
                "teacher typed, perhaps the school’s own number for you and the groups you are in, and a scrambled "
                "form of your pictures, words or PIN.",
            ),
            Part(
                "What you have done",
                "In a class with names we keep which lessons were set for you, how far you have got, and the day you "
                "finished. Your teachers and the safeguarding lead of your school can see which lessons you have "
                "done. The people who run this site have no page that shows it.",
            ),
            Part(
                "What you answer",
                "Each answer adds one to a total for the class. Answers about worries, blame or asking for help are "
                "shown only after the lesson is closed, and only from five answers on. If everybody in the class "
                "chose the same answer, people will know that you did too: no system can hide that.",
            ),
            Part(
                "If you need help",
                "We keep no note of who opens a help page, and we tell nobody. Your browser may remember the page, "
                "and a school’s network may keep its own list of pages. Your school can tell you what it keeps.",
            ),
            Part(
                "On this device",
                "One cookie remembers for up to three hours that you have joined, one protects forms, and one lets "
                "the next page give feedback. There are no adverts and no tracking. “I have finished on this device” "
                "ends your visit.",
            ),
            Part(
                "How long",
                "Your name stays until your teacher removes it. When your class moves up a year, the old lessons are "
                "kept as numbers without names.",
            ),
            Part(
                "What you can do",
                "Ask your school what it keeps about you, and ask for it to be corrected or removed. The school "
                "decides about this and answers for it: ask who looks after data protection. You can ask yourself, "
                "or with an adult you trust.",
            ),
        ),
    ),
    Words(
        16,
        "We keep as little as we can. Answers exist only as totals for the class, so nobody can look up yours.",
        (
            Part(
                "What is kept",
                "In an anonymous class: nothing that says who you are. In a class with names: the name that your "
                "teacher typed, perhaps the school’s own number for you and your groups, a scrambled form of your "
                "pictures, words or PIN, and which lessons were set for you, how far you have got and the day you "
                "finished.",
            ),
            Part(
                "What is not kept",
                "No answer, vote or try at an activity is stored with you. Answers add to totals. Those about "
                "worries, blame or asking for help are shown only after the lesson is closed, and only from five "
                "answers on. If everybody chose the same, the total gives that away: no system can hide it.",
            ),
            Part(
                "Who sees it",
                "Your teachers and the safeguarding lead of your school see which lessons you have done. The people "
                "who run this site have no page that shows it, though somebody has to look after the server and its "
                "copies.",
            ),
            Part(
                "If you need help",
                "We keep no note of who opens a help page. Your browser’s history, the network you are on and the "
                "server may keep lists of addresses. Your school can tell you what it keeps.",
            ),
            Part(
                "On this device",
                "One cookie remembers for up to three hours that you have joined, one protects forms, and one carries "
                "a mark for the next page’s feedback, which says nothing by itself. There are no adverts and no "
                "tracking.",
            ),
            Part(
                "How long",
                "Your name stays until it is taken off the class list. When the class moves up a year, what was done "
                "is kept as numbers without names.",
            ),
            Part(
                "What you can do",
                "Ask your school what it keeps about you, and ask for it to be corrected or removed. The school "
                "decides about this and answers for it; ask who looks after data protection there. You can ask in "
                "your own name.",
            ),
        ),
    ),
)


def words_from_age(age: int) -> Words:
    """Those for the youngest of a band, so that all of it can read them."""
    return next((words for words in reversed(WORDS) if words.least_age <= age), WORDS[0])
