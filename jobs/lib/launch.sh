# Sourced by each launcher, which has set -euo pipefail: builds what is missing, then runs a job in this process or through spark-submit.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
jar=$home/target/touchstone.jar
cluster_jar=$home/target/touchstone-cluster.jar
classpath_file=$home/target/classpath.txt
class_archive=$home/target/touchstone.jsa

# shellcheck source=attend.sh
source "$home/jobs/lib/attend.sh"

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
  attend maven || {
    say "touchstone: the build failed; what Maven says stands above"
    exit 1
  }
}

maven() {
  cd "$home"
  # Some Mavens reset the colours of a terminal that is none.
  exec mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package > >(sed $'s/\033\\[[0-9;]*m//g' >&2) 2>&1
}

# Width of the terminal that shows the progress; nothing where standard error is none.
terminal_columns() {
  [[ -t 2 ]] || return 0
  local size
  size=$(stty size <&2 2>/dev/null) || size=""
  # A terminal that does not know its width says 0.
  [[ $size =~ ^[0-9]+\ [1-9][0-9]*$ ]] || size="24 ${COLUMNS:-80}"
  printf '%s' "${size#* }"
}

# The memory that this process may use, in MiB: the machine's, or what a control group leaves of it; nothing where nobody says.
memory_mib() {
  local kib line path file bytes most=""
  [[ -r /proc/meminfo ]] || return 0
  read -r _ kib _ </proc/meminfo
  most=$((kib / 1024))
  while IFS= read -r line; do
    path=${line#*:*:}
    case $line in
      0::*) file=memory.max path=/sys/fs/cgroup$path ;;
      *:memory:*) file=memory.limit_in_bytes path=/sys/fs/cgroup/memory$path ;;
      *) continue ;;
    esac
    # In a container the path is often the one outside of it, and what is mounted here its own.
    [[ -d $path ]] || path=${path%"${line#*:*:}"}
    while [[ $path == /sys/fs/cgroup* ]]; do
      if [[ -r $path/$file ]] && read -r bytes <"$path/$file" && [[ $bytes =~ ^[0-9]{1,18}$ ]]; then
        ((bytes / 1048576 >= most)) || most=$((bytes / 1048576))
      fi
      path=${path%/*}
    done
  done < <(cat /proc/self/cgroup 2>/dev/null)
  printf '%s' "$most"
}

# What a start needs of the system, in MiB: Spark wants 450 of heap as the JVM counts it, which 640 give; libtorch, classes and
# threads come on top, and more of them are reserved than used.
spark_heap=640
least_memory=1024
least_addresses=5120

# Refuses what no job could live with, and sets heap where a quarter of the memory, the JVM's own choice, is not enough for Spark.
check_limits() {
  local files cores memory addresses
  heap=()
  files=$(ulimit -Hn)
  if [[ $files =~ ^[0-9]+$ ]] && ((files < 4096)); then
    cores=$(getconf _NPROCESSORS_ONLN)
    ((files >= 256 + 8 * cores)) ||
      stop "expected a limit of $((256 + 8 * cores)) open files or more, found $files: raise it with ulimit -n"
  fi
  [[ ! ${TOUCHSTONE_JAVA_OPTS:-} =~ -Xmx|MaxRAM|MaxHeapSize ]] || return 0
  memory=$(memory_mib)
  [[ -n $memory ]] || return 0
  ((memory >= least_memory)) ||
    stop "expected $least_memory MiB of memory or more, $spark_heap of them for the heap that Spark needs, found a limit of $memory"
  ((memory / 4 >= spark_heap)) || heap=("-Xmx${spark_heap}m")
  addresses=$(ulimit -v)
  if [[ $addresses =~ ^[0-9]+$ ]]; then
    addresses=$((addresses / 1024))
    ((addresses >= least_addresses)) ||
      stop "expected $least_addresses MiB of addresses or more, most of which a JVM reserves and does not use, found a limit of $addresses: raise it with ulimit -v"
    # What is not heap are about 4 GiB, of which a JVM uses a tenth.
    ((memory / 4 + 4096 <= addresses)) || heap=("-Xmx$((addresses - 4096 > spark_heap ? addresses - 4096 : spark_heap))m")
  fi
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
  # On a terminal rows may be shown: whoever reads them has called. jobs/nightly says that nobody has.
  [[ ! -t 1 || ${TOUCHSTONE_AUDIENCE:-} == anyone ]] || flags+=("-Dtouchstone.audience=caller")
  [[ " $* " != *" --stacktrace "* ]] || flags+=("-Dtouchstone.log.shows=traces")
  [[ -z ${TOUCHSTONE_LOG_LEVEL:-} ]] || flags+=("-Dtouchstone.log.level=$TOUCHSTONE_LOG_LEVEL")
  case $master in
    # Credentials are refused by the job, before anything else gets to see them.
    *@*) embedded "$@" ;;
    yarn | spark://?*:?* | k8s://?* | local-cluster\[*) submitted "$@" ;;
    # In this process, or nothing that Spark would take, which the job refuses.
    *) embedded "$@" ;;
  esac
}

# Sets scratch to a new folder for what the job has on disk while it lives; it deletes the folder, and those that others left.
make_scratch() {
  local base=${TMPDIR:-/tmp}
  [[ ! ${TOUCHSTONE_JAVA_OPTS:-} =~ -Djava\.io\.tmpdir=([^ ]+) ]] || base=${BASH_REMATCH[1]}
  scratch=$(mktemp -d "$base/touchstone-XXXXXXXX" 2>/dev/null) ||
    stop "expected a folder for temporary files, cannot write to $base: set TMPDIR to another"
}

# Whether the archive was written to its end: a JVM that maps half of one dies. An empty one says that none can be made.
archive_is_whole() {
  [[ -f $class_archive && -f $class_archive.bytes && $(wc -c <"$class_archive") -eq $(<"$class_archive.bytes") ]]
}

# Keeps the classes of a small run as the JVM has them in memory: each later start saves a third of its processor time.
# A JVM that cannot use the archive goes on without it; an empty one says that it could not be made.
archive_classes() {
  if [[ $class_archive -nt $cluster_jar ]] && archive_is_whole || [[ ! -w $home/target ]]; then
    return
  fi
  say "touchstone: preparing faster starts; this happens once after each build"
  local old
  for old in "$home"/target/classes.[0-9]*; do
    # Of one that was killed.
    if [[ -d $old && -O $old && -n $(find "$old" -prune -mmin +10) ]] && ! kill -0 "${old##*.}" 2>/dev/null; then
      rm -rf "$old"
    fi
  done
  # In the same folder: a JVM that found half an archive would not go on.
  scratch=$home/target/classes.$$
  rm -rf "$scratch"
  mkdir "$scratch"
  # Told to end it would keep its classes first, which takes seconds.
  handed_on=KILL
  attend small_run >/dev/null 2>&1 || true
  handed_on=TERM
  [[ -s $scratch/classes.jsa ]] || : >"$scratch/classes.jsa"
  wc -c <"$scratch/classes.jsa" >"$scratch/bytes"
  # On the disk before it has its name: after a loss of power it is whole, or not there.
  sync "$scratch/classes.jsa" "$scratch/bytes" 2>/dev/null || sync
  mv -f "$scratch/bytes" "$class_archive.bytes"
  mv -f "$scratch/classes.jsa" "$class_archive"
  rm -rf "$scratch"
}

small_run() {
  exec "$java" "@$home/jobs/lib/jvm.options" -XX:+UseParallelGC ${heap[@]+"${heap[@]}"} \
    "-XX:ArchiveClassesAtExit=$scratch/classes.jsa" "-Dtouchstone.home=$home" "-Djava.io.tmpdir=$scratch" \
    -cp "$jar:$(<"$classpath_file")" io.touchstone.cli.Touchstone \
    annotate "$home/data-samples/helpsteer.jsonl" --output "$scratch/out"
}

embedded() {
  # No name of this machine needs to be looked up for a Spark that talks to itself.
  export SPARK_LOCAL_IP=127.0.0.1
  local heap
  check_limits
  archive_classes
  if [[ -s $class_archive ]] && archive_is_whole; then
    flags+=("-XX:SharedArchiveFile=$class_archive" -Xlog:cds=off -Xlog:cds+dynamic=off)
  fi
  make_scratch
  # shellcheck disable=SC2086 # several flags in one variable
  exec "$java" "@$home/jobs/lib/jvm.options" -XX:+UseParallelGC ${heap[@]+"${heap[@]}"} "${flags[@]}" ${TOUCHSTONE_JAVA_OPTS:-} \
    "-Djava.io.tmpdir=$scratch" "-Dtouchstone.scratch=$scratch" \
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
  exec "${submit[@]}" --master "$master" --class io.touchstone.entry.Submitted --jars "$libtorch" \
    --conf "spark.executor.extraJavaOptions=-Dai.djl.offline=true" --driver-java-options "$options" \
    ${confs[@]+"${confs[@]}"} "$cluster_jar" "$@"
}
