# Sourced by `run`: roots to install on, users in them, and what is left there.
#
# A root is a layer over another folder: what is written to it goes to a file system in memory, where all of it can
# be seen, and which ends with the script.

# Debian with the shells whose completions are looked for. Made once on each machine.
debian=$(realpath -m "$here/../../target/packages")/debian-$architecture

# Where npm and the tools of Python install: on this machine, or for another processor on that Debian, with its Node and
# its Python.
programs=/
parts=bash-completion,zsh,fish,man-db
if [ -n "$emulated" ]; then
  debian+=-$(cat "$here"/{requirements.txt,windows/package-lock.json} | cksum | cut -d ' ' -f 1)
  programs=$debian/root
  parts+=,nodejs,python3-venv
fi

make_programs() {
  [ -z "$emulated" ] || make_debian
}

make_debian() {
  [ ! -e "$debian/ready" ] || return 0
  local address
  address=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/$')
  rm -rf "$debian"
  mkdir -p "$debian"
  debootstrap --arch="$architecture" --variant=minbase --include="$parts" bookworm "$debian/root" "$address" >"$debian/log" ||
    { tail "$debian/log"; return 1; }
  useradd --root "$debian/root" --create-home --home-dir /visitor --uid 1000 --shell /bin/bash visitor
  [ -z "$emulated" ] || add_npm_and_pipx
  touch "$debian/ready"
}

# But for uv, these have no code for a processor. This machine fetches them, because it knows its registries.
add_npm_and_pipx() {
  local root=$debian/root fetched=$debian/fetched python
  mkdir -p "$fetched" "$root/usr/local/lib/node_modules"
  cp "$here"/windows/package*.json "$fetched"
  # This machine is not the one that the Node beside it is for.
  (cd "$fetched" && npm ci --silent --force --ignore-scripts)
  mv "$fetched/node_modules/npm" "$root/usr/local/lib/node_modules"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
  rm -r "$fetched"

  make_tools
  python=$(chroot "$root" python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  "$tools/bin/pip" download --quiet --disable-pip-version-check --only-binary=:all: --platform "manylinux_2_17_$processor" \
    --python-version "$python" --dest "$root/fetched" --requirement <(grep -E '^(pipx|uv)==' "$here/requirements.txt")
  chroot "$root" sh -euc "python3 -m venv /opt/tools; /opt/tools/bin/pip install --quiet --no-index --find-links /fetched pipx uv"
  ln -s /opt/tools/bin/{pipx,uv,uvx} "$root/usr/local/bin"
  rm -r "$root/fetched"
}

# The tools for wheels, which a visitor may run wherever they are.
make_tools() {
  tools=$(realpath -m "$here/../../target/packages/python")
  [ -x "$tools/bin/uv" ] || /usr/bin/python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt"
}

# Nothing but a shell: no libc, no trust roots, no user database. As Alpine is without its packages, and more so.
make_bare() {
  mkdir -p "$work/bare"/{bin,dev,proc,tmp,visitor}
  cp "$(command -v busybox)" "$work/bare/bin/busybox"
  chroot "$work/bare" /bin/busybox --install -s /bin
  chmod 1777 "$work/bare/tmp"
  chown 1000:1000 "$work/bare/visitor"
}

# open_root NAME LOWER [LAYERS]: sets `root`, `upper` and `lower`. LAYERS are what LOWER is made of, if it is a layer itself:
# a kernel stacks no more than two.
open_root() {
  lower=$2 root=$work/$1/root upper=$work/$1/upper
  mkdir -p "$root" "$upper" "$work/$1/work"
  mount -t overlay overlay -o "lowerdir=${3:-$lower},upperdir=$upper,workdir=$work/$1/work" "$root"
  mount --rbind /dev "$root/dev"
  mount -t proc proc "$root/proc"
  mkdir -p "$root/visitor/packages"
  cp "$folder"/* "$(command -v busybox)" "$root/visitor/packages"
  # A browser that follows redirects, which is all that a sandbox with `--auto-approve` needs.
  printf '#!/bin/sh\nexec "${0%%/*}/busybox" wget -q -O /dev/null "$1"\n' >"$root/visitor/packages/browser"
  chmod +x "$root/visitor/packages/browser"
  # Not all of the home: what is touched here is copied into the layer, changed or not.
  chown 1000:1000 "$root/visitor"
  chown -R 1000:1000 "$root/visitor/packages"
}

as_root() {
  chroot "$root" env -i HOME=/root "PATH=$path" LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# In the folder of the packages, as someone who has downloaded them.
as_visitor() {
  chroot --userspec=1000:1000 "$root" env -i HOME=/visitor "PATH=/visitor/.local/bin:$path" LANG=C.UTF-8 \
    BROWSER=/visitor/packages/browser sh -c 'cd ~/packages && exec "$@"' sh "$@"
}

# What is in the root now and was not before, or is not what it was. Logs and lists of what package managers did stay.
traces() {
  local kind found kept='^(var/log|var/lib/dpkg|var/lib/apt|var/lib/rpm|var/cache/(apt|man|debconf|ldconfig))(/|$)'
  (cd "$upper" && find . -mindepth 1 -printf '%y %P\n') | while read -r kind found; do
    case $kind in
      d) [ -d "$lower/$found" ] ;;
      f) cmp --quiet "$upper/$found" "$lower/$found" ;;
      l) [ "$(readlink "$upper/$found")" = "$(readlink "$lower/$found")" ] ;;
      *) false ;;
    esac || printf '%s\n' "$found"
  done | grep -vE "$kept|^visitor(/packages(/|\$)|\$)${1:+|$1}" || true
}

# without_a_trace NAME [EXCEPT]: EXCEPT is a pattern of paths that tools keep for themselves.
without_a_trace() {
  local left
  left=$(traces "${2:-}")
  [ -z "$left" ] || fail "$1 leaves behind:" "$(head -n 20 <<<"$left")"
  say "$1: removed without a trace"
}
