"""How much memory a command takes."""

import json
import subprocess
import sys

_SCRIPT = """
import json, sys, tracemalloc
from fugong.__main__ import main
def run(argv):
    sys.argv = ["fugong", *argv]
    try: main()
    except SystemExit as end: assert not end.code
*before, measured = json.load(sys.stdin)
for each in before: run(each)
tracemalloc.start()
run(measured)
print(tracemalloc.get_traced_memory()[1], file=sys.stderr)
"""


def peak(*lines: list[str]) -> int:
    """The most that Python itself held while the last of these command lines ran; all run in one new process.

    The lines before load what every run needs, modules above all.
    """
    argv = [sys.executable, "-c", _SCRIPT]
    done = subprocess.run(argv, check=False, input=json.dumps(lines), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(done.stderr.splitlines()[-1])
