#!/bin/sh
# A session kept with curl and jq, as it is written in an hour: the tokens are in a file, and an expired
# access token is refreshed.
#
#   sh client.sh sign-in   signs in
#   sh client.sh           prints an access token
set -eu
file=${TORTURE_DIR:-.}/session.json

token_request() {
  tokens=$(curl -sSf -u "$EPROSPERA_CLIENT_ID:$EPROSPERA_CLIENT_SECRET" "$EPROSPERA_ISSUER/api/oauth/token" "$@")
  printf %s "$tokens" | jq '. + {expires_at: (now + .expires_in)}' >"$file"
}

if [ "${1:-}" = sign-in ]; then
  verifier=$(openssl rand -hex 32)
  challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d =)
  # The sandbox approves by itself and sends the browser straight back.
  callback=$(curl -sS -o /dev/null -w '%{redirect_url}' -G "$EPROSPERA_ISSUER/api/oauth/authorize" \
    -d "client_id=$EPROSPERA_CLIENT_ID" -d response_type=code -d "nonce=$verifier" -d state=none \
    --data-urlencode "redirect_uri=${EPROSPERA_REDIRECT_URI%% *}" \
    --data-urlencode 'scope=openid email profile offline_access' \
    -d "code_challenge=$challenge" -d code_challenge_method=S256)
  code=$(printf %s "$callback" | sed 's/.*[?&]code=\([^&]*\).*/\1/')
  token_request -d grant_type=authorization_code -d "code=$code" -d "code_verifier=$verifier" \
    --data-urlencode "redirect_uri=${EPROSPERA_REDIRECT_URI%% *}"
else
  if jq -e 'now >= .expires_at' "$file" >/dev/null; then
    token_request -d grant_type=refresh_token -d "refresh_token=$(jq -r .refresh_token "$file")"
  fi
  jq -r .access_token "$file"
fi
