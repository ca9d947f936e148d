from django.urls import path

from careers.saved.views import buttons, groups, roles

urlpatterns = [
    path("roles/<slug:slug>/save/", buttons.role_save, name="role-save"),
    path("roles/<slug:slug>/unsave/", buttons.role_unsave, name="role-unsave"),
    path("me/saved/", roles.saved_list, name="saved-list"),
    path("me/saved/compare/", roles.saved_compare, name="saved-compare"),
    path("me/saved/<slug:slug>/edit/", roles.saved_edit, name="saved-edit"),
    path("me/saved/<slug:slug>/remove/", roles.saved_remove, name="saved-remove"),
    path("me/saved/<slug:slug>/restore/", roles.saved_restore, name="saved-restore"),
    path("me/saved/<slug:slug>/seen/", roles.saved_accept_guide_change, name="saved-accept-guide-change"),
    path("me/groups/add/", groups.group_add, name="group-add"),
    path("me/groups/<int:pk>/rename/", groups.group_rename, name="group-rename"),
    path("me/groups/<int:pk>/delete/", groups.group_delete, name="group-delete"),
]
