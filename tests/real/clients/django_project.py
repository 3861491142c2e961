"""A Django project that signs people in with PyPI's mozilla-django-oidc: its views, its middleware and its backend, over a
database in memory. With the argument `basic`, the library sends `client_id` in the body beside Basic.

The library keeps no refresh token: where its session has expired, it asks the portal again, silently."""

import json
import os
import sys
from urllib.parse import urlsplit

import django
import requests
from django.conf import settings
from django.core.management import call_command
from django.http import JsonResponse
from django.test import Client
from django.urls import path

ISSUER = os.environ["EPROSPERA_ISSUER"]
REDIRECT = urlsplit(os.environ["EPROSPERA_REDIRECT_URI"].split()[0])
portal = requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=10).json()

settings.configure(
    ALLOWED_HOSTS=[REDIRECT.hostname],
    AUTHENTICATION_BACKENDS=["mozilla_django_oidc.auth.OIDCAuthenticationBackend"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "mozilla_django_oidc",
    ],
    LOGIN_REDIRECT_URL="/me",
    LOGIN_REDIRECT_URL_FAILURE="/failed",
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "mozilla_django_oidc.middleware.SessionRefresh",
    ],
    OIDC_OP_AUTHORIZATION_ENDPOINT=portal["authorization_endpoint"],
    OIDC_OP_JWKS_ENDPOINT=portal["jwks_uri"],
    OIDC_OP_TOKEN_ENDPOINT=portal["token_endpoint"],
    OIDC_OP_USER_ENDPOINT=portal["userinfo_endpoint"],
    OIDC_RP_CLIENT_ID=os.environ["EPROSPERA_CLIENT_ID"],
    OIDC_RP_CLIENT_SECRET=os.environ["EPROSPERA_CLIENT_SECRET"],
    OIDC_RP_SIGN_ALGO="RS256",
    OIDC_TOKEN_USE_BASIC_AUTH="basic" in sys.argv,
    OIDC_USE_PKCE=True,
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.urandom(32).hex(),
)
django.setup()

# It needs the settings.
from mozilla_django_oidc.views import (  # noqa: E402
    OIDCAuthenticationCallbackView,
    OIDCAuthenticationRequestView,
)


def me(request):
    return JsonResponse({"email": request.user.email})


urlpatterns = [
    path("sign-in", OIDCAuthenticationRequestView.as_view(), name="oidc_authentication_init"),
    path(
        REDIRECT.path.lstrip("/"),
        OIDCAuthenticationCallbackView.as_view(),
        name="oidc_authentication_callback",
    ),
    path("sign-out", me, name="oidc_logout"),
    path("me", me),
]

call_command("migrate", verbosity=0)
browser = Client(headers={"host": REDIRECT.netloc})


def through_the_portal(answer):
    """What the browser gets that follows a redirect to the portal and back."""
    assert answer.status_code == 302, answer
    back = requests.get(answer["location"], allow_redirects=False, timeout=10)
    answer = browser.get(urlsplit(back.headers["location"])._replace(scheme="", netloc="").geturl())
    assert answer.status_code == 302, answer
    return answer["location"]


assert through_the_portal(browser.get("/sign-in")) == "/me"
email = browser.get("/me").json()["email"]
session = browser.session
session["oidc_id_token_expiration"] = 0
session.save()
back_at = through_the_portal(browser.get("/me"))
assert browser.get("/me").json()["email"] == email
print(json.dumps({"email": email, "renewed": back_at == "/me"}))
