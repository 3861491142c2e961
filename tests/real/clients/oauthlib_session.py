"""A client by PyPI's requests-oauthlib. With an argument, `client_id` is sent in the body beside Basic, as
mozilla-django-oidc does it."""

import json
import os
import secrets
import sys

import requests
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

# oauthlib asks for TLS; this is loopback.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
ISSUER = os.environ["EPROSPERA_ISSUER"]
BOTH = len(sys.argv) > 1
SCOPE = ["openid", "email", "profile", "offline_access"]

portal = requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=10).json()
application = OAuth2Session(
    os.environ["EPROSPERA_CLIENT_ID"],
    redirect_uri=os.environ["EPROSPERA_REDIRECT_URI"].split()[0],
    scope=SCOPE,
    pkce="S256",
)
basic = HTTPBasicAuth(os.environ["EPROSPERA_CLIENT_ID"], os.environ["EPROSPERA_CLIENT_SECRET"])
url, _ = application.authorization_url(
    portal["authorization_endpoint"], nonce=secrets.token_urlsafe()
)
answer = requests.get(url, allow_redirects=False, timeout=10)
tokens = application.fetch_token(
    portal["token_endpoint"],
    authorization_response=answer.headers["location"],
    auth=basic,
    include_client_id=BOTH,
)
user = application.get(portal["userinfo_endpoint"]).json()
more = {"client_id": os.environ["EPROSPERA_CLIENT_ID"]} if BOTH else {}
refreshed = application.refresh_token(portal["token_endpoint"], auth=basic, **more)
rotated = refreshed["refresh_token"] != tokens["refresh_token"]
print(json.dumps({"email": user["email"], "rotated": rotated}))
