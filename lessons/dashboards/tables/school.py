"""The lead's page as tables: what a cell says on the page, and what a file of it holds."""

from django.urls import reverse
from django.utils.formats import date_format

from safeguarding.core.tables import Cell, Column, Table
from safeguarding.schools.models import School
from safeguarding.schools.tables import staff_table

from ..queries.school import ClassLine, PlanLine, SchoolPage
from ..queries.school_content import OldContent
from ..queries.school_coverage import GroupCell, StrandLine, TopicLine

KIND_OF_STRAND = {"covered": "good", "partly": "care"}


def school_tables(page: SchoolPage, school: School) -> dict[str, Table]:
    """By the name that stands in the address."""
    tables = (
        topics_table(page.topics, school),
        strands_table(page.strands, school),
        behind_table(page.behind, school),
        classes_table(page.classes, school),
        plan_table(page.plan, school),
        old_table(page.old, school),
        staff_table(school, page.staff),
    )
    return {table.name: table for table in tables}


def topics_table(topics: list[TopicLine], school: School) -> Table:
    groups = {group: cell.classes for topic in topics for group, cell in topic.cells.items()}
    return Table(
        name="topics",
        caption="Topics, by year group",
        columns=(
            Column("topic", "Topic"),
            Column("met", "Classes that have met it"),
            *(
                Column(f"group-{n}", group, note="1 class" if classes == 1 else f"{classes} classes")
                for n, (group, classes) in enumerate(groups.items(), start=1)
            ),
        ),
        rows=[(Cell(topic.name), Cell(topic.met), *map(_group_cell, topic.cells.values())) for topic in topics],
        filename=f"topics-{school.slug}",
    )


def _group_cell(cell: GroupCell) -> Cell:
    """The word comes first, the counts of classes after it."""
    if not cell.old_enough and not cell.met and not cell.waiting:
        return Cell("Not at this age", sort=-1)
    waiting = f"set, not taught yet: {cell.waiting}" if cell.waiting else ""
    if cell.met:
        words = f"Taught: {cell.met} of {cell.classes}"
        kind = "good" if cell.met >= cell.old_enough else "care"
        return Cell("; ".join(filter(None, [words, waiting])), kind=kind, sort=1 + cell.met / cell.classes)
    if cell.waiting:
        return Cell(f"Set: {cell.waiting} of {cell.classes}", sort=cell.waiting / cell.classes)
    return Cell("Not yet", sort=0)


def strands_table(strands: list[StrandLine], school: School) -> Table:
    return Table(
        name="strands",
        caption="Strands of the frameworks",
        columns=(
            Column("strand", "Strand"),
            Column("framework", "Framework"),
            Column("covered", "In your classes"),
            Column("met", "Classes that have met it", is_number=True),
            Column("meant", "Classes of an age for it", is_number=True),
            Column("lessons", "Lessons on it for these ages", is_number=True),
        ),
        rows=[
            (
                Cell(strand.name),
                Cell(strand.edition),
                Cell(strand.words, kind=KIND_OF_STRAND.get(strand.covered, "")),
                Cell(strand.met),
                Cell(strand.meant),
                Cell(strand.lessons),
            )
            for strand in strands
        ],
        filename=f"strands-{school.slug}",
    )


def behind_table(lines: list[ClassLine], school: School) -> Table:
    return Table(
        name="behind",
        caption="Classes to ask after",
        columns=(Column("class", "Class"), Column("why", "Why"), Column("teachers", "Who teaches it")),
        rows=[(_class_cell(line), Cell(line.behind, kind="care"), _teachers_cell(line)) for line in lines],
        filename=f"classes-behind-{school.slug}",
    )


def classes_table(lines: list[ClassLine], school: School) -> Table:
    return Table(
        name="classes",
        caption="Classes",
        columns=(
            Column("class", "Class"),
            Column("group", "Year group"),
            Column("pupils", "Pupils", is_number=True),
            Column("set", "Lessons set", is_number=True),
            Column("taught", "Taught to the class", is_number=True),
            Column("done", "Done on devices", is_number=True),
            Column("overdue", "Overdue", is_number=True),
            Column("finished", "Times finished", is_number=True),
            Column("teachers", "Who teaches it"),
        ),
        rows=[
            (
                _class_cell(line),
                Cell(line.facts.group, sort=line.facts.age_from),
                Cell(line.facts.pupils, "" if line.facts.pupils is not None else "anonymous"),
                Cell(line.set_count),
                Cell(line.taught_count),
                Cell(line.done_count),
                Cell(line.overdue_count, kind="care" if line.overdue_count else ""),
                Cell(line.finished),
                _teachers_cell(line),
            )
            for line in lines
        ],
        filename=f"classes-{school.slug}",
    )


def _class_cell(line: ClassLine) -> Cell:
    note = f"of a past year, {line.facts.ages}" if line.facts.is_archived else line.facts.ages
    url = reverse("dashboards:class-detail", kwargs={"pk": line.facts.pk})
    return Cell(line.facts.name, url=url, note=note)


def _teachers_cell(line: ClassLine) -> Cell:
    if line.teachers:
        return Cell(", ".join(line.teachers))
    return Cell(None) if line.facts.is_archived else Cell("Nobody yet", kind="care")


def plan_table(lines: list[PlanLine], school: School) -> Table:
    return Table(
        name="plan",
        caption="Delivered against planned",
        columns=(
            Column("part", "Part of the year"),
            Column("planned", "Planned", is_number=True),
            Column("met", "Taught or done", is_number=True),
            Column("overdue", "Overdue, not taught or done", is_number=True),
            Column("dropped", "Closed without being taught", is_number=True),
            Column("to-come", "Still to come", is_number=True),
        ),
        rows=[
            (
                Cell(line.name, sort=n),
                Cell(line.planned),
                Cell(line.met),
                Cell(line.overdue, kind="care" if line.overdue else ""),
                Cell(line.dropped),
                Cell(line.to_come),
            )
            for n, line in enumerate(lines)
        ],
        filename=f"plan-{school.slug}",
    )


def old_table(lines: list[OldContent], school: School) -> Table:
    return Table(
        name="old",
        caption="Classes that hold an older or withdrawn version",
        columns=(
            Column("class", "Class"),
            Column("lesson", "Lesson"),
            Column("version", "Version in use", is_number=True),
            Column("what", "What to know"),
            Column("due", "Due"),
        ),
        rows=[
            (
                Cell(line.row.class_name),
                Cell(line.row.title, url=reverse("dashboards:assignment-results", kwargs={"pk": line.row.pk})),
                Cell(line.row.version_number),
                Cell(line.words, kind="stop" if line.row.is_withdrawn else "care"),
                Cell(line.row.due_on, date_format(line.row.due_on, "j M Y")),
            )
            for line in lines
        ],
        filename=f"older-versions-{school.slug}",
    )
