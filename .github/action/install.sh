#!/usr/bin/env bash
# Makes an aksnetlint program and tells the next step where it is: a released
# one after a check of its checksum, or a build of the action's own source.
#
# Reads INPUT_VERSION, ACTION_REF, ACTION_PATH, RUNNER_TEMP, GITHUB_OUTPUT, and
# AKSNETLINT_RELEASES where the releases are fetched from a mirror.
set -euo pipefail

releases=${AKSNETLINT_RELEASES:-https://github.com/aksnetlint/aksnetlint/releases/download}
semver='^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$'

# escaped prints a text so that it stays one workflow command.
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

target=$(mktemp -d "${RUNNER_TEMP:-/tmp}/aksnetlint.XXXXXX")
program=$target/aksnetlint
case $(uname -s) in
  MINGW* | MSYS* | CYGWIN*) program=$program.exe ;;
esac

# platform prints the operating system and architecture as archives name them.
platform() {
  local os arch
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    MINGW* | MSYS* | CYGWIN*) os=windows ;;
    *) return 1 ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) return 1 ;;
  esac
  echo "${os}_$arch"
}

fetch() {
  # A mirror may be plain HTTP inside a company; GitHub is not.
  local protocols='=https'
  [ -z "${AKSNETLINT_RELEASES:-}" ] || protocols='=https,http'
  curl --proto "$protocols" --fail --silent --show-error --location --retry 3 --output "$2" "$1"
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# download fetches a release; it returns 1 where there is none for this
# machine, and ends the run where what came is not what was released.
download() {
  local version=$1 where archive want got
  where=$(platform) || return 1
  archive=aksnetlint_${version#v}_$where.tar.gz
  fetch "$releases/$version/checksums.txt" "$target/checksums.txt" || return 1
  want=$(awk -v name="$archive" '$2 == name { print $1 }' "$target/checksums.txt")
  [ -n "$want" ] || return 1
  fetch "$releases/$version/$archive" "$target/$archive" || return 1
  got=$(sha256 "$target/$archive")
  [ "$got" = "$want" ] || fail "the checksum of $archive is $got, the release says $want: not run"
  (cd "$target" && tar -xzf "$archive") || fail "$archive cannot be unpacked"
  [ -f "$program" ] || fail "$archive has no aksnetlint"
}

build() {
  command -v go >/dev/null || fail "building aksnetlint needs Go: add a step with actions/setup-go, or name a release in the input version"
  local stamp=()
  [[ ! ${ACTION_REF:-} =~ $semver ]] || stamp=(-ldflags "-X main.version=$ACTION_REF")
  # The settings of the caller's own Go code do not apply to this module.
  GOFLAGS='' GOWORK=off go build -C "$ACTION_PATH" -buildvcs=false \
    ${stamp[@]+"${stamp[@]}"} -o "$program" ./cmd/aksnetlint || fail "aksnetlint could not be built"
}

if [ "${INPUT_VERSION:-}" = source ]; then
  build
elif [ -n "${INPUT_VERSION:-}" ]; then
  [[ $INPUT_VERSION =~ $semver ]] || fail "version \"$INPUT_VERSION\": want a release such as v1.2.3, or source"
  download "$INPUT_VERSION" || fail "release $INPUT_VERSION cannot be fetched for $(uname -s) $(uname -m)"
elif [[ ${ACTION_REF:-} =~ $semver ]]; then
  # The source at this ref is the same program, so that building it is no other version.
  if ! download "$ACTION_REF"; then
    echo "Release $ACTION_REF cannot be fetched; building the action's source instead."
    build
  fi
else
  build
fi

"$program" version
echo "program=$program" >>"$GITHUB_OUTPUT"
