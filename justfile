# `just` alone lists the recipes. Nobody needs it: `cargo lint`, `cargo it`, `cargo real` and `bash .ci/run` do the same.

export RUSTDOCFLAGS := "-D warnings"

_default:
    @{{ just_executable() }} --list --unsorted

# All that must hold before a commit, without the real parts
[group('daily')]
check:
    .githooks/forbidden-words
    cargo fmt --check
    cargo lint
    cargo test
    cargo deny --locked check --hide-inclusion-graph bans licenses sources
    cargo doc --no-deps

# Start the sandbox and sign in to it, approved by itself
[group('daily')]
try *ARGS:
    cargo run --quiet -- sandbox exec --auto-approve -- target/debug/eprospera login {{ ARGS }}

# Run the demo
[group('daily')]
demo:
    cargo run --release -- demo

# Take over changed snapshots, completions, console blocks, texts and the picture, to be read in the diff
[group('daily')]
accept:
    INSTA_UPDATE=always UPDATE=1 TRYCMD=overwrite cargo test --test it
    git diff --stat

# Tests with chromium, gnome-keyring and the certified provider
[group('proof')]
real: real-parts
    cargo real

# Packages of npm and PyPI that the real parts need
[group('proof')]
real-parts:
    cd tests/real && npm ci --no-audit --no-fund
    cd tests/real/nextauth && npm ci --no-audit --no-fund && NEXT_TELEMETRY_DISABLED=1 npm run build
    python3 -m venv tests/real/python
    cd examples/clients/openid-client && npm ci --no-audit --no-fund
    cd examples/torture/openid-client && npm ci --no-audit --no-fund
    cd examples/torture/authjs && npm ci --no-audit --no-fund
    tests/real/python/bin/pip install --quiet --requirement examples/helpers/postgres/requirements.txt --requirement examples/clients/authlib/requirements.txt --requirement tests/contract/requirements.txt --requirement tests/real/requirements.txt --requirement examples/torture/authlib/requirements.txt --requirement examples/torture/requests-oauthlib/requirements.txt

# What the sandbox serves against docs/openapi.json, by schemathesis (needs the real parts; a minute)
[group('proof')]
contract:
    cargo build
    bash tests/contract/run target/debug/eprospera

# The whole fault harness on the binary as it ships, and its tables (root, strace and the real parts; an hour)
[group('proof')]
reliability BINARY=(justfile_directory() / "target/dist/eprospera"): real-parts
    cargo build --profile dist --locked
    rm -rf target/tmp/reliability
    EPROSPERA_TEST_BINARY={{ quote(BINARY) }} nice cargo test --locked --features reliability --test it -- reliability:: --test-threads 1
    cat target/tmp/reliability/*.md

# The tests for Windows under Wine, with all terminations and all rounds of processes at expiry (Debian, root)
[group('proof')]
windows *FILTERS:
    tests/platforms/windows --whole {{ FILTERS }}

# All targets checked for macOS, where zig compiles C (Debian, root)
[group('proof')]
macos:
    tests/platforms/macos

# Break each duty of docs/standards.md and see its test fail (Python 3.11; a few minutes)
[group('proof')]
standards *ROWS:
    python3 tests/standards/mutate.py {{ ROWS }}

# Coverage-guided fuzzing, each target for so many seconds (needs cargo-fuzz and a C++ compiler)
[group('proof')]
fuzz SECONDS="30":
    #!/usr/bin/env bash
    set -euo pipefail
    for target in $(cargo fuzz list); do
      mkdir -p "fuzz/corpus/$target"
      cargo fuzz run --sanitizer none "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
        -max_total_time={{ SECONDS }} -max_len=4096 -print_final_stats=1
    done

# The programs for Linux as they are shipped, static and dynamic, x86_64 and aarch64: built, and tested where little else is there (Debian, root; an hour)
[group('proof')]
platforms-linux *TARGETS:
    nice tests/platforms/linux {{ TARGETS }}

# Build and pack the program, install each package on a clean root, sign in, remove it (root on Debian; packaging/README.md)
[group('proof')]
packages *TARGETS="x86_64-unknown-linux-musl aarch64-unknown-linux-musl x86_64-pc-windows-gnu":
    #!/usr/bin/env bash
    set -euo pipefail
    binaries=()
    for target in {{ TARGETS }}; do
      binaries+=("$target=$(packaging/build "$target" | tail -n 1)")
    done
    packaging/packages --crates target/packages/made "${binaries[@]}"
    tests/packages/run target/packages/made
    [[ " {{ TARGETS }} " != *" aarch64-unknown-linux-musl "* ]] || PROCESSOR=aarch64 tests/packages/run target/packages/made bare archive deb rpm npm wheel

# Build the program as it is shipped, once more as if elsewhere, and compare the two to the bit (Linux)
[group('proof')]
reproducible TARGET="x86_64-unknown-linux-musl":
    tests/platforms/reproducible {{ TARGET }}

# What continuous integration runs
[group('proof')]
ci:
    bash .ci/run

# Lines that no test reaches (needs cargo-llvm-cov)
[group('proof')]
cover:
    cargo llvm-cov --locked --summary-only

# Speed, memory and size beside /bin/true and curl
[group('proof')]
bench:
    cargo bench --bench ratios

# Size of the binary as it ships, and what it is made of (needs cargo-bloat)
[group('proof')]
size:
    cargo build --profile dist --locked
    ls -l target/dist/eprospera
    cargo bloat --profile dist --crates -n 20

# Switch on the hook of this repository
[group('house')]
setup:
    git config core.hooksPath .githooks

# Tag a version, after all checks; the workflow makes a draft of it (CONTRIBUTING.md, "Releasing")
[group('house')]
release VERSION:
    packaging/check-release v{{ VERSION }}
    {{ just_executable() }} ci
    git tag --annotate "v{{ VERSION }}" --message "eprospera {{ VERSION }}"
    @echo 'Next: git push origin v{{ VERSION }}'
