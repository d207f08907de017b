from django.urls import path

from .views import clear, feeds, guide, home_card, leaving, school, statements, subscribe, ways_in

app_name = "guidance"
urlpatterns = [
    path("guidance/", ways_in.index, name="index"),
    path("guidance/for-staff/", ways_in.for_staff, name="for-staff"),
    path("guidance/leaving/", leaving.leaving, name="leaving"),
    path("guidance/feed/", feeds.guidance_feed, name="feed"),
    path("guidance/topics/<slug:slug>/", ways_in.topic_detail, name="topic-detail"),
    path("guidance/topics/<slug:slug>/feed/", feeds.guidance_feed, name="topic-feed"),
    path("guidance/subscribe/", subscribe.subscribe, name="subscribe"),
    path("guidance/subscribe/asked/", subscribe.subscribed, name="subscribed"),
    path("guidance/subscribe/<slug:key>/", subscribe.confirm, name="confirm"),
    path("guidance/leave/<slug:key>/", subscribe.leave, name="leave"),
    path("guidance/left/", subscribe.left, name="left"),
    path("guidance/<slug:slug>/", guide.guide_detail, name="guide-detail"),
    path("guidance/<slug:slug>/clear/", clear.guide_clear, name="guide-clear"),
    path("guidance/<slug:slug>/thanks/", clear.guide_thanks, name="guide-thanks"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("cookies/", statements.cookies, name="cookies"),
    path("privacy/", statements.privacy, name="privacy"),
    path("privacy/parents/", statements.privacy_parents, name="privacy-parents"),
    path("privacy/staff/", statements.privacy_staff, name="privacy-staff"),
    path("privacy/pupils/", statements.privacy_pupils, name="privacy-pupils"),
    path("privacy/pupils/<slug:slug>/", statements.privacy_band, name="privacy-band"),
    # schools that have a page for parents
    path("s/", school.school_find, name="school-find"),
    path("s/<slug:slug>/", school.school_page, name="school-page"),
    path("s/<slug:slug>/poster/", school.school_poster, name="school-poster"),
    path("s/<slug:slug>/letter/", school.school_letter, name="school-letter"),
    path("home/<slug:slug>/", home_card.home_card, name="home-card"),
]
