"""A session kept with requests-oauthlib, the third way of its guide to refresh: OAuth2Session refreshes by
itself when it is used, and hands the new token to `token_updater`, which writes a file.

    python3 client.py sign-in   signs in
    python3 client.py           asks userinfo, and prints the access token that it used
"""

import json
import os
import secrets
import sys

import requests
from requests_oauthlib import OAuth2Session

FILE = os.path.join(os.environ.get("TORTURE_DIR", "."), "session.json")
ISSUER = os.environ["EPROSPERA_ISSUER"]
CLIENT_ID = os.environ["EPROSPERA_CLIENT_ID"]
CLIENT_SECRET = os.environ["EPROSPERA_CLIENT_SECRET"]
# oauthlib asks for TLS; this is loopback.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"


def token_saver(token):
    with open(FILE, "w") as file:
        json.dump(token, file)


def sign_in(portal):
    client = OAuth2Session(
        CLIENT_ID,
        redirect_uri=os.environ["EPROSPERA_REDIRECT_URI"].split()[0],
        scope=["openid", "email", "profile", "offline_access"],
        pkce="S256",
    )
    url, _ = client.authorization_url(
        portal["authorization_endpoint"], nonce=secrets.token_urlsafe()
    )
    # The sandbox approves by itself and sends the browser straight back.
    callback = requests.get(url, allow_redirects=False).headers["location"]
    token_saver(
        client.fetch_token(
            portal["token_endpoint"],
            authorization_response=callback,
            client_secret=CLIENT_SECRET,
        )
    )


def use(portal):
    with open(FILE) as file:
        token = json.load(file)
    client = OAuth2Session(
        CLIENT_ID,
        token=token,
        auto_refresh_url=portal["token_endpoint"],
        auto_refresh_kwargs={"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET},
        token_updater=token_saver,
    )
    client.get(portal["userinfo_endpoint"]).raise_for_status()
    print(client.token["access_token"])


portal = requests.get(f"{ISSUER}/.well-known/openid-configuration").json()
if sys.argv[1:] == ["sign-in"]:
    sign_in(portal)
else:
    use(portal)
