#!/usr/bin/env bash
# A session of a web application with e-Próspera through curl: discovery, authorization code with
# PKCE, ID token, userinfo, refresh with rotation, revocation. It needs curl, jq and openssl; the ID
# token is verified by eprospera itself.
#
# Tried with `eprospera sandbox exec --auto-approve -- bash session.sh`.
set -euo pipefail

redirect_uri=${EPROSPERA_REDIRECT_URI%% *}
portal=$(curl -sS --fail "$EPROSPERA_ISSUER/.well-known/openid-configuration")
[ "$(jq -r .issuer <<<"$portal")" = "$EPROSPERA_ISSUER" ]

endpoint() {
  jq -r --arg name "$1" '.[$name]' <<<"$portal"
}

random() {
  openssl rand -base64 48 | base64url
}

base64url() {
  tr '+/' '-_' | tr -d '=\n'
}

# Secrets go to curl by standard input: other users of the machine can read its arguments.
post() {
  local url=$1
  shift
  {
    # Both halves are encoded before they are joined (RFC 6749 section 2.3.1).
    jq -rn 'env | "user = \"\(.EPROSPERA_CLIENT_ID | @uri):\(.EPROSPERA_CLIENT_SECRET | @uri)\""'
    printf 'data-urlencode = "%s"\n' "$@"
  } | curl -sS --fail-with-body --config - "$url"
}

verifier=$(random) state=$(random) nonce=$(random)
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 -A | base64url)

# Stands in for the browser: the portal sends it straight back to the application.
callback=$(curl -sS --get "$(endpoint authorization_endpoint)" \
  --data-urlencode "client_id=$EPROSPERA_CLIENT_ID" \
  --data-urlencode "redirect_uri=$redirect_uri" \
  --data-urlencode "scope=openid email profile offline_access" \
  --data "response_type=code&state=$state&nonce=$nonce" \
  --data "code_challenge=$challenge&code_challenge_method=S256" \
  --output /dev/null --write-out '%{redirect_url}')

parameter() {
  sed -n "s/.*[?&]$1=\([^&#]*\).*/\1/p" <<<"$callback"
}

[ "${callback%%\?*}" = "$redirect_uri" ]
[ "$(parameter state)" = "$state" ]

tokens=$(post "$(endpoint token_endpoint)" grant_type=authorization_code "code=$(parameter code)" \
  "redirect_uri=$redirect_uri" "code_verifier=$verifier")
token() {
  jq -er --arg name "$1" '.[$name]' <<<"$tokens"
}

verdict=$(token id_token | eprospera decode-id-token - --json --nonce "$nonce" --audience "$EPROSPERA_CLIENT_ID")
sub=$(jq -r .claims.sub <<<"$verdict")
echo "signed in as $sub"

user=$(printf 'header = "Authorization: Bearer %s"\n' "$(token access_token)" \
  | curl -sS --fail-with-body --config - "$(endpoint userinfo_endpoint)")
[ "$(jq -r .sub <<<"$user")" = "$sub" ]
echo "the portal knows $(jq -r .name <<<"$user")"

# Every refresh brings a new refresh token; the old one is worth nothing from then on.
old=$(token refresh_token)
tokens=$(post "$(endpoint token_endpoint)" grant_type=refresh_token "refresh_token=$old")
[ "$(token refresh_token)" != "$old" ]
echo "refreshed, with a new refresh token"

for kind in refresh_token access_token; do
  post "$(endpoint revocation_endpoint)" "token=$(token "$kind")" "token_type_hint=$kind"
done
echo "signed out"
