from ..content import LessonContent
from ..models import Illustration, Image
from ..models.illustrations import Picture


def pictures_of(content: LessonContent) -> dict[int | str, Picture]:
    """The pictures of its activities, by the id of an upload or the slug of a drawing. At most two queries."""
    uploads = Image.objects.filter(pk__in=[activity.image for activity in content.activities if activity.image])
    slugs = [activity.illustration for activity in content.activities if activity.illustration]
    drawings = Illustration.objects.filter(slug__in=slugs)
    return {image.pk: image.picture for image in uploads} | {drawing.slug: drawing.picture for drawing in drawings}
