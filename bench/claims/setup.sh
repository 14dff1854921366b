# What bench/claims/run and bench/claims/matrix share, to be sourced by them with $claims set to this folder.
# shellcheck shell=sh

root=$(dirname "$(dirname "$claims")")
work=$root/bench/work/claims
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
class_path=$root/samples/target/org.realm4knime.samples.jar
class_path=$class_path:$root/plugin/target/org.realm4knime.engine.jar:$root/plugin/lib/*
libraries=$root/headless/org.realm4knime.headless/target/lib
[ ! -d "$libraries" ] || class_path=$class_path:$libraries/* # with what takes the log

# Builds what is missing or old, and compiles the comparison into a folder of its state: others may run an older one.
prepare_claims() {
  "$root/realm" --version >/dev/null
  export REALM_BUILD=never # many runs use what has just been built; none of them builds again
  classes=$work/classes/$(cat "$claims"/java/org/realm4knime/claims/*.java | cksum | cut -d ' ' -f 1)
  if [ ! -f "$classes/compiled" ]; then
    "${java}c" -nowarn -d "$classes" -cp "$class_path" "$claims"/java/org/realm4knime/claims/*.java
    touch "$classes/compiled"
  fi
}
