# Sourced by `run`: one function for each format.

# What shells and folders that others share keep after someone has removed a program of their own.
shared='^visitor/(\.zshrc|\.zfunc|\.config|\.cache|\.config/fish(/completions|/fish_variables)?|\.local(/bin|/state|/share(/man(/man[17])?|/bash-completion(/completions)?)?)?)$'
fish='^visitor/(\.config(/fish.*)?|\.local(/share(/fish.*)?)?|\.cache(/fish.*)?)$'

file_of() { compgen -G "$folder/$1" | head -n 1 | grep . || fail "there is no $1"; }

try_sums() {
  (cd "$folder" && sh -euc "$(block verify)" >"$work/sums") || fail "$(cat "$work/sums")"
  [ "$(find "$folder" -type f ! -name SHA256SUMS | wc -l)" -eq "$(wc -l <"$folder/SHA256SUMS")" ] || fail "SHA256SUMS is not about all files"
  say "sums: SHA256SUMS is right, and about all files"
}

try_bare() {
  local bare="archive, where there is nothing but a shell"
  make_bare
  open_root bare-archive "$work/bare"
  at_hand
  as_visitor sh -euc "$(block archive-install)"
  signed_in "$bare" as_visitor eprospera
  ends_with 13 'keyring' as_visitor eprospera --profile sandbox login
  as_visitor sh -euc "$(block archive-remove)"
  as_visitor sh -euc "$(block folders-remove)"
  without_a_trace "$bare" "$shared"
}

try_archive() {
  make_debian
  open_root archive "$debian/root"
  at_hand
  as_visitor sh -euc "$(block archive-install)"
  signed_in archive as_visitor eprospera
  as_visitor bash -euc "$(block user-completions)"
  completes archive ". ~/.zshrc;"
  as_visitor sh -euc "$(block user-manual)"
  has_manual archive
  on_a_read_only_home archive
  as_visitor sh -euc "$(block archive-remove)"
  as_visitor sh -euc "$(block folders-remove)"
  as_visitor sh -euc "$(block user-remove)"
  without_a_trace archive "$shared|$fish"
}

on_a_read_only_home() {
  mount --bind "$root/visitor" "$root/visitor"
  mount -o remount,bind,ro "$root/visitor"
  ends_with 0 '' as_visitor eprospera sandbox exec --auto-approve -- eprospera login
  ends_with 3 'login_required' as_visitor eprospera --profile sandbox --store plain-file whoami
  umount "$root/visitor"
  say "$1: works in a home folder that is read-only"
}

try_deb() {
  local deb
  for deb in $(compgen -G "$folder/*.deb"); do
    lintian --allow-root --fail-on error "$deb" || fail "lintian is not content with $deb"
  done
  say "deb: lintian finds no errors"
  dpkg-deb --field "$(file_of "*_$architecture.deb")" Recommends | grep -q gnome-keyring
  make_debian
  open_root deb "$debian/root"
  at_hand
  as_root sh -euc "cd /visitor/packages; $(block deb-install)"
  signed_in deb as_visitor eprospera
  completes deb
  has_manual deb
  ends_with 13 'keyring' as_visitor eprospera --profile sandbox login
  as_root sh -euc "$(block deb-remove)"
  as_visitor sh -euc "$(block folders-remove)"
  if compgen -G "$folder/*_$other_architecture.deb" >/dev/null; then
    ends_with 1 'does not match system' as_root sh -c "dpkg --install /visitor/packages/*_$other_architecture.deb"
  fi
  without_a_trace deb "$fish|^visitor/.local/state$"
}

try_rpm() {
  local rpm name foreign=()
  # It is the rpm of this machine that installs.
  [ -z "$emulated" ] || foreign=(--ignorearch)
  for rpm in $(compgen -G "$folder/*.rpm"); do
    rpmlint --config "$here/rpmlint.toml" "$rpm" >"$work/rpmlint" 2>&1 || fail "rpmlint is not content:" "$(cat "$work/rpmlint")"
    grep -q ' 0 errors, 0 warnings' "$work/rpmlint" || fail "rpmlint warns:" "$(cat "$work/rpmlint")"
  done
  say "rpm: rpmlint finds no errors and warns of nothing"
  rpm=$(file_of "*.$processor.rpm")
  [ -z "$(rpm --query --package --scripts "$rpm")" ] || fail "the rpm runs scripts"
  make_debian
  open_root rpm "$debian/root"
  at_hand
  rpm --root "$root" --dbpath /var/lib/rpm --force-debian "${foreign[@]}" --install "$rpm"
  signed_in rpm as_visitor eprospera
  # Debian's zsh looks elsewhere than Fedora's.
  completes rpm 'fpath=(/usr/share/zsh/site-functions $fpath);'
  has_manual rpm
  name=$(rpm --query --package "$rpm")
  rpm --root "$root" --dbpath /var/lib/rpm --force-debian --erase "$name"
  # A folder of Fedora's own.
  without_a_trace rpm "$fish|^usr/share/licenses$"
}

