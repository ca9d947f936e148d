from debug_toolbar.toolbar import debug_toolbar_urls

from bpo_portal.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler500", "urlpatterns"]

urlpatterns = [*debug_toolbar_urls(), *urlpatterns]
