# A store helper that keeps files in $folder. It is honest unless $folder/fault says otherwise, as
# `FAULT:OPERATION`. It cuts JSON up by hand, which does because the program writes compact lines,
# and hands a record back as it came, escapes and all.
fault=$(cat "$folder/fault" 2>/dev/null); at=${fault#*:}; fault=${fault%%:*}
echo "$$" >>"$folder/started"
env >>"$folder/environment"
echo "$0 $*" >>"$folder/arguments"
locked=
trap '[ -z "$locked" ] || rmdir "$locked"' EXIT
# A program that was killed reads no answer: the lock goes all the same.
trap '' PIPE
number() { rest=${line#*\"$1\":}; printf '%s' "${rest%%[!0-9]*}"; }
text() { rest=${line#*\"$1\":\"}; printf '%s' "${rest%%\"*}"; }
# One file for both, replaced at once: who reads it without a lock reads the old or the new one.
load() { stored=$(cat "$file.record" 2>/dev/null) && generation=${stored%%[!0-9]*} && record=${stored#*:}; }
store() { printf '%s:%s\n' "$1" "$2" >"$file.$$" && mv "$file.$$" "$file.record"; }
say() { printf '%s\n' "$1"; }
yes() { say "{\"id\":$id,\"ok\":true,\"account\":\"$account\"$1}"; }
no() { say "{\"id\":$id,\"ok\":false,\"account\":\"$account\",\"error\":\"$1\",\"message\":\"$2\"}"; }

while IFS= read -r line; do
  id=$(number id)
  op=$(text op)
  account=$(text account)
  file=$folder/$(printf '%s' "$account" | tr -c 'A-Za-z0-9\n' -)
  echo "$op" >>"$folder/asked"
  if [ -n "$fault" ] && [ "$op" = "$at" ]; then
    case $fault in
      hang) sleep 600 ;;
      crash) exit 7 ;;
      # The intent is written first, then the tokens.
      crash-second) if [ -e "$folder/first" ]; then exit 7; fi; : >"$folder/first" ;;
      mute) exec 1>&-; sleep 600 ;;
      crash-second-once) if [ -e "$folder/first" ]; then rm "$folder/fault"; exit 7; fi; : >"$folder/first" ;;
      nonsense) say 'certainly, here it is'; continue ;;
      array) say '[1,2,3]'; continue ;;
      half) printf '{"id":%s,"ok":tr' "$id"; exit 0 ;;
      huge) head -c 5000000 /dev/zero | tr '\0' x; say ''; continue ;;
      no-id) say "{\"ok\":true,\"account\":\"$account\"}"; continue ;;
      wrong-id) id=$((id + 1)); yes ''; continue ;;
      no-ok) say "{\"id\":$id,\"account\":\"$account\"}"; continue ;;
      no-account) say "{\"id\":$id,\"ok\":true,\"record\":null}"; continue ;;
      other-account) account=somebody@else; yes ',"record":null'; continue ;;
      no-record) yes ''; continue ;;
      no-generation) load; yes ",\"record\":$record"; continue ;;
      other-generation) load || record=null; yes ",\"generation\":99,\"record\":$record"; continue ;;
      cut) load; yes ",\"generation\":$generation,\"record\":${record%??????????}\""; continue ;;
      newer) say "{\"id\":$id,\"ok\":true,\"protocol\":2}"; continue ;;
      older) say "{\"id\":$id,\"ok\":true,\"protocol\":0}"; continue ;;
      chatter) printf 'a canary: %s \033[2J\n' "$line" >&2; i=0; while [ $i -lt 3000 ]; do echo "noise noise noise noise noise noise $i"; i=$((i + 1)); done >&2 ;;
      refuse) no failed 'not today'; continue ;;
      denied) no denied 'by policy'; continue ;;
      full) no full 'no room'; continue ;;
      busy) no busy 'somebody else'; continue ;;
    esac
  fi
  case $op in
    hello) say "{\"id\":$id,\"ok\":true,\"protocol\":1}" ;;
    get)
      if load; then
        yes ",\"generation\":$generation,\"record\":$record"
      else
        yes ',"record":null'
      fi ;;
    put)
      [ -n "$locked" ] || { no not_locked 'no lock'; continue; }
      record=${line#*,\"record\":}
      store "$(number generation)" "${record%\}}"
      yes ",\"generation\":$(number generation)" ;;
    delete)
      [ -n "$locked" ] || { no not_locked 'no lock'; continue; }
      if [ -e "$file.record" ]; then rm "$file.record"; yes ',"deleted":true'; else yes ',"deleted":false'; fi ;;
    lock)
      tries=$(($(number wait_ms) / 20))
      until mkdir "$file.lock" 2>/dev/null; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || { no busy 'somebody else'; continue 2; }
        sleep 0.02
      done
      locked=$file.lock
      yes '' ;;
    unlock) rmdir "$locked"; locked=; yes '' ;;
  esac
done