try_npm() {
  local address npm
  make_programs
  coproc REGISTRY { exec python3 "$here/registry.py" "$folder"; }
  background=$REGISTRY_PID
  read -r address <&"${REGISTRY[0]}"
  npm=(as_visitor env "npm_config_registry=$address" npm_config_update_notifier=false)

  open_root npx "$programs"
  at_hand
  signed_in npx "${npm[@]}" npx --yes eprospera
  "${npm[@]}" sh -euc "$(block npm-run)" >"$work/demo" 2>&1 || fail "npx: the demo fails:" "$(cat "$work/demo")"
  without_a_trace npx '^visitor/\.npm(/|$)'

  open_root npm "$programs"
  at_hand
  "${npm[@]}" sh -euc "$(block npm-install)" >/dev/null
  signed_in npm as_visitor eprospera
  passes_all_on npm
  as_visitor env MANPATH=/visitor/.local/share/man man --where eprospera-login >/dev/null || fail "npm: man does not find its pages"
  "${npm[@]}" sh -euc "$(block npm-remove)" >/dev/null
  without_a_trace npm '^visitor/(\.npm(/.*)?|\.local(/bin|/lib(/node_modules)?|/share(/man(/man[17])?)?)?)$'

  open_root npm-omitted "$programs"
  "${npm[@]}" npm install --silent --omit=optional eprospera
  ends_with 1 "^eprospera: the package .*-linux-$node with the binary for linux-$node is not installed" as_visitor node_modules/.bin/eprospera --version
  as_visitor sh -c 'echo "Object.defineProperty(process, \"arch\", { value: \"riscv64\" })" >other.js'
  ends_with 1 '^eprospera: npm has no binary for linux-riscv64, only for ' as_visitor env NODE_OPTIONS='--require ./other.js' node_modules/.bin/eprospera --version
  say "npm: says what is missing"
  kill "$background"
  background=
}

