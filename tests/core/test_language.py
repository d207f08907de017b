import pytest


@pytest.mark.django_db
def test_the_readers_browser_chooses_among_the_languages_that_are_there(client, settings):
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]

    assert '<html lang="cy">' in client.get("/", headers={"accept-language": "cy"}).text
    assert '<html lang="en-gb">' in client.get("/", headers={"accept-language": "ja"}).text


@pytest.mark.django_db
def test_a_page_kept_by_a_cache_is_given_to_readers_of_its_language_only(client):
    assert "Accept-Language" in client.get("/").headers["Vary"]
