"""What a pupil tries in each kind of activity, without a database: nothing of it is kept anywhere."""

import dataclasses

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.library.activity_forms import MatchForm, OrderForm, PollForm, ScenarioForm, SortForm, SpotForm
from lessons.library.content import ItemContent
from lessons.library.items import mixed
from lessons.library.step_forms import activity_form, tried_form

from .activities import ALL, MATCH, ORDER, POLL, SORT, SPOT, STORY, TALK, part_of

TO_DO = [activity for activity in ALL if activity is not TALK]


def kind_of(activity):
    return activity.kind.value


# --- what is mixed ------------------------------------------------------------


@given(st.lists(st.text(max_size=8), min_size=2, max_size=8, unique=True))
def test_a_mixed_order_holds_the_same_is_always_the_same_and_never_the_right_one(texts):
    items = tuple(ItemContent(text) for text in texts)

    assert sorted(mixed(items), key=items.index) == list(items)
    assert mixed(items) == mixed(items) != items


def test_who_changes_a_step_moves_only_that_step():
    items = part_of(ORDER).items
    others = [item for item in mixed(items) if item.text != "Rest"]
    changed = (*items[:3], dataclasses.replace(items[3], text="Sleep"))

    assert [item for item in mixed(changed) if item.text != "Sleep"] == others


# --- put in order -------------------------------------------------------------


def places(*given_):
    return OrderForm({f"card_{pk}": place for pk, place in enumerate(given_, start=1)}, activity=part_of(ORDER))


def test_what_is_out_of_place_is_told_to_come_earlier_or_later():
    form = places("1", "3", "2", "4")
    rows = {row.item.text: row for row in form.rows}

    assert form.is_valid()
    assert form.right == 2
    assert rows["Stop"].is_right
    assert rows["Tell"].comes_earlier
    assert not rows["Keep it"].comes_earlier


def test_some_steps_may_wait():
    form = places("1", "", "", "")

    assert form.is_valid()
    assert [row.item.text for row in form.rows if row.chosen] == ["Stop"]


def test_a_place_taken_twice_is_a_sentence_that_says_which():
    form = places("1", "2", "2", "")

    assert form.non_field_errors() == ["Place 2 is taken twice. Choose another place for one of the two."]
    assert not form.is_tried


# --- match --------------------------------------------------------------------


def test_partners_have_letters_in_a_mixed_order_and_feedback_goes_by_the_partner():
    part = part_of(MATCH)
    letters = {one.text: one.letter for one in MatchForm(activity=part).answers}
    form = MatchForm({"card_1": letters["The nurse"], "card_2": letters["The nurse"]}, activity=part)

    assert sorted(letters.values()) == ["A", "B", "C"]
    assert list(letters) != [item.answer for item in part.items]
    assert [(row.chosen, row.is_right) for row in form.rows] == [("The nurse", True), ("The nurse", False), ("", False)]


def test_more_partners_than_letters_still_have_a_letter_each():
    pairs = tuple(ItemContent(f"Card {n}", f"Partner {n}", "So.") for n in range(30))
    form = MatchForm(activity=part_of(dataclasses.replace(MATCH, items=pairs)))

    assert len({one.letter for one in form.answers}) == 30


# --- sort ---------------------------------------------------------------------


@pytest.mark.parametrize(("group", "other"), [("Now", "Later"), ("Later", "Now")])
def test_a_card_with_two_groups_is_right_in_either(group, other):
    form = SortForm({"card_3": group}, activity=part_of(SORT))

    assert form.rows[2].is_right
    assert form.rows[2].other_group == other


def test_a_card_with_one_group_is_right_only_there():
    assert not SortForm({"card_1": "Later"}, activity=part_of(SORT)).rows[0].is_right


# --- spot the sign ------------------------------------------------------------


def test_every_line_is_told_whether_it_was_ticked_or_not():
    form = SpotForm({"signs": ["2", "4"]}, activity=part_of(SPOT))

    assert form.is_tried
    assert [line.is_ticked for line in form.lines] == [False, True, False, True]
    assert [line.is_right for line in form.lines] == [True, True, False, False]
    assert (form.found, form.signs_in_all) == (1, 2)


# --- a poll -------------------------------------------------------------------


def test_a_poll_answers_the_choice_and_none_is_wrong():
    assert PollForm({"choice": "2"}, activity=part_of(POLL)).chosen.feedback == "Many feel so."
    assert PollForm(activity=part_of(POLL)).chosen is None


