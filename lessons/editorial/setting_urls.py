"""The settings of the desk, below /desk/settings/. `<setting:setting>` is one of their kinds."""

from django.urls import path, register_converter

from .setting_kinds import SettingKind
from .views import people, settings


class SettingConverter:
    regex = "|".join(SettingKind)

    def to_python(self, value: str) -> SettingKind:
        return SettingKind(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(SettingConverter, "setting")

setting_pages = [
    path("", settings.index, name="settings"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_add, name="person-add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/invite/", people.person_invite, name="person-invite"),
    path("<setting:setting>/", settings.setting_list, name="setting-list"),
    path("<setting:setting>/new/", settings.setting_add, name="setting-add"),
    path("<setting:setting>/<int:pk>/", settings.setting_edit, name="setting-edit"),
    path("<setting:setting>/<int:pk>/remove/", settings.setting_remove, name="setting-remove"),
    path("services/<int:pk>/verify/", settings.service_verify, name="service-verify"),
]
