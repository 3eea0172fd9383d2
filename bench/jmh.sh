#!/bin/bash
# Runs the JMH benchmarks of all modules, once the tests have been compiled: bench/jmh.sh [REGEX] [JMH OPTION...]
set -euo pipefail
cd "$(dirname -- "$(readlink -f -- "$0")")/.."
if ! [ -d launcher/target/lib ] || ! [ -d launcher/target/test-classes ]; then
  echo "jmh.sh: first mvn -pl launcher -am -DskipTests package" >&2
  exit 1
fi
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
libraries=$(find "$repository"/org/openjdk/jmh/jmh-core "$repository"/net/sf/jopt-simple "$repository"/org/apache/commons/commons-math3 \
  -name '*.jar' | paste -sd:)
classes=$(printf '%s:' */target/test-classes */target/classes)
exec java -cp "$classes$libraries:launcher/target/lib/*" org.openjdk.jmh.Main "$@"
