"""What is kept about people, as the privacy notices say it, and the columns in which it stands.

A column that could hold something about a person and stands in no notice fails a test: write it down here first, and
in the words for pupils or parents where it is about them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    what: str
    why: str
    how_long: str
    seen_by: str
    columns: tuple[str, ...]  # "app.Model: column column"


SIGNED_IN = Kept(
    what="That a device is signed in, or has joined a class",
    why="So that the next page knows it.",
    how_long="For staff, twelve hours at most; for pupils, three. After that it opens nothing, and the old row goes "
    "when whoever runs the site clears the database of them.",
    seen_by="No page shows it.",
    columns=("sessions.Session: session_key session_data expire_date",),
)

ABOUT_STAFF = (
    Kept(
        what="Your account: name, e-mail address, password, rights, when it was made and when you last signed in",
        why="So that you can sign in, and others know who set, wrote or approved something. The password is kept so "
        "that it can be checked and not read.",
        how_long="Until the account is closed, and as a closed one after that, because your name stands under what "
        "you did.",
        seen_by="You, and whoever runs this site. The lead of your school sees your name and address, other editors "
        "your name.",
        columns=(
            "accounts.User: password last_login is_superuser email name is_editor is_reviewer is_staff is_active",
            "accounts.User: date_joined groups user_permissions",
            "account.EmailAddress: user email",
            "account.EmailConfirmation: email_address",
        ),
    ),
    Kept(
        what="The second step of signing in, if you have set it up",
        why="So that a stolen password is not enough.",
        how_long="Until you switch it off.",
        seen_by="You, while you set it up. No page shows it to anybody else.",
        columns=("mfa.Authenticator: user",),
    ),
    Kept(
        what="Where you are signed in: internet address, kind of browser, since when",
        why="So that you can find a sign-in that is not yours, and end it.",
        how_long="Until the sign-in has ended and you sign in again, or open that page.",
        seen_by="You alone.",
        columns=("usersessions.UserSession: user created_at ip last_seen_at session_key user_agent data",),
    ),
    SIGNED_IN,
    Kept(
        what="Your place at a school: as teacher or as lead, and your classes",
        why="So that you see your classes, and nobody else’s.",
        how_long="Until a lead ends it. What you set and recorded stays, and that you once had a place.",
        seen_by="The lead of that school, and whoever runs this site.",
        columns=("schools.Membership: user school role is_active", "schools.SchoolClass: teachers"),
    ),
    Kept(
        what="An invitation: the address and name that a lead typed, who invited and when",
        why="So that you can say yes or no.",
        how_long="Until you have said it, or the lead takes it back.",
        seen_by="You, and the lead of that school.",
        columns=("schools.Invitation: school user email name role invited_by invited_at",),
    ),
    Kept(
        what="The school’s safeguarding lead: name, where to find them, e-mail address, phone",
        why="So that whoever needs help knows whom to tell.",
        how_long="Until a lead changes the school’s settings.",
        seen_by="Pupils and staff of the school, and everybody where the school has a page for parents.",
        columns=("schools.School: lead_name lead_contact lead_email lead_phone",),
    ),
    Kept(
        what="What you set, taught and asked: lessons with their dates and notes, deliveries, polls, that the lead "
        "was told, lists read from a file",
        why="So that a class knows what is due, and the school can show what was taught.",
        how_long="As long as the class is kept, in past years too. That a list was read from a file: one day.",
        seen_by="The teachers of the class and the lead. Pupils see the note and not who wrote it.",
        columns=(
            "teaching.Assignment: set_by lead_told_by",
            "teaching.Delivery: taught_by",
            "teaching.Poll: opened_by",
            "schools.RosterImport: made_by",
        ),
    ),
    Kept(
        what="Your shelf, your calendar’s address, how often you want e-mails, when you were last written to and last "
        "said that you had read",
        why="So that you find lessons again and are told once.",
        how_long="Until you change it, or as long as your account.",
        seen_by="You alone. Whoever has the calendar’s address can read the dates.",
        columns=("teaching.ShelfItem: user", "teaching.CalendarFeed: user secret", "teaching.NoticeSetting: user"),
    ),
    Kept(
        what="What you write, review and look after: versions, comments, accepted warnings, pictures, documents, "
        "reminders sent to you",
        why="So that every text has somebody who wrote it, and somebody else who approved it.",
        how_long="As long as the text and its history.",
        seen_by="Editors and reviewers. Staff who are signed in see who wrote a lesson. Visitors see no names.",
        columns=(
            "library.Lesson: owner",
            "library.LessonVersion: author edited_by submitted_by approved_by contributors",
            "library.Guide: owner",
            "library.GuideVersion: author edited_by submitted_by approved_by contributors",
            "library.Image: uploaded_by",
            "library.Document: uploaded_by",
            "editorial.Comment: author author_name resolved_by resolved_by_name",
            "editorial.AcceptedWarning: accepted_by accepted_by_name",
            "editorial.Reminder: person",
        ),
    ),
    Kept(
        what="What you typed at the desk and did not save, and that you have a part open",
        why="So that nothing is lost, and two people do not write in the same place without knowing.",
        how_long="Until you save it or throw it away, and thirty days at most after you last touched it, if the site "
        "is looked after daily.",
        seen_by="Your words: you alone. That you have a part open: other editors, for ten minutes.",
        columns=("editorial.UnsavedCopy: person",),
    ),
    Kept(
        what="The record of what was done at the desk and to the settings: who, what, when, why",
        why="So that anybody there can follow how a text came to be published.",
        how_long="For good. Nobody can change it or take something out.",
        seen_by="Editors and reviewers. What operators change on their own pages: operators.",
        columns=("audit.AuditEntry: actor_id actor_name", "admin.LogEntry: user"),
    ),
)

ABOUT_PUPILS = (
    Kept(
        what="In a class without names: how far somebody has got with a lesson, and the day it was finished",
        why="So that they can go on, and you see how many have done it.",
        how_long="As a number that belongs to nobody, as long as the class is kept. Only the visit on the device "
        "knows which it is, and that ends after two hours.",
        seen_by="The teachers of the class and the lead, as a count.",
        columns=("teaching.Attempt: key assignment position before_done finished_on",),
    ),
    Kept(
        what="In a class with names: the name as the teacher typed it, the school’s own number, groups, the lessons "
        "set for somebody, and which were begun and finished, with the day",
        why="So that pupils go on where they stopped, and you see who has missed a lesson.",
        how_long="Until you take the pupil off the list. When the class moves up to a new year, what was done in the "
        "old one loses its names, and leavers go. What stood on a list before a file was read: one day, if the site "
        "is looked after daily.",
        seen_by="The teachers of the class and the lead. No page shows it to whoever runs this site.",
        columns=(
            "schools.Pupil: school_class display_name external_id",
            "schools.PupilGroup: pupils",
            "schools.RosterChange: pupil name_before external_id_before",
            "teaching.Assignment: pupils groups",
            "teaching.Attempt: pupil",
        ),
    ),
    Kept(
        what="The three pictures, four words or PIN, and how often a wrong one was tried",
        why="So that nobody joins as somebody else.",
        how_long="Until you clear it or take the pupil off the list.",
        seen_by="No page shows it: it is kept in a form for checking and not for reading. You see that a name is "
        "closed for ten minutes.",
        columns=("schools.Pupil: secret secret_kind wrong_tries locked_until_at",),
    ),
    Kept(
        what="Answers: how many of the class chose each one, before the lesson, after it and some weeks later",
        why="So that you see what the class knows and what to teach next.",
        how_long="As long as the class is kept, in past years too.",
        seen_by="The teachers of the class and the lead. On telling, blame and worry only for the whole class, once "
        "the lesson is closed, from five answers on.",
        columns=(),
    ),
    Kept(
        what="Polls: how many chose what, and that a device has voted, not for what",
        why="So that each device votes once.",
        how_long="The numbers, as long as the class is kept. That a device has voted, until the poll is closed.",
        seen_by="The class and its teacher, once the poll is closed, from five votes on.",
        columns=("teaching.PollVote: poll key",),
    ),
    SIGNED_IN,
)

# In the words of guidance/privacy_parents.html, which are translated.
ABOUT_PARENTS = ("guidance.Subscription: email language topics key asked_at confirmed_at told_until taken_at",)


def columns() -> set[str]:
    """Each that some notice covers: "accounts.User.email"."""
    lines = [*ABOUT_PARENTS, *(line for kept in (*ABOUT_STAFF, *ABOUT_PUPILS) for line in kept.columns)]
    split = (line.split(": ") for line in lines)
    return {f"{model}.{name}" for model, names in split for name in names.split()}
