# SPDX-License-Identifier: EUPL-1.2
"""Versie: the mark by which a client says which version of an object it saw (ETag, If-Match)."""

import hashlib

_EXPANDED = b',"_expand":{'


def etag(body: bytes) -> str:
    """The same for the same object, whatever was expanded: `_expand` stands last, and is not of the object itself."""
    own = body.split(_EXPANDED, 1)[0].removesuffix(b"}")
    return f'"{hashlib.blake2b(own, digest_size=12).hexdigest()}"'
