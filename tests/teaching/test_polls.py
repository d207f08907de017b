import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lessons.teaching import services
from lessons.teaching.errors import NotAllowed, PollClosed
from lessons.teaching.models import Assignment, Poll, PollVote
from lessons.teaching.querysets import POLL_LASTS
from tests.cast import Cast

from .conftest import count_queries

PUPILS = reverse("teaching:pupil-poll")
TYPED = {"question": "Was it Ama’s fault?", "option_1": "No", "option_2": "Yes"}


def polls_url(cast: Cast) -> str:
    return reverse("teaching:class-polls", args=[cast.anonymous_class.pk])


def open_poll(cast: Cast, question: str = "Is it kind?") -> Poll:
    return services.open_poll(
        actor=cast.teacher, school_class=cast.anonymous_class, question=question, options=["Yes", "No", "Not sure"]
    )


def board(client: Client, poll: Poll) -> str:
    return client.get(reverse("teaching:poll", args=[poll.pk])).text


def vote(client: Client, poll: Poll, text: str = "Yes"):
    return client.post(PUPILS, {"poll": poll.pk, "choice": poll.options.get(text=text).pk})


@pytest.fixture
def voted(cast, join):
    """`voted(poll, 5)`: so many devices join and vote."""

    def vote_all(poll: Poll, number: int, text: str = "Yes") -> None:
        for _ in range(number):
            assert vote(join(cast.anonymous_class), poll, text).status_code == 302

    return vote_all


def test_a_teacher_asks_and_the_class_sees_it(signed_in, join, cast):
    page = signed_in(cast.teacher).post(polls_url(cast), TYPED, follow=True)
    assert "Was it Ama’s fault?" in page.text
    assert cast.anonymous_class.code.replace("-", " ") in page.text
    assert "Was it Ama’s fault?" in join(cast.anonymous_class).get(PUPILS).text
    assert "No question right now" in join(cast.southfield_class).get(PUPILS).text


def test_while_it_is_open_the_board_says_how_many_voted_and_nothing_else(signed_in, cast, voted):
    poll = open_poll(cast)
    voted(poll, 6)
    client = signed_in(cast.teacher)
    assert client.get(reverse("teaching:poll-votes", args=[poll.pk])).json() == {"votes": 6, "closed": False}
    assert "%" not in board(client, poll).split("<main")[1]
    assert "<progress" not in board(client, poll)


def test_closed_the_board_shows_how_many_chose_what(signed_in, cast, voted):
    poll = open_poll(cast)
    voted(poll, 4)
    voted(poll, 1, "No")
    client = signed_in(cast.teacher)
    page = client.post(reverse("teaching:poll-close", args=[poll.pk]), follow=True)
    assert "80%" in page.text
    assert "5 voted." in page.text


def test_fewer_than_five_votes_are_never_shown(signed_in, cast, voted):
    poll = open_poll(cast)
    voted(poll, 4)
    services.close_poll(actor=cast.teacher, poll=poll)
    page = board(signed_in(cast.teacher), poll)
    assert "With fewer than five, nothing is shown" in page
    assert "<progress" not in page
    assert "100%" not in page


def test_the_same_vote_twice_counts_once_and_cannot_be_changed(join, cast):
    poll, client = open_poll(cast), join(cast.anonymous_class)
    vote(client, poll)
    page = client.post(PUPILS, {"poll": poll.pk, "choice": poll.options.get(text="No").pk}, follow=True)
    assert "Your answer is counted" in page.text
    assert list(poll.options.values_list("count", flat=True)) == [1, 0, 0]


def test_closing_forgets_who_voted_and_closing_twice_changes_nothing(cast, voted):
    poll = open_poll(cast)
    voted(poll, 2)
    assert PollVote.objects.count() == 2
    services.close_poll(actor=cast.teacher, poll=poll)
    first = Poll.objects.get().closed_at
    services.close_poll(actor=cast.teacher, poll=poll)
    assert not PollVote.objects.exists()
    assert Poll.objects.get().closed_at == first


def test_a_second_question_waits_until_the_first_is_closed(signed_in, cast):
    poll, client = open_poll(cast), signed_in(cast.teacher)
    page = client.post(polls_url(cast), TYPED)
    assert page.status_code == 409
    assert "Close that one first" in page.text
    assert "Was it Ama’s fault?" in page.text
    assert Poll.objects.get() == poll
    services.close_poll(actor=cast.teacher, poll=poll)
    assert client.post(polls_url(cast), TYPED).status_code == 302


def test_after_two_hours_it_counts_as_closed(signed_in, join, cast, voted):
    poll = open_poll(cast)
    voted(poll, 5)
    client = join(cast.anonymous_class)
    Poll.objects.update(opened_at=timezone.now() - POLL_LASTS - datetime.timedelta(seconds=1))
    assert vote(client, poll).status_code == 410
    assert "100%" in board(signed_in(cast.teacher), poll)
    assert signed_in(cast.teacher).post(polls_url(cast), TYPED).status_code == 302
    assert not PollVote.objects.exists()