# The launcher stands between the caller and the program, and neither may see it.
passes_all_on() {
  local shown code signal
  shown=$(as_visitor sh -c 'printf word | eprospera --quiet sandbox exec -- cat')
  [ "$shown" = word ] || fail "$1: stdin does not arrive: $shown"
  shown=$(as_visitor eprospera --quiet sandbox exec -- printf '<%s>' 'a b' '' '*')
  [ "$shown" = '<a b><><*>' ] || fail "$1: arguments do not arrive: $shown"
  ends_with 7 '' as_visitor eprospera sandbox exec -- sh -c 'exit 7'
  # Away from the terminal of whoever runs this, of which the launcher expects Ctrl-C.
  for signal in TERM:143 INT:130; do
    code=$(as_visitor timeout 60 bash -c '
      setsid eprospera sandbox exec -- sleep 60 >said 2>&1 & pid=$!
      until grep -qs http:// said; do sleep 0.1; done
      kill -'"${signal%:*}"' $pid
      wait $pid; echo $?; rm said')
    [ "$code" = "${signal#*:}" ] || fail "$1: ends with $code after SIG${signal%:*}, not ${signal#*:}"
  done
  shown=$(as_visitor timeout 60 python3 -c "$(cat "$here/ctrl_c.py")")
  [ "$shown" = 1 ] || fail "$1: Ctrl-C arrives ${shown:-never}, not once"
  say "$1: arguments, stdin, exit codes and signals arrive"
}

try_wheel() {
  local wheel published
  make_tools
  "$tools/bin/twine" --no-color check --strict "$folder"/*.whl >"$work/twine" || fail "twine is not content:" "$(cat "$work/twine")"
  for wheel in $(compgen -G "$folder/*manylinux*.whl"); do
    "$tools/bin/auditwheel" show "$wheel" >"$work/auditwheel" 2>&1 &&
      grep -q 'requires no external shared libraries' "$work/auditwheel" || fail "auditwheel is not content with $wheel:" "$(cat "$work/auditwheel")"
  done
  say "wheel: twine and auditwheel are content"
  make_programs
  # As if it were published: no index but the folder.
  published=(as_visitor env PIP_NO_INDEX=1 PIP_FIND_LINKS=/visitor/packages UV_CONFIG_FILE=/visitor/packages/uv.toml
    UV_PYTHON_DOWNLOADS=never UV_PYTHON=/usr/bin/python3 PIPX_DEFAULT_PYTHON=/usr/bin/python3 "PATH=/visitor/.local/bin:$tools/bin:$path")

  open_root uvx "$programs"
  from_the_folder
  at_hand
  signed_in uvx "${published[@]}" uvx eprospera
  without_a_trace uvx '^visitor/(\.cache(/uv(/.*)?)?|\.local(/share(/uv(/.*)?)?)?)$'

  open_root pipx "$programs"
  from_the_folder
  at_hand
  "${published[@]}" sh -euc "$(block pipx-install)" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  signed_in pipx as_visitor eprospera
  as_visitor env MANPATH=/visitor/.local/share/man man --where eprospera-login >/dev/null || fail "pipx: man does not find its pages"
  "${published[@]}" sh -euc "$(block pipx-remove)" >/dev/null 2>&1
  without_a_trace pipx '^visitor/(\.cache(/(pip|pipx|uv)(/.*)?)?|\.local(/bin|/state|/share(/man(/man[17])?|/pipx(/.*)?)?|/state/pipx(/.*)?)?)$'

  open_root uv "$programs"
  from_the_folder
  at_hand
  "${published[@]}" sh -euc "$(block uv-install)" >/dev/null 2>&1
  signed_in "uv tool" as_visitor eprospera
  "${published[@]}" sh -euc "$(block uv-remove)" >/dev/null 2>&1
  without_a_trace "uv tool" '^visitor/(\.cache(/uv(/.*)?)?|\.local(/bin|/share(/uv(/.*)?)?)?)$'
}

# As if the folder of the packages were the only index, with tools that the visitor may run wherever they are.
from_the_folder() {
  printf 'no-index = true\nfind-links = ["/visitor/packages"]\n' >"$root/visitor/packages/uv.toml"
  # The root has them itself.
  [ -z "$emulated" ] || return 0
  local above
  # The root is a layer over one file system, and this folder may be on another, as in a container.
  mkdir -p "$root$tools"
  mount --bind "$tools" "$root$tools"
  above=$(dirname "$tools")
  while [ "$above" != / ]; do
    chmod o+rx "$root$above"
    above=$(dirname "$above")
  done
}

# Cargo has built them already, from what is in them: cargo package does so, and `packages --crates` calls it.
try_crate() {
  local crate listed wanted
  compgen -G "$folder/*.crate" >/dev/null || { say "crate: none were packed"; return; }
  for crate in "$folder"/*.crate; do
    listed=$(tar -tzf "$crate")
    for wanted in README.md LICENSE-MIT LICENSE-APACHE Cargo.toml; do
      grep -qx "$(basename "$crate" .crate)/$wanted" <<<"$listed" || fail "$crate has no $wanted"
    done
    say "crate: $(basename "$crate") has what belongs to it, in $(stat --format %s "$crate") bytes"
  done
}

# By hand, with cargo-binstall on PATH, because that takes minutes to build. As if the folder were a release.
try_binstall() {
  local address version crate binstall
  crate=$(basename "$(file_of 'eprospera-[0-9]*.crate')" .crate)
  version=v${crate#eprospera-}
  mkdir -p "$work/web/OWNER/eprospera/releases/download/$version"
  cp "$folder/eprospera-$version"-* "$work/web/OWNER/eprospera/releases/download/$version"
  coproc WEB { exec python3 -u -m http.server --bind 127.0.0.1 --directory "$work/web" 0 2>/dev/null; }
  background=$WEB_PID
  read -r address <&"${WEB[0]}"
  address=$(grep -o 'http://[0-9.:]*' <<<"$address")

  open_root binstall /
  cp "$(command -v cargo-binstall)" "$root/visitor/packages"
  tar -xzf "$folder/$crate.crate" -C "$root/visitor/packages"
  sed -i "s|https://github.com/|$address/|" "$root/visitor/packages/$crate/Cargo.toml"
  chown -R 1000:1000 "$root/visitor/packages"
  binstall=(env CARGO_INSTALL_ROOT=/visitor/.local ./cargo-binstall --no-confirm --disable-telemetry --strategies crate-meta-data
    --allow-insecure-http --manifest-path "/visitor/packages/$crate/Cargo.toml" eprospera)
  at_hand
  as_visitor "${binstall[@]}" >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  signed_in binstall as_visitor eprospera
  tar -xzOf "$(file_of "eprospera-$version-$processor-unknown-linux-musl.tar.gz")" --wildcards '*/eprospera' | cmp - "$root/visitor/.local/bin/eprospera"
  as_visitor env CARGO_INSTALL_ROOT=/visitor/.local cargo uninstall --quiet eprospera
  # As on Windows, where it looks for these two one after the other.
  as_visitor "${binstall[@]}" --no-track --install-path windows --targets x86_64-pc-windows-msvc --targets x86_64-pc-windows-gnu >"$work/log" 2>&1 || fail "$(cat "$work/log")"
  unzip -p "$(file_of '*-windows-gnu.zip')" '*/eprospera.exe' | cmp - "$root/visitor/packages/windows/eprospera.exe"
  without_a_trace binstall '^visitor/\.(local(/bin|/binstall(/.*)?|/\.crates.*)?|cargo(/.*)?)$'
  kill "$background"
  background=
}
