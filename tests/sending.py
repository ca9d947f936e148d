"""Forms of public pages, sent as a browser sends them that keeps cookies."""


def send(client, address, fields=None, *, headers):
    """The very first form of a visitor is sent twice, the second time with the cookie
    (`careers.people.views.same_origin`).
    """
    response = client.post(address, fields, headers=headers)
    return client.post(response["Location"], fields, headers=headers) if response.status_code == 307 else response
