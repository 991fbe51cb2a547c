# The part of both launchers that is alike: ./sluice of a checkout and bin/sluice of a distribution read it.

fail() {
  echo "sluice: $1" >&2
  exit 1
}

java=java
[ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java

# The JDK's own note of its version saves the start of a JVM; where there is none, Java is asked.
java_version() {
  local binary release
  binary=$(command -v "$java") || return 1
  release=$(dirname "$(dirname "$(readlink -f "$binary" 2>/dev/null)")")/release
  if [ -f "$release" ] && [[ $(<"$release") =~ JAVA_VERSION=\"([0-9._]+) ]]; then
    echo "${BASH_REMATCH[1]}"
  else
    "$java" -XshowSettings:properties -version 2>&1 | awk '$1 == "java.version" {print $3}'
  fi
}

version=$(java_version) || fail "no Java found: install $needed_java, or set JAVA_HOME"
[ -n "$version" ] && [ "${version%%.*}" -ge 17 ] 2>/dev/null ||
  fail "$needed_java is needed, $java is version ${version:-unknown}"

# Up to a few million lines the optimising compiler (C2) takes more time than it saves.
max_short_bytes=$((512 * 1024 * 1024))

# Whether the command is over before C2 pays: explain, and enrich of files that are small together. A
# compressed file counts ten times; standard input may be of any size.
is_short() {
  [ "${1:-}" = explain ] && return 0
  [ "${1:-}" = enrich ] || return 1
  shift
  local files=0 bytes=0 size
  while [ $# -gt 0 ]; do
    case $1 in
      -) return 1 ;;
      --*=* | -h | --help) ;;
      -*) [ $# -gt 1 ] && shift ;; # every other option has a value
      *)
        [ -f "$1" ] || return 1
        size=$(wc -c <"$1") || return 1
        case $1 in *.gz | *.zst) size=$((size * 10)) ;; esac
        files=$((files + 1)) bytes=$((bytes + size))
        ;;
    esac
    shift
  done
  [ "$files" -gt 0 ] && [ "$bytes" -le "$max_short_bytes" ]
}

# start CLASSPATH MAIN ARGUMENTS...: becomes the JVM, with what stands in `options` already
start() {
  local classpath=$1 main=$2
  shift 2
  options+=(-Xmx1g -XX:+UseSerialGC -Dsun.net.httpserver.nodelay=true)
  is_short "$@" && options+=(-XX:TieredStopAtLevel=1)
  # Java cannot tell whether stderr alone is a terminal.
  [ -t 2 ] && options+=(-Dsluice.progress=true)
  # Silences the warnings of newer JDKs about what Netty and Caffeine do on purpose.
  [ "${version%%.*}" -ge 24 ] && options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  # shellcheck disable=SC2206 # several options in one variable are meant
  options+=(${SLUICE_JAVA_OPTIONS:-})
  exec "$java" "${options[@]}" -cp "$classpath" "$main" "$@"
}
