#!/usr/bin/env node
// Starts the binary of this platform, which npm installed as an optional dependency. No install script runs, and
// nothing is downloaded here.
"use strict";

const { spawn } = require("node:child_process");
const { closeSync, openSync } = require("node:fs");
const { constants } = require("node:os");
const platforms = require("./platforms.json");

// On a terminal, Ctrl-C and its closing reach the binary by themselves, and here they only must not end its parent
// first: passed on, they would come twice, and a second one does not wait for a refresh under way. Windows has no
// signals: its events reach every program of the console, and to pass them on would be to terminate the binary.
const ENDING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK"].filter((name) => name in constants.signals);
const FROM_TERMINAL = hasTerminal() ? ["SIGINT", "SIGQUIT", "SIGHUP"] : [];

// Whether there is one behind the process. Its input and output may all be files, as in the loop of a script.
function hasTerminal() {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

function refuse(message) {
  process.stderr.write(`eprospera: ${message}\n`);
  process.exit(1);
}

function find() {
  const name = `${process.platform}-${process.arch}`;
  const platform = platforms[name];
  if (platform === undefined) {
    refuse(
      `npm has no binary for ${name}, only for ${Object.keys(platforms).sort().join(", ")}\n` +
        "build it instead: cargo install --locked eprospera",
    );
  }
  try {
    return require.resolve(`${platform.package}/${platform.binary}`);
  } catch {
    return refuse(
      `the package ${platform.package} with the binary for ${name} is not installed\n` +
        "npm leaves it out with --omit=optional or --no-optional, and node_modules that were copied from another\n" +
        "system hold another system's binary; install it: npm install --include=optional eprospera",
    );
  }
}

function start(binary) {
  let child;
  // Before it starts, so that no signal ends the launcher alone.
  for (const signal of ENDING) {
    const passedOn = process.platform !== "win32" && !FROM_TERMINAL.includes(signal);
    process.on(signal, () => passedOn && child.kill(signal));
  }
  child = spawn(binary, process.argv.slice(2), { stdio: "inherit" });
  // A program of another user that it has become, such as sudo, cannot be sent a signal: that is an error, too.
  child.on("error", (error) => child.pid === undefined && refuse(`${binary} does not start: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (signal === null) {
      process.exit(code);
    }
    // As shells say it, for signals that Node ignores or takes for itself. The usual ones end it in the same way, so
    // that the caller sees the same.
    process.exitCode = 128 + constants.signals[signal];
    if (["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGKILL"].includes(signal)) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

start(find());
