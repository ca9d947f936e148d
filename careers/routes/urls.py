from django.urls import path

from careers.routes.map import views as map_views
from careers.routes.views import goals, planner

urlpatterns = [
    path("paths/", map_views.route_map, name="route-map"),
    path("paths/plan/", planner.route_find, name="route-find"),
    path("me/goal/", goals.goal_read, name="goal-read"),
    path("me/goal/adopt/", goals.goal_adopt, name="goal-adopt"),
    path("me/goal/steps/<int:pk>/tick/", goals.goal_step_tick, name="goal-step-tick"),
    path("me/goal/steps/<int:pk>/confirm/", goals.goal_step_confirm, name="goal-step-confirm"),
    path("me/goal/take-over/", goals.goal_accept_guide_change, name="goal-accept-guide-change"),
    path("me/goal/keep/", goals.goal_dismiss_guide_change, name="goal-dismiss-guide-change"),
    path("me/goal/drop/", goals.goal_drop, name="goal-drop"),
]
