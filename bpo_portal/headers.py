"""What every answer says, whoever makes it: a page, a file, a redirect, an error, the server itself."""

# Nothing of the device is ever asked for but passkeys and the clipboard, and by our own pages only.
CLOSED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
OWN = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
ON_EVERY_ANSWER = {
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in CLOSED), *(f"{name}=(self)" for name in OWN)]),
    "Cross-Origin-Resource-Policy": "same-origin",
}
