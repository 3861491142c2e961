"""A session of a web application with e-Próspera through Authlib: discovery, authorization code with
PKCE, ID token, userinfo, refresh with rotation, revocation.

Tried with `eprospera sandbox exec --auto-approve -- python3 session.py`.
"""

import os
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

TIMEOUT = 10  # seconds
ISSUER = os.environ["EPROSPERA_ISSUER"]
CLIENT_ID = os.environ["EPROSPERA_CLIENT_ID"]
REDIRECT_URI = os.environ["EPROSPERA_REDIRECT_URI"].split()[0]


def main():
    portal = discover()
    client, token, person = sign_in(portal)
    print(f"signed in as {person['sub']}")

    user = client.get(portal["userinfo_endpoint"]).json()
    if user["sub"] != person["sub"]:
        raise SystemExit("userinfo speaks of somebody else")
    print(f"the portal knows {user['name']}")

    # Every refresh brings a new refresh token; the old one is worth nothing from then on.
    renewed = client.refresh_token(portal["token_endpoint"], token["refresh_token"])
    if renewed["refresh_token"] == token["refresh_token"]:
        raise SystemExit("the refresh token was not rotated")
    print("refreshed, with a new refresh token")

    for kind in ("refresh_token", "access_token"):
        client.revoke_token(portal["revocation_endpoint"], renewed[kind], kind)
    print("signed out")


def sign_in(portal):
    """A client that is signed in, its tokens, and the claims of the ID token."""
    client = OAuth2Session(
        CLIENT_ID,
        os.environ["EPROSPERA_CLIENT_SECRET"],
        scope="openid email profile offline_access",
        redirect_uri=REDIRECT_URI,
        code_challenge_method="S256",
        default_timeout=TIMEOUT,
    )
    verifier, nonce = generate_token(48), generate_token(43)
    url, state = client.create_authorization_url(
        portal["authorization_endpoint"], code_verifier=verifier, nonce=nonce
    )
    callback = browse(url)
    refused = dict(parse_qsl(urlsplit(callback).query)).get("error")
    if refused:
        raise OAuthError(refused)
    token = client.fetch_token(
        portal["token_endpoint"],
        authorization_response=callback,
        state=state,
        code_verifier=verifier,
    )
    return client, token, verified(portal, token, nonce)


def discover():
    portal = get(f"{ISSUER}/.well-known/openid-configuration")
    if portal["issuer"] != ISSUER:
        raise SystemExit(f"{ISSUER} says that it is {portal['issuer']}")
    return portal


def verified(portal, token, nonce):
    """The claims of the ID token: its signature, issuer, audience, times, nonce and at_hash fit."""
    keys = KeySet.import_key_set(get(portal["jwks_uri"]))
    algorithms = portal["id_token_signing_alg_values_supported"]
    decoded = jwt.decode(token["id_token"], keys, algorithms=algorithms)
    claims = CodeIDToken(
        decoded.claims,
        decoded.header,
        options={"iss": {"value": ISSUER}, "aud": {"value": CLIENT_ID}},
        params={"nonce": nonce, "client_id": CLIENT_ID, "access_token": token["access_token"]},
    )
    claims.validate()
    return claims


def get(url):
    answer = requests.get(url, timeout=TIMEOUT)
    answer.raise_for_status()
    return answer.json()


def browse(url):
    """Stands in for the browser: follows redirects until one leads back to the application."""
    answer = requests.get(url, allow_redirects=False, timeout=TIMEOUT)
    if "location" not in answer.headers:
        raise SystemExit(f"{answer.status_code}: {answer.text}")
    following = urljoin(url, answer.headers["location"])
    return following if following.startswith(REDIRECT_URI) else browse(following)


if __name__ == "__main__":
    main()
