# Sourced by each launcher, which has set -euo pipefail: builds what is missing, then runs a job in this process or through spark-submit.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
jar=$home/target/touchstone.jar
cluster_jar=$home/target/touchstone-cluster.jar
classpath_file=$home/target/classpath.txt
class_archive=$home/target/touchstone.jsa

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "touchstone: $*"
  exit 2
}

# Sets java. The version comes from the release file beside it: asking java itself costs a tenth of a second.
find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || stop "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it"
  else
    java=$(command -v java) || stop "expected Java 17 or newer, found no java: install a JDK or set JAVA_HOME"
  fi
  local real release version
  real=$(readlink -f "$java")
  release=${real%/bin/java}/release
  if [[ -r $release ]]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
  else
    version=$("$java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
  fi
  [[ $version =~ ^[0-9]+$ ]] || stop "expected Java 17 or newer, cannot tell the version of $java"
  ((version >= 17)) || stop "expected Java 17 or newer, found Java $version at $java: install a newer JDK or set JAVA_HOME"
}

is_built() {
  [[ -f $jar && -f $cluster_jar && -f $classpath_file ]] || return 1
  # Of the three only the cluster's jar is written by every build, also when nothing in it has changed.
  [[ -z $(find "$home/pom.xml" "$home/src/main" -newer "$cluster_jar" -type f -print -quit) ]] || return 1
  # The jars lie in Maven's repository, which someone may have emptied.
  local entry
  while IFS= read -r -d : entry; do
    [[ -f $entry ]] || return 1
  done < <(tr '\n' : <"$classpath_file")
}

build() {
  is_built && return
  command -v mvn >/dev/null || stop "expected Maven for the first build, found no mvn: install Maven 3.8 or newer"
  [[ -x ${java%/java}/javac || -x $(dirname "$(readlink -f "$java")")/javac ]] ||
    stop "expected a JDK for the first build, found a Java without javac at $java"
  if [[ -f $cluster_jar ]]; then
    say "touchstone: something has changed since the last build; building again"
  else
    say "touchstone: building; this happens once and takes some minutes where Maven has to fetch the libraries"
  fi
  # Some Mavens reset the colours of a terminal that is none.
  (cd "$home" && mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package 2>&1) |
    sed $'s/\033\\[[0-9;]*m//g' >&2 || {
    say "touchstone: the build failed; what Maven says stands above"
    exit 1
  }
}

# Width of the terminal that shows the progress; nothing where standard error is none.
terminal_columns() {
  [[ -t 2 ]] || return 0
  local size
  size=$(stty size 2>/dev/null <&2) || size="24 80"
  printf '%s' "${size#* }"
}

# launch JOB ARGUMENTS...
launch() {
  find_java
  build
  local master="" confs=() arguments=("$@") i
  for ((i = 1; i < $#; i++)); do
    case ${arguments[i]} in
      --master) master=${arguments[i + 1]:-} ;;
      --master=*) master=${arguments[i]#*=} ;;
      --spark-conf) confs+=(--conf "${arguments[i + 1]:-}") ;;
      --spark-conf=*) confs+=(--conf "${arguments[i]#*=}") ;;
    esac
  done
  local flags=("-Dtouchstone.home=$home" "-Dtouchstone.columns=$(terminal_columns)")
  [[ -z ${TOUCHSTONE_LOG_LEVEL:-} ]] || flags+=("-Dtouchstone.log.level=$TOUCHSTONE_LOG_LEVEL")
  case $master in
    "" | local | local\[*) embedded "$@" ;;
    *) submitted "$@" ;;
  esac
}

# Keeps the classes of a small run as the JVM has them in memory: each later start saves a third of its processor time.
# A JVM that cannot use the archive goes on without it; an empty one says that it could not be made.
archive_classes() {
  [[ $class_archive -nt $cluster_jar || ! -w $home/target ]] && return
  say "touchstone: preparing faster starts; this happens once after each build"
  local scratch
  # In the same folder: a JVM that found half an archive would not go on.
  scratch=$(mktemp -d "$home/target/classes.XXXXXX")
  "$java" "@$home/jobs/lib/jvm.options" -XX:+UseParallelGC "-XX:ArchiveClassesAtExit=$scratch/classes.jsa" "-Dtouchstone.home=$home" \
    -cp "$jar:$(<"$classpath_file")" io.touchstone.cli.Touchstone \
    annotate "$home/data-samples/helpsteer.jsonl" --output "$scratch/out" >/dev/null 2>&1 </dev/null || true
  [[ -s $scratch/classes.jsa ]] || : >"$scratch/classes.jsa"
  mv -f "$scratch/classes.jsa" "$class_archive"
  rm -rf "$scratch"
}

embedded() {
  # No name of this machine needs to be looked up for a Spark that talks to itself.
  export SPARK_LOCAL_IP=127.0.0.1
  archive_classes
  [[ ! -s $class_archive ]] || flags+=("-XX:SharedArchiveFile=$class_archive" -Xlog:cds=off -Xlog:cds+dynamic=off)
  # shellcheck disable=SC2086 # several flags in one variable
  exec "$java" "@$home/jobs/lib/jvm.options" -XX:+UseParallelGC "${flags[@]}" ${TOUCHSTONE_JAVA_OPTS:-} \
    -cp "$jar:$(<"$classpath_file")" io.touchstone.cli.Touchstone "$@"
}

submitted() {
  local libtorch submit
  libtorch=$(tr : '\n' <"$classpath_file" | grep '/pytorch-native-cpu-') || stop "expected libtorch in $classpath_file, found none"
  if [[ -n ${SPARK_HOME:-} && -x $SPARK_HOME/bin/spark-submit ]]; then
    submit=("$SPARK_HOME/bin/spark-submit")
  elif command -v spark-submit >/dev/null; then
    submit=(spark-submit)
  else
    # Spark's own launcher from the jars of the build; such a Spark has no configuration of its log.
    submit=("$java" "@$home/jobs/lib/jvm.options" "${flags[@]}"
      "-Dlog4j2.configurationFile=$home/src/main/resources/log4j2.properties" -cp "$(<"$classpath_file")" org.apache.spark.deploy.SparkSubmit)
  fi
  # spark-submit splits this text at spaces outside of quotes.
  local options
  options="$(printf '"%s" ' "${flags[@]}")-Dai.djl.offline=true ${TOUCHSTONE_JAVA_OPTS:-}"
  exec "${submit[@]}" --master "$master" --class io.touchstone.cli.Touchstone --jars "$libtorch" \
    --conf "spark.executor.extraJavaOptions=-Dai.djl.offline=true" --driver-java-options "$options" \
    ${confs[@]+"${confs[@]}"} "$cluster_jar" "$@"
}
