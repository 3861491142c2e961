"""A test suite that has a portal of its own: sign-in, refresh past expiry, a denied consent, a fault.

Tried with `eprospera sandbox exec --auto-approve -- python3 -m pytest`.
"""

import os

import pytest
import requests
from authlib.integrations.base_client import OAuthError
from session import ISSUER, TIMEOUT, discover, sign_in

PORTAL = discover()
HOUR = 3600


def control(path, **body):
    """Steers the sandbox: its clock and its faults."""
    token = {"authorization": f"Bearer {os.environ['SANDBOX_CONTROL_TOKEN']}"}
    answer = requests.post(f"{ISSUER}/sandbox/{path}", json=body, headers=token, timeout=TIMEOUT)
    answer.raise_for_status()


@pytest.fixture(autouse=True)
def fresh():
    """Everything as it was at the start: no session, no fault, the clock right."""
    control("reset")


def userinfo(token):
    bearer = {"authorization": f"Bearer {token['access_token']}"}
    return requests.get(PORTAL["userinfo_endpoint"], headers=bearer, timeout=TIMEOUT)


def test_a_person_signs_in():
    client, _, person = sign_in(PORTAL)
    assert client.get(PORTAL["userinfo_endpoint"]).json()["sub"] == person["sub"]


def test_an_access_token_ends_after_an_hour_and_a_refresh_brings_another():
    client, token, _ = sign_in(PORTAL)
    control("clock", advance_seconds=HOUR + 1)
    assert userinfo(token).status_code == 401
    assert userinfo(client.refresh_token(PORTAL["token_endpoint"])).ok


def test_a_person_who_denies_consent_comes_back_with_access_denied():
    control("faults", rule="authorize:error=access_denied*1")
    with pytest.raises(OAuthError, match="access_denied"):
        sign_in(PORTAL)


def test_a_portal_that_fails_once_costs_no_session():
    client, _, _ = sign_in(PORTAL)
    control("faults", rule="token:503*1")
    with pytest.raises(requests.HTTPError):
        client.refresh_token(PORTAL["token_endpoint"])
    assert userinfo(client.refresh_token(PORTAL["token_endpoint"])).ok
