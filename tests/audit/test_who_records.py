from tests.test_architecture import MAY_IMPORT, app_of, imports, modules


def test_only_the_desk_records_and_reads_the_audit_so_that_no_pupil_stands_in_it():
    users = {
        app
        for app in MAY_IMPORT
        for path, tree in modules(app)
        for module in imports(path, tree)
        if app_of(module) == "safeguarding.audit"
    }

    assert users == {"safeguarding.audit", "lessons.editorial"}
