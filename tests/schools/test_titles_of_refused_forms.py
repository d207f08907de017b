import pytest


@pytest.mark.parametrize("address", ["/teach/classes/new/", "/school/staff/invite/", "/school/terms/new/"])
def test_the_title_says_that_a_form_was_not_taken(cast, signed_in, address):
    """It is what a screen reader says first when the page has come back."""
    answer = signed_in(cast.lead).post(address, {})

    assert answer.status_code == 400
    assert "<title>Please look again: " in answer.text