def test_a_vote_for_a_question_that_is_gone_is_answered_with_a_sentence(join, cast):
    poll, client = open_poll(cast), join(cast.anonymous_class)
    services.close_poll(actor=cast.teacher, poll=poll)
    assert vote(client, poll).status_code == 410
    newer = open_poll(cast, "Another?")
    page = vote(client, poll)
    assert page.status_code == 410
    assert "Your teacher has asked a new question" in page.text
    assert not newer.options.filter(count__gt=0).exists()


def test_nothing_chosen_or_something_else_is_a_sentence(join, cast):
    poll, client = open_poll(cast), join(cast.anonymous_class)
    for sent in ({}, {"choice": ""}, {"choice": "x"}, {"choice": "0"}, {"choice": "9" * 30}):
        page = client.post(PUPILS, {"poll": poll.pk, **sent})
        assert page.status_code == 400
        assert "then press Send" in page.text
    assert client.post(PUPILS, {"poll": "x"}).status_code == 410
    assert not PollVote.objects.exists()


def test_another_class_cannot_vote(join, cast):
    poll = open_poll(cast)
    other = services.open_poll(
        actor=cast.outsider, school_class=cast.southfield_class, question="Theirs?", options=["A", "B"]
    )
    assert vote(join(cast.southfield_class), poll).status_code == 410
    assert not PollVote.objects.filter(poll__in=[poll, other]).exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"question": ""}, "Type a question"),
        ({"question": "x" * 201}, "200 letters"),
        ({"option_2": ""}, "two choices or more"),
        ({"option_2": "no"}, "Two choices are the same"),
        ({"option_3": "x" * 101}, "100 letters"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_a_sentence(signed_in, cast, change, sentence):
    page = signed_in(cast.teacher).post(polls_url(cast), {**TYPED, **change})
    assert page.status_code == 400
    assert sentence in page.text
    assert not Poll.objects.exists()


def test_only_the_teachers_of_the_class_and_the_lead_see_and_ask(signed_in, cast):
    poll = open_poll(cast)
    names = [polls_url(cast), *(reverse(f"teaching:{name}", args=[poll.pk]) for name in ("poll", "poll-votes"))]
    for url in names:
        assert signed_in(cast.lead).get(url).status_code == 200
        assert signed_in(cast.colleague).get(url).status_code == 403
        assert signed_in(cast.outsider).get(url).status_code == 404
    close = reverse("teaching:poll-close", args=[poll.pk])
    assert signed_in(cast.colleague).post(close).status_code == 403
    assert signed_in(cast.outsider).post(close).status_code == 404
    assert signed_in(cast.teacher).get(close).status_code == 405
    with pytest.raises(NotAllowed):
        services.close_poll(actor=cast.outsider, poll=poll)
    assert Poll.objects.get().closed_at is None


def test_a_class_of_a_past_year_is_asked_nothing(signed_in, cast):
    cast.anonymous_class.archived_at = timezone.now()
    cast.anonymous_class.save()
    client = signed_in(cast.teacher)
    assert "nothing new is asked here" in client.get(polls_url(cast)).text
    assert client.post(polls_url(cast), TYPED).status_code == 409
    assert not Poll.objects.exists()


def test_a_lesson_gives_its_questions_once_the_lead_knows(signed_in, cast, assignment):
    client, url = signed_in(cast.teacher), f"{polls_url(cast)}?lesson={assignment.pk}"
    assert "Item 1" in client.get(url).text
    page = client.get(f"{url}&ask=1")
    assert page.context["form"]["question"].value() == "Item 1"
    topic = assignment.version.lesson.topic
    topic.least_age = 11
    topic.save()
    assert client.get(url).status_code == 409
    assert client.post(url, TYPED).status_code == 409
    assert not Poll.objects.exists()


def test_a_lesson_of_another_class_gives_nothing(signed_in, cast, named_assignment):
    for lesson in (named_assignment.pk, 0, "x", "9" * 30):
        assert signed_in(cast.teacher).get(f"{polls_url(cast)}?lesson={lesson}").status_code == 404


def test_who_has_voted_is_found_from_no_row(cast, join, voted):
    """The key is made from what only the session holds, and names neither pupil nor choice."""
    poll = open_poll(cast)
    voted(poll, 1)
    fields = {field.name for field in PollVote._meta.get_fields()}
    assert fields == {"id", "poll", "key"}


def test_nobody_votes_without_having_joined(client: Client, cast):
    poll = open_poll(cast)
    assert client.get(PUPILS).url == "/join/?again=start"
    assert vote(client, poll).status_code == 302
    assert not PollVote.objects.exists()


def test_the_service_refuses_a_poll_that_was_closed_meanwhile(cast, join, rf):
    poll = open_poll(cast)
    client = join(cast.anonymous_class)
    client.get(PUPILS)
    Poll.objects.update(closed_at=timezone.now())
    with pytest.raises(PollClosed):
        services.vote(visit=client.get("/join/").context["visit"], poll_id=poll.pk, option_pk=poll.options.first().pk)


def test_the_list_takes_the_same_queries_for_1_and_30(signed_in, cast):
    client = signed_in(cast.teacher)
    services.close_poll(actor=cast.teacher, poll=open_poll(cast))
    few = count_queries(client, polls_url(cast))
    for _ in range(29):
        services.close_poll(actor=cast.teacher, poll=open_poll(cast))
    assert count_queries(client, polls_url(cast)) == few <= 10
    assert Assignment.objects.count() == 0