# --- a scenario with branches -------------------------------------------------


def told(scene):
    """What stands on the page, scene by scene."""
    lines = []
    for choice in scene.choices:
        lines.append(("+" if choice.is_shown else "") + choice.item.text + (" (told)" if choice.is_told else ""))
        if choice.after:
            lines += [f"[{choice.after.name}]", *told(choice.after)]
    return lines


def story(choice, *tried):
    return told(ScenarioForm({"choice": choice, "tried": tried}, activity=part_of(STORY)).story)


def test_a_story_begins_with_its_first_choices_alone():
    assert told(ScenarioForm(activity=part_of(STORY)).story) == ["Wait", "Tell Mum", "Ask a friend"]


def test_a_choice_opens_the_scene_that_it_leads_to_and_the_others_stay_open_to_try():
    assert story(1) == ["+Wait", "[The next day]", "Tell Mr Novak", "Hide", "Tell Mum", "Ask a friend"]
    assert story(5, 1) == [
        *("+Wait", "[The next day]", "Tell Mr Novak", "+Hide", "[At home]", "Tell Gran"),
        *("Tell Mum", "Ask a friend"),
    ]


def test_a_scene_to_which_two_choices_lead_is_told_once():
    assert story(3, 1) == ["+Wait", "[The next day]", "Tell Mr Novak", "Hide", "Tell Mum", "+Ask a friend (told)"]


def test_a_story_ends_where_a_choice_leads_nowhere():
    assert story(2) == ["Wait", "+Tell Mum", "Ask a friend"]


def test_a_draft_that_turns_in_a_circle_or_leads_nowhere_is_still_shown():
    items = (
        ItemContent("Wait", "not_yet", "So.", leads_to="Later"),
        ItemContent("Wait again", "not_yet", "So.", scene="Later", leads_to="Later"),
        ItemContent("Go", "not_yet", "So.", scene="Later", leads_to="No such scene"),
    )
    form = tried_form(part_of(dataclasses.replace(STORY, items=items)))

    assert told(form.story) == ["+Wait", "[Later]", "+Wait again (told)", "+Go"]


# --- every kind ---------------------------------------------------------------


def test_what_is_only_talked_about_has_no_form():
    assert activity_form(part_of(TALK)) is None
    assert tried_form(part_of(TALK)) is None
    assert activity_form(None) is None


@pytest.mark.parametrize("activity", TO_DO, ids=kind_of)
def test_once_all_is_found_every_item_that_can_be_right_is(activity):
    form = tried_form(part_of(activity))

    assert form.is_valid()
    for row in getattr(form, "rows", getattr(form, "lines", [])):
        assert row.is_right


@pytest.mark.parametrize("activity", TO_DO, ids=kind_of)
def test_nothing_chosen_is_a_sentence_and_nothing_is_told(activity):
    form = activity_form(part_of(activity), QueryDict(""))

    assert not form.is_valid()
    (sentence,) = [error for errors in form.errors.values() for error in errors]
    assert sentence.startswith(("Choose", "Tick"))


@pytest.mark.parametrize("activity", TO_DO, ids=kind_of)
def test_a_draft_without_items_is_shown_and_asks_for_nothing(activity):
    part = part_of(dataclasses.replace(activity, items=()))

    assert not activity_form(part).errors
    assert tried_form(part) is not None


SENT = st.dictionaries(
    st.sampled_from(["choice", "tried", "signs", *(f"card_{pk}" for pk in range(8))]),
    st.lists(st.sampled_from(["", "1", "2", "3", "4", "99", "-1", "x", "\x00", "A", "B", "Now", "²"]), max_size=4),
)


@settings(deadline=None)
@given(st.sampled_from(TO_DO), SENT)
def test_whatever_is_sent_is_answered_with_feedback_or_with_a_sentence(activity, sent):
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    form = activity_form(part_of(activity), data)

    if not form.is_valid():
        assert all(str(error).strip().endswith(".") for errors in form.errors.values() for error in errors)
    for row in getattr(form, "rows", getattr(form, "lines", [])):
        assert isinstance(row.is_right, bool)
    if isinstance(form, ScenarioForm):
        assert {line.lstrip("+").removesuffix(" (told)") for line in told(form.story)} >= {"Wait", "Tell Mum"}
