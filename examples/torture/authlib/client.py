"""A session kept with Authlib, as its guide shows it: OAuth2Session refreshes by itself when it is used, and
hands the new token to `update_token`, which writes a file.

    python3 client.py sign-in   signs in
    python3 client.py           asks userinfo, and prints the access token that it used
"""

import json
import os
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

FILE = os.path.join(os.environ.get("TORTURE_DIR", "."), "session.json")
ISSUER = os.environ["EPROSPERA_ISSUER"]


def update_token(token, refresh_token=None, access_token=None):
    with open(FILE, "w") as file:
        json.dump(token, file)


def session(portal, token=None, **more):
    return OAuth2Session(
        os.environ["EPROSPERA_CLIENT_ID"],
        os.environ["EPROSPERA_CLIENT_SECRET"],
        token=token,
        token_endpoint=portal["token_endpoint"],
        update_token=update_token,
        **more,
    )


def sign_in(portal):
    client = session(
        portal,
        scope="openid email profile offline_access",
        redirect_uri=os.environ["EPROSPERA_REDIRECT_URI"].split()[0],
        code_challenge_method="S256",
    )
    verifier = generate_token(48)
    url, state = client.create_authorization_url(
        portal["authorization_endpoint"], code_verifier=verifier, nonce=generate_token()
    )
    # The sandbox approves by itself and sends the browser straight back.
    callback = requests.get(url, allow_redirects=False).headers["location"]
    update_token(
        client.fetch_token(authorization_response=callback, state=state, code_verifier=verifier)
    )


def use(portal):
    with open(FILE) as file:
        client = session(portal, token=json.load(file))
    client.get(portal["userinfo_endpoint"]).raise_for_status()
    print(client.token["access_token"])


portal = requests.get(f"{ISSUER}/.well-known/openid-configuration").json()
if sys.argv[1:] == ["sign-in"]:
    sign_in(portal)
else:
    use(portal)
