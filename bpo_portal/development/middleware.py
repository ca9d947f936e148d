def whole_and_fresh(get_response):
    """No answer is compressed or “not modified”: into neither can the toolbar be put."""

    def answer(request):
        for name in ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH"):
            request.META.pop(name, None)
        return get_response(request)

    return answer
