# Sourced by ./mvnw and ./ratemesh: finds a JDK 17 or newer and exports JAVA_HOME, or prints what is missing and fails.

# The release file comes first, because `java -version` starts a JVM.
jdk_major() {
  jdk_version=
  if [ -r "$1/release" ]; then
    jdk_version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$jdk_version" ] && [ -x "$1/bin/java" ]; then
    jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p')
  fi
  echo "${jdk_version:-0}"
}

jdk_accept() {
  jdk_candidate=$1
  [ -n "$jdk_candidate" ] && [ -d "$jdk_candidate" ] || return 1
  jdk_found_major=$(jdk_major "$jdk_candidate")
  if [ ! -x "$jdk_candidate/bin/javac" ]; then
    jdk_seen="${jdk_seen:+$jdk_seen; }$jdk_candidate has no javac"
    return 1
  fi
  if [ "$jdk_found_major" -lt 17 ]; then
    jdk_seen="${jdk_seen:+$jdk_seen; }$jdk_candidate is version $jdk_found_major"
    return 1
  fi
  JAVA_HOME=$jdk_candidate
  export JAVA_HOME
}

jdk_on_path() {
  jdk_tool=$(command -v javac || command -v java) || return 1
  jdk_tool=$(readlink -f "$jdk_tool" 2>/dev/null || echo "$jdk_tool")
  dirname "$(dirname "$jdk_tool")"
}

# $1 is the name of the program for the message.
jdk_require() {
  jdk_seen=
  jdk_accept "${JAVA_HOME:-}" && return 0
  jdk_accept "$(jdk_on_path)" && return 0
  # On macOS /usr/bin/javac is a stub outside of any JDK.
  if [ -x /usr/libexec/java_home ]; then
    jdk_accept "$(/usr/libexec/java_home -v 17+ 2>/dev/null)" && return 0
  fi
  echo "$1: no JDK 17 or newer found (${jdk_seen:-none in JAVA_HOME or PATH}); install one (Debian: apt install openjdk-17-jdk-headless) or set JAVA_HOME" >&2
  return 1
}
