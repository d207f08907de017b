"""The note to the safeguarding lead: what is taught, to which class, and when. It says nothing about any pupil."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.formats import date_format

from .models import Assignment


@dataclass(frozen=True)
class LeadNote:
    to: str  # empty where the school has not said it
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """Opens the teacher's own mail program; nothing is sent or kept by us."""
        body = quote(self.body.replace("\n", "\r\n"), safe="")
        return f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject, safe='')}&body={body}"


def note_to_lead(assignment: Assignment, *, teacher: str, plan_address: str) -> LeadNote:
    """`plan_address` is the whole address of the lesson's page."""
    version, school_class = assignment.version, assignment.school_class
    school = school_class.school
    opens, due = (date_format(day, "j F Y") for day in (assignment.opens_on, assignment.due_on))
    body = "\n".join(
        [
            f"Dear {school.lead_name or 'safeguarding lead'},",
            "",
            f"I am going to teach “{version.title}” to {school_class.name} between {opens} and {due}.",
            f"Its topic is: {version.lesson.topic.name}. {version.summary}",
            f"The whole plan: {plan_address}",
            "",
            "Could you tell me, in person and not in an e-mail, whether a pupil may need care with this topic, "
            "and whom I can send for at that time if a child wants to talk?",
            "",
            "Thank you,",
            teacher,
        ]
    )
    return LeadNote(school.lead_email, f"Lesson for {school_class.name}: {version.title}", body)
