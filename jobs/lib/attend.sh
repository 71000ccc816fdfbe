# Sourced by scripts that start others, which have set -euo pipefail: no signal leaves a child behind.

child=""
ended_by=""

# What to delete where a signal ends the script.
scratch=""

# What a child gets that has to end: KILL where it leaves nothing but what lies in scratch.
handed_on=TERM

# attend COMMAND...: runs it, and returns its status. A signal is handed on to it, not as INT, which children of a script do
# not hear of; once it has ended, abandoned does what is left to do, and the script ends with the signal's status.
attend() {
  local status=0
  trap 'pass_on INT' INT
  trap 'pass_on TERM' TERM
  trap 'pass_on HUP' HUP
  "$@" </dev/null &
  child=$!
  [[ -z $ended_by ]] || pass_on "$ended_by"
  while :; do
    status=0
    wait "$child" 2>/dev/null || status=$?
    # A signal ends the wait, and not yet the child.
    kill -0 "$child" 2>/dev/null || break
  done
  child=""
  trap - INT TERM HUP
  if [[ -n $ended_by ]]; then
    abandoned "$ended_by"
    exit $((128 + $(kill -l "$ended_by")))
  fi
  return "$status"
}

pass_on() {
  ended_by=$1
  [[ -z $child ]] || kill "-$handed_on" "$child" 2>/dev/null || true
}

# abandoned SIGNAL
abandoned() {
  [[ -z $scratch ]] || rm -rf "$scratch"
}
