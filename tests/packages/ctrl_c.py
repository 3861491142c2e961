"""Prints how often Ctrl-C reaches a program that `eprospera exec` starts on a terminal, with files as input and output."""

import os
import pty
import signal

PROGRAM = """
import os, signal
waited = {signal.SIGINT, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, waited)
os.write(1, b"ready\\n")
while signal.sigwait(waited) == signal.SIGINT:
    os.write(1, b"interrupted\\n")
"""

output, written = os.pipe()
started, terminal = pty.fork()
if started == 0:
    os.dup2(written, 1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 2)
    os.environ["EPROSPERA_TOKEN"] = "invented"
    options = ["--issuer", "http://127.0.0.1:1", "--client-id", "a"]
    os.execvp("eprospera", ["eprospera", *options, "exec", "--", "python3", "-c", PROGRAM])

os.close(written)
said = os.fdopen(output)
assert said.readline() == "ready\n"
os.write(terminal, b"\x03")
assert said.readline() == "interrupted\n"
# Comes behind all that was passed on before.
os.kill(started, signal.SIGTERM)
print(1 + len(said.readlines()))
