import pytest
from django.core.checks import ERROR, run_checks

from safeguarding.core.checks import demo_is_off


@pytest.mark.parametrize(("demo", "errors"), [(True, ["core.E001"]), (False, [])])
def test_a_site_with_trial_accounts_fails_the_deployment_checks(settings, demo, errors):
    settings.DEMO = demo

    found = [check for check in run_checks(include_deployment_checks=True) if check.id == "core.E001"]

    assert [check.id for check in found] == errors
    assert all(check.level == ERROR for check in found)


def test_the_check_is_only_run_for_a_deployment(settings):
    settings.DEMO = True

    assert demo_is_off(None)
    assert not [check for check in run_checks() if check.id == "core.E001"]
