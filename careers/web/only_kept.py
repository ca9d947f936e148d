"""How the server asks for a page that is kept, before it gives the request to those who make pages. Needs no models."""

ONLY_KEPT = "portal.only_kept"  # in a request's `META`: it is answered with what is kept, or with `NOT_KEPT`
NOT_KEPT = 204  # a status that no page of ours has
