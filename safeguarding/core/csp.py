"""What a browser may load: the policy of the whole site and its exceptions."""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin

SITE_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# CKEditor writes style attributes and inline event handlers into its own toolbar. Inline script elements stay
# refused, and so does every other host.
EDITOR_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "script-src-attr": [UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}

editor_csp = csp(EDITOR_POLICY)

# The page that sets up a second factor shows its QR code as a data: URL.
totp_csp = csp_update({"img-src": ["data:"]})

# The desk's preview is a page with a frame of our own in it.
framing_csp = csp_update({"frame-src": [SELF]})

# The page in that frame runs nothing and sends nothing, in the frame and out of it. Its own pictures and icons are
# still of the same origin, which without scripts gives nobody a way out.
FRAMED_POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-same-origin"],
}

_framed_csp = csp(FRAMED_POLICY)


def framed_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a page that our own pages may show in a frame, and nobody else."""
    framed: Callable[..., HttpResponseBase] = xframe_options_sameorigin(_framed_csp(view))
    return framed
