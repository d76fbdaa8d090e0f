"""Judges our client assertions by another's JOSE (Python's joserfc): are they signed with a key of the set, and what do
they claim?

Standard input is one JSON object: `asked`, a list of objects with an `assertion` (JWS compact) and a `set` (JWK Set), and
`expected`, the `client` and the `audience`. Standard output is one JSON object with the `findings` on each. Nothing is
decided here: the test does that.
"""

import json
import sys

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

# SMART's two; a header that names another is refused.
ALGORITHMS = ["RS384", "ES384"]


def claims_hold(claims, expected):
    """Whether the claims are those of a client assertion (RFC 7523), now, with no allowance for a clock that differs."""
    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": expected["client"]},
        sub={"essential": True, "value": expected["client"]},
        aud={"essential": True, "value": expected["audience"]},
        exp={"essential": True},
        jti={"essential": True},
        leeway=0,
    )
    try:
        registry.validate(claims)
    except JoseError:
        return False
    return True


def finding(asked, expected):
    try:
        # The key is the one that the header's kid names; its type has to fit the header's algorithm.
        token = jwt.decode(asked["assertion"], KeySet.import_key_set(asked["set"]), algorithms=ALGORITHMS)
    except JoseError as error:
        return {"verified": False, "why": type(error).__name__}
    return {
        "verified": True,
        "header": token.header,
        "claims": token.claims,
        "claims_hold": claims_hold(token.claims, expected),
    }


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump({"findings": [finding(asked, given["expected"]) for asked in given["asked"]]}, sys.stdout)
