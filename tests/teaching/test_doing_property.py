"""Whatever is sent to whichever step, in whatever order: nobody is counted twice, and nobody goes back."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lessons.library.enums import QuestionKind
from lessons.library.models import LessonVersion
from lessons.teaching.enums import Moment
from lessons.teaching.models import AnswerCount, Assignment, Attempt
from lessons.teaching.steps import Step, StepKind, steps_of
from tests.cast import make_cast
from tests.factories import AssignmentFactory, LessonVersionFactory, QuestionFactory, make_live

from .conftest import step_url

# One lesson: 2 before, 3 after; 1 introduction; 1 done.
STEPS = 7


class AnySequenceOfPosts(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.cast = make_cast()
        version = LessonVersionFactory(parts=False)
        for kind in (QuestionKind.KNOWLEDGE, QuestionKind.HELP_SEEKING, QuestionKind.WORRY):
            QuestionFactory(version=version, kind=kind)
        cls.assignment = AssignmentFactory(school_class=cls.cast.anonymous_class, version=make_live(version))
        cls.steps = steps_of(LessonVersion.objects.get(pk=version.pk))
        assert len(cls.steps) == STEPS

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        sent=st.lists(
            st.tuples(
                st.integers(0, 1),  # which of two pupils
                st.one_of(st.just("here"), st.integers(0, STEPS + 1)),  # which step
                st.sampled_from(["answer", "next", "nothing", "nonsense"]),
                st.integers(0, 2),  # which option
            ),
            max_size=40,
        )
    )
    def test_never_counts_more_answers_than_attempts_and_never_goes_back(self, sent):
        pupils = [self.client_class(), self.client_class()]
        for pupil in pupils:
            pupil.post("/join/", {"code": self.cast.anonymous_class.code})
        behind = [0, 0]
        for who, where, what, option in sent:
            number = behind[who] + 1 if where == "here" else where
            page = pupils[who].post(step_url(self.assignment, number), self.body(number, what, option))
            assert page.status_code in (200, 302, 400)
            now = self.position(pupils[who])
            assert now - behind[who] in (0, 1)
            behind[who] = now
            self.check_counts()

    def body(self, number: int, what: str, option: int) -> dict[str, object]:
        match what:
            case "answer" if 1 <= number <= STEPS and self.steps[number - 1].question:
                options = self.steps[number - 1].question.options
                return {"choice": options[option % len(options)].pk}
            case "next":
                return {"next": "1"}
            case "nonsense":
                return {"choice": "-1", "next": "\x00", "tried": "x"}
        return {}

    def position(self, pupil) -> int:
        """Where the page leads that is too far ahead."""
        return int(pupil.get(step_url(self.assignment, STEPS + 9)).url.rstrip("/").rsplit("/", 1)[1]) - 1

    def check_counts(self) -> None:
        assignment = Assignment.objects.get(pk=self.assignment.pk)
        positions = list(Attempt.objects.filter(assignment=assignment).values_list("position", flat=True))
        for step in self.steps:
            if step.question and step.moment:
                assert self.counted(step, step.moment) == sum(p >= step.number for p in positions)
        assert not AnswerCount.objects.filter(moment=Moment.BEFORE, option__question__kind=QuestionKind.WORRY).exists()

    def counted(self, step: Step, moment: Moment) -> int:
        pks = [option.pk for option in step.question.options]
        rows = AnswerCount.objects.filter(assignment=self.assignment, option__in=pks, moment=moment)
        return sum(rows.values_list("count", flat=True))

    def test_the_lesson_has_the_steps_that_the_test_thinks_it_has(self):
        kinds = [step.kind for step in self.steps]
        assert kinds.count(StepKind.BEFORE) == 2
        assert kinds.count(StepKind.AFTER) == 3
