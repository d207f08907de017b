"""What a browser may load: the policy of the whole site and its two exceptions."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update

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
