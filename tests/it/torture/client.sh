#!/bin/sh
# A careful client, and its usual mistakes: each word behind the command is one.
#
#   sh client.sh sign-in [MISTAKE]…
#   sh client.sh token [MISTAKE]…
set -u
command=$1
shift
mistakes=" $* "
answer=
session=$TORTURE_DIR/session

makes() {
  case $mistakes in *" $1 "*) return 0 ;; esac
  return 1
}

field() {
  printf %s "$1" | sed -n "s/.*\"$2\":\"\{0,1\}\([^\",}]*\).*/\1/p"
}

store() {
  if makes truncates; then
    printf '%s\n' "$access" "$refresh" "$expires" "$scope" "$kid" >"$session"
    return
  fi
  printf '%s\n' "$access" "$refresh" "$expires" "$scope" "$kid" >"$session.new" && mv "$session.new" "$session"
}

load() {
  { read -r access && read -r refresh && read -r expires && read -r scope && read -r kid; } <"$session"
}

give_up() {
  printf 'not signed in: %s\n' "$1" >&2
  ! makes echoes || printf 'error: %s\n' "${answer%%
*}" >&2
  ! makes deletes || rm -f "$session"
  if makes claims; then
    printf '%s\n' "$access"
    exit 0
  fi
  exit 3
}

lock() {
  if makes stale-lock; then
    until mkdir "$TORTURE_DIR/lock.d" 2>/dev/null; do sleep 0.1; done
    trap 'rmdir "$TORTURE_DIR/lock.d"' EXIT
  elif ! makes no-lock; then
    exec 9>>"$TORTURE_DIR/lock" || exit 13
    flock 9
  fi
}

kid_of() {
  printf %s "$1" | cut -d. -f1
}

sign_in() {
  uri=${EPROSPERA_REDIRECT_URI%% *}
  # The example of RFC 7636, appendix B.
  callback=$(curl -sS -o /dev/null -w '%{redirect_url}' -G "$EPROSPERA_ISSUER/api/oauth/authorize" \
    -d "client_id=$EPROSPERA_CLIENT_ID" -d response_type=code -d nonce=a-nonce-of-a-test -d state=a-state-of-a-test \
    --data-urlencode "redirect_uri=$uri" --data-urlencode 'scope=openid email offline_access' \
    -d code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM -d code_challenge_method=S256)
  code=$(printf %s "$callback" | sed 's/.*[?&]code=\([^&]*\).*/\1/')
  lock
  answer=$(curl -sSf -u "$EPROSPERA_CLIENT_ID:$EPROSPERA_CLIENT_SECRET" "$EPROSPERA_ISSUER/api/oauth/token" \
    -d grant_type=authorization_code -d "code=$code" --data-urlencode "redirect_uri=$uri" \
    -d code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk) || exit 1
  access=$(field "$answer" access_token)
  refresh=$(field "$answer" refresh_token)
  expires=$(($(date +%s) + $(field "$answer" expires_in)))
  scope=$(field "$answer" scope)
  kid=$(kid_of "$access")
  store
}

# Sets `answer` to the body, and `status` to the status, which is 000 without an answer.
send() {
  limit="-m 15"
  ! makes waits-for-ever || limit=
  # shellcheck disable=SC2086
  answer=$(curl -sS -D "$headers" $limit -w '\n%{http_code}' -u "$EPROSPERA_CLIENT_ID:$EPROSPERA_CLIENT_SECRET" \
    "$EPROSPERA_ISSUER/api/oauth/token" -d grant_type=refresh_token -d "refresh_token=$refresh")
  complete=$?
  status=${answer##*
}
  [ "$complete" = 0 ] || status=000
}

refresh() {
  headers=/dev/null
  # What cannot be stored is not asked for.
  makes truncates || makes stores-blindly || printf '%s\n' "$access" "$refresh" "$expires" "$scope" "$kid" >"$session.new" || exit 13
  curl -sSf -o /dev/null -m 15 "$EPROSPERA_ISSUER/.well-known/openid-configuration" || give_up "no discovery document"
  # Signals wait until the answer is stored.
  makes dies || trap '' TERM INT
  send
  if makes loops; then
    for _ in 1 2 3 4 5 6 7 8 9 10; do [ "$status" = 200 ] || send; done
  elif makes retries-at-once && [ "$status" = 429 ]; then
    send
  fi
  [ "$status" = 200 ] || give_up "the provider answered $status"
  new=$(field "$answer" access_token)
  [ -n "$new" ] || give_up "no access token in the answer"
  lifetime=$(field "$answer" expires_in)
  ! makes needs-another-lifetime || [ "$lifetime" != 3600 ] || give_up "an hour"
  if makes needs-a-number; then
    case $answer in *'"expires_in":'[0-9]*) ;; *) give_up "no number in expires_in" ;; esac
  fi
  if makes insists && [ "$(field "$answer" scope)" != "$scope" ]; then
    rm -f "$session"
    give_up "fewer scopes"
  fi
  if makes keeps-the-key && [ "$(kid_of "$new")" != "$kid" ]; then
    give_up "another key"
  fi
  if makes wants-rotation && [ "$(field "$answer" refresh_token)" = "$refresh" ]; then
    give_up "the same refresh token"
  fi
  if makes trusts-the-clock; then
    issued=$(printf %s "$new" | cut -d. -f2 | tr '_-' '/+' | sed 's/$/==/' | base64 -d 2>/dev/null | sed -n 's/.*"iat":\([0-9]*\).*/\1/p')
    apart=$((issued - $(date +%s)))
    [ "${apart#-}" -lt 600 ] || give_up "a wrong clock"
  fi
  access=$new
  fresh=$(field "$answer" refresh_token)
  if ! makes forgets; then
    if [ -n "$fresh" ] || makes drops; then refresh=$fresh; fi
  fi
  expires=$(($(date +%s) + ${lifetime:-60}))
  makes forgets-all || store || exit 13
}

give() {
  if ! makes asks; then
    printf '%s\n' "$access"
    return
  fi
  curl -sSf -o /dev/null -m 15 -H "Authorization: Bearer $access" "$EPROSPERA_ISSUER/api/oauth/userinfo" || exit 1
  : >"$TORTURE_DIR/asked"
}

if [ "$command" = sign-in ]; then
  sign_in
  exit
fi

access=
if makes one-asks && [ ! -e "$TORTURE_DIR/asked" ] && ! mkdir "$TORTURE_DIR/first.d" 2>/dev/null; then
  until [ -e "$TORTURE_DIR/asked" ]; do sleep 0.1; done
  exit 0
fi
if makes signs-in-anew; then
  sign_in
  give
  exit
fi
if ! makes no-lock || makes stale-lock; then lock; fi
load 2>/dev/null || give_up "no session"
if [ "$(date +%s)" -ge "$expires" ] && ! makes never-refreshes; then
  refresh
fi
give
