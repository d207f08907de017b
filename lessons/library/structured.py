"""What programs may read of a lesson. Source: schema.org, LearningResource."""

from typing import Any

from .queries import LessonPage


def learning_resource(lesson: LessonPage, url: str) -> dict[str, Any]:
    """`url` is the lesson's whole address."""
    return {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": lesson.title,
        "description": lesson.summary,
        "url": url,
        "inLanguage": lesson.language.code,
        "learningResourceType": "lesson plan",
        "educationalLevel": f"Ages {lesson.band}",
        "typicalAgeRange": f"{lesson.age_from}-{lesson.age_to}",
        "timeRequired": f"PT{lesson.minutes}M",
        "teaches": [objective.can for objective in lesson.objectives],
        "about": {"@type": "Thing", "name": lesson.topic},
        "isAccessibleForFree": True,
    }
