"""Rows of another table as one column, so that a page with several lists is one query."""

from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class JSONRows(Subquery):
    """A list of dicts, in the order of the rows; empty where there are none.

    `JSONRows(Section.objects.filter(version=OuterRef("pk")), kind="kind", body="body")`. What JSON does not know comes
    as text (dates), or as numbers on SQLite (booleans).
    """

    def __init__(self, rows: QuerySet[Any], **fields: Any) -> None:
        super().__init__(rows.values(json_row=JSONObject(**fields)), output_field=JSONField())

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        template = "(SELECT json_group_array(json(json_row)) FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        template = "(SELECT coalesce(jsonb_agg(json_row), '[]'::jsonb) FROM (%(subquery)s) AS json_rows)"
        return self.as_sql(compiler, connection, template=template, **extra)
