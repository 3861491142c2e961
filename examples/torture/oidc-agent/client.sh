#!/bin/sh
# A session kept by oidc-agent: the agent has it in memory, and its account in an encrypted file; programs
# ask the agent with `oidc-token`. The agent runs in the foreground of the set-up's process group, so that
# the end of a trial ends it, and does not sign in anew by itself.
#
#   sh client.sh sign-in   starts the agent, unless it runs, and signs in by the device grant
#   sh client.sh           prints an access token
set -eu
export OIDC_SOCK="$TORTURE_DIR/agent.sock" OIDC_CONFIG_DIR="$TORTURE_DIR" OIDC_ENCRYPTION_PW=torture

if [ "${1:-}" != sign-in ]; then
  exec oidc-token torture
fi

if ! oidc-add --loaded >/dev/null 2>&1; then
  rm -f "$OIDC_SOCK"
  oidc-agent --console --socket-path="$OIDC_SOCK" --pw-store --no-autoreauthenticate >"$TORTURE_DIR/agent.log" 2>&1 &
  until oidc-add --loaded >/dev/null 2>&1; do sleep 0.1; done
fi

if [ -e "$OIDC_CONFIG_DIR/torture" ]; then
  oidc-gen torture --reauthenticate --flow=device --pw-env --prompt=none --confirm-default
else
  oidc-gen torture --issuer="$EPROSPERA_ISSUER" --client-id="$EPROSPERA_CLIENT_ID" \
    --client-secret="$EPROSPERA_CLIENT_SECRET" --redirect-uri="${EPROSPERA_REDIRECT_URI%% *}" \
    --scope='openid email profile offline_access' --flow=device --pw-env --prompt=none --confirm-default
fi
