#!/usr/bin/env bash
# Runs aksnetlint over the workspace and publishes what it found: annotations
# in the log, the step summary, the SARIF file and the outputs of the step.
#
# Reads PROGRAM, BASE_SHA and the INPUT_ variables of action.yml. The exit code is
# that of aksnetlint: 0 no finding at the threshold, 1 findings, 2 not done.
set -euo pipefail

escaped() {
  local text=$*
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '%s' "${text//$'\n'/%0A}"
}

fail() {
  echo "::error title=aksnetlint::$(escaped "$*")"
  exit 2
}

boolean() {
  case $2 in
    true | false) ;;
    *) fail "$1 \"$2\": want true or false" ;;
  esac
}

boolean summary "$INPUT_SUMMARY"
boolean changed-only "$INPUT_CHANGED_ONLY"
# An output of several lines would be several outputs.
[[ $INPUT_SARIF_FILE != *$'\n'* ]] || fail "sarif-file: want one path on one line"

# In a container the workspace belongs to another user, which git refuses
# unless it is told; the setting counts for this run alone.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'

# base prints the commit that the change starts from. A pull request is checked
# out as a merge commit, whose first parent is the branch it goes to; the base
# in the event may be older than that.
base() {
  local sha=$BASE_SHA
  local parents
  if [[ ${GITHUB_REF:-} == refs/pull/*/merge ]]; then
    parents=$(git cat-file -p HEAD | sed -n '/^$/q; s/^parent //p')
    if [ "$(wc -l <<<"$parents")" -eq 2 ]; then sha=$(head -n 1 <<<"$parents"); fi
  fi
  # A shallow checkout has only the merge commit itself.
  git cat-file -e "$sha^{commit}" 2>/dev/null ||
    git fetch --quiet --no-tags --depth=1 origin "$sha" >&2 || return 1
  git merge-base "$sha" HEAD 2>/dev/null || echo "$sha"
}

work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/aksnetlint.XXXXXX")
args=(-o "json=$work/report.json" -o "markdown=$work/summary.md")
while IFS= read -r name; do
  [ -z "$name" ] || args+=(-o "$name")
done <<<"$INPUT_FORMAT"
if [ -n "$INPUT_SARIF_FILE" ]; then
  mkdir -p "$(dirname "$INPUT_SARIF_FILE")"
  args+=(-o "sarif=$INPUT_SARIF_FILE")
fi
[ -z "$INPUT_CONFIG" ] || args+=(--config "$INPUT_CONFIG")
[ -z "$INPUT_FAIL_ON" ] || args+=(--fail-on "$INPUT_FAIL_ON")
if [ "$INPUT_CHANGED_ONLY" = true ]; then
  if [ -n "$BASE_SHA" ]; then
    since=$(base) || fail "changed-only: commit $BASE_SHA is not in this checkout and cannot be fetched; set fetch-depth: 0 for actions/checkout"
    args+=(--changed-since "$since")
  else
    echo "changed-only: this event has no base; all findings are reported."
  fi
fi
args+=(--)
while IFS= read -r path; do
  [ -z "$path" ] || args+=("$path")
done <<<"$INPUT_PATHS"

code=0
"$PROGRAM" "${args[@]}" </dev/null || code=$?

if [ "$INPUT_SUMMARY" = true ] && [ -s "$work/summary.md" ]; then
  cat "$work/summary.md" >>"$GITHUB_STEP_SUMMARY"
fi
[ "$code" -le 1 ] || fail "the job could not be done (exit code $code): the log says why"

# counted prints a number of the report's summary, which is an object of its own
# lines at the top level.
counted() {
  sed -n "/^  \"summary\": {\$/,/^  }/s/^    \"$1\": \([0-9]*\),*\$/\1/p" "$work/report.json"
}
errors=$(counted errors)
{
  echo "total=$((errors + $(counted warnings) + $(counted notes)))"
  echo "severe=$errors"
  echo "report=$INPUT_SARIF_FILE"
} >>"$GITHUB_OUTPUT"
exit "$code"
