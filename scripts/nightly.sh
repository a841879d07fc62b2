#!/bin/sh
# The nightly run, for crontabs that name this script: it calls `fugong nightly`, which does the same on every system.
#
#   nightly.sh STORE FOLDER [CUT-OFF] [OPTIONS]
#
# FUGONG        the program, if it is not on the PATH
# FUGONG_ALARM  a command to run on red lights, with its arguments; it gets the file of the summary as the last one
# Exit status: 0 all is well, 6 there are red lights, anything else is fugong's own (docs/exit-codes.md).
set -eu

[ $# -ge 2 ] || { echo "usage: nightly.sh STORE FOLDER [CUT-OFF]" >&2; exit 2; }
exec "${FUGONG:-fugong}" nightly "$@"
