from ..content import Content, LessonContent
from ..differences import Comparison, compare
from ..models import Document, Illustration, Image
from ..store import AnyVersion, held_contents


def compare_versions(old: AnyVersion, new: AnyVersion) -> Comparison:
    """Of two versions that were fetched with their identity, topic and band.

    Six queries for lessons, two for guides, however much they hold.
    """
    held = held_contents([old, new])
    return compare_contents(held[old], held[new])


def compare_contents(before: Content, after: Content) -> Comparison:
    """The same of what was read already. At most two queries."""
    return compare(before, after, _picture_names(before, after))


def _picture_names(*contents: Content) -> dict[int | str, str]:
    """What pictures of activities show and documents are called, as `differences` asks. At most three queries."""
    activities = [a for content in contents if isinstance(content, LessonContent) for a in content.activities]
    uploads = Image.objects.filter(pk__in={a.image for a in activities if a.image})
    drawings = Illustration.objects.filter(slug__in={a.illustration for a in activities if a.illustration})
    documents = Document.objects.filter(pk__in={pk for content in contents for pk in content.documents})
    return {
        **{pk: alt or "decorative" for pk, alt in uploads.values_list("pk", "alt_text")},
        **dict(drawings.values_list("slug", "alt_text")),
        **{f"document {pk}": f"{title} ({pk})" for pk, title in documents.values_list("pk", "title")},
    }
