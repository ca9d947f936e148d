from django.urls import path

from careers.routes.map import views as map_views
from careers.routes.views import goals, planner

urlpatterns = [
    path("paths/", map_views.path_map, name="path-map"),
    path("paths/plan/", planner.path_plan, name="path-plan"),
    path("me/goal/", goals.goal_read, name="goal-read"),
    path("me/goal/adopt/", goals.goal_adopt, name="goal-adopt"),
    path("me/goal/steps/<int:pk>/tick/", goals.goal_step_tick, name="goal-step-tick"),
    path("me/goal/steps/<int:pk>/confirm/", goals.goal_step_confirm, name="goal-step-confirm"),
    path("me/goal/take-over/", goals.goal_take_over, name="goal-take-over"),
    path("me/goal/keep/", goals.goal_keep, name="goal-keep"),
    path("me/goal/drop/", goals.goal_drop, name="goal-drop"),
]
