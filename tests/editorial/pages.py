"""The pages on which a version is written: where they are, and what a browser sends from them."""

from lessons.library.models import LessonVersion


def url(version, page=""):
    kind = "lessons" if isinstance(version, LessonVersion) else "guides"
    return f"/desk/{kind}/{version.identity.slug}/{version.number}/{page}/"


def filled(client, address):
    """What a browser would send if nothing was touched."""
    context = client.get(address).context
    editor = context["editor"]
    data = {"token": context["token"]}
    for form in editor.forms:
        for field in form:
            data[field.html_name] = field.value()
    for rows in editor.sets:
        for field in rows.management_form:
            data[field.html_name] = field.value()
        for form in rows.forms:
            for field in form:
                data[field.html_name] = field.value()
    return {name: value for name, value in data.items() if value not in (None, False)}
