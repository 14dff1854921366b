# What bench/claims/run and bench/claims/matrix share, to be sourced by them with $claims set to this folder.
# shellcheck shell=sh

root=$(dirname "$(dirname "$claims")")
work=$root/bench/work/claims
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
class_path=$root/plugin/target/org.realm4knime.engine-1.0.0-SNAPSHOT.jar:$root/plugin/lib/*

# Builds what is missing or old, and compiles the comparison into a folder of this process: others may be running.
prepare_claims() {
  "$root/realm" --version >/dev/null
  export REALM_BUILD=never # many runs use what has just been built; none of them builds again
  mkdir -p "$work"
  classes=$work/classes
  stamp=$classes/compiled
  if [ ! -f "$stamp" ] || [ -n "$(find "$claims/java" -newer "$stamp" -print | head -n 1)" ]; then
    rm -rf "$classes"
    "${java}c" -nowarn -d "$classes" -cp "$class_path" "$claims"/java/org/realm4knime/claims/*.java
    touch "$stamp"
  fi
}
