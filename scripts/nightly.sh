#!/bin/sh
# The nightly run: back the store up, publish the figures of a cut-off, write the summary, the ledger and the page,
# and sound the alarm on red.
#
#   nightly.sh STORE FOLDER [CUT-OFF]
#
# CUT-OFF is as for --as-of; without it, today. A missed night is caught up with its own: nightly.sh a.db out 2020-03-12.
# Running twice for the same cut-off writes the same bytes and publishes nothing twice.
#
# FUGONG        the program, if it is not on the PATH
# FUGONG_ALARM  a command to run on red lights; it gets the file of the summary as its argument
# Exit status: 0 all is well, 6 there are red lights, anything else is fugong's own.
set -eu

[ $# -ge 2 ] || { echo "usage: nightly.sh STORE FOLDER [CUT-OFF]" >&2; exit 2; }
export FUGONG_STORE="$1"
folder=$2
cut=${3:-today}
fugong=${FUGONG:-fugong}

mkdir -p "$folder"
case $FUGONG_STORE in
  *://*) ;;  # a server's store is backed up by the server's own means: docs/postgresql.md
  *) "$fugong" store backup --keep 30 >/dev/null ;;
esac
published=$("$fugong" publish --as-of "$cut" 2>/dev/null) || { "$fugong" publish --as-of "$cut"; exit; }
name=$(printf '%s' "${published%%  *}" | tr ' :' '_-')  # 2020-03-12, or 2020-03-12_17-00

"$fugong" export ledger --as-of "$cut" -o "$folder/ledger-$name.csv" --force
"$fugong" export ledger --as-of "$cut" -o "$folder/ledger-$name.xlsx" --force
"$fugong" report --as-of "$cut" -o "$folder/report-$name.html" --force
summary="$folder/summary-$name.txt"
status=0
"$fugong" summary --as-of "$cut" -o "$summary" --force --fail-on red || status=$?
cat "$summary"

if [ "$status" -eq 6 ] && [ -n "${FUGONG_ALARM:-}" ]; then
  "$FUGONG_ALARM" "$summary"
fi
exit "$status"
