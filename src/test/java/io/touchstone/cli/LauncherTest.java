package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers, in a project that is built, with a Java that writes down what it is asked. */
final class LauncherTest {
  private static final int ARCHIVE_BYTES = 5_000;

  @TempDir Path folder;
  private Path home;
  private Path java;
  private Path temporary;

  @BeforeEach
  void buildProject() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    temporary = Files.createDirectory(folder.resolve("tmp"));
    try (Stream<Path> files = Files.walk(Path.of("jobs"))) {
      for (Path file : files.toList()) {
        Files.copy(file, home.resolve(file.toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Path past = Files.createDirectories(home.resolve("src/main"));
    past = Files.createFile(home.resolve("pom.xml"));
    Files.setLastModifiedTime(past, FileTime.from(Instant.now().minusSeconds(60)));
    Path target = Files.createDirectory(home.resolve("target"));
    Path libtorch =
        Files.createFile(
            Files.createDirectory(folder.resolve("repository"))
                .resolve("pytorch-native-cpu-1.jar"));
    Files.writeString(target.resolve("classpath.txt"), libtorch.toString());
    Files.createFile(target.resolve("touchstone.jar"));
    Files.createFile(target.resolve("touchstone-cluster.jar"));
    Files.setLastModifiedTime(
        target.resolve("touchstone-cluster.jar"), FileTime.from(Instant.now().minusSeconds(30)));

    java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.writeString(
        java,
        """
        #!/bin/bash
        for argument in "$@"; do
          [[ $argument != -XX:ArchiveClassesAtExit=* ]] || archive=${argument#*=}
        done
        if [[ -n ${archive:-} ]]; then
          echo $$ >"%1$s/archiving.new" && mv "%1$s/archiving.new" "%1$s/archiving"
          [[ ! -e %1$s/slow ]] || exec sleep 300
          head -c %2$d /dev/zero >"$archive"
        else
          printf '%%s\\n' "$@" >"%1$s/asked"
        fi
        """
            .formatted(folder, ARCHIVE_BYTES));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ProcessBuilder command(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().keySet().removeIf(name -> name.startsWith("TOUCHSTONE_"));
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    builder.environment().put("TMPDIR", temporary.toString());
    return builder;
  }

  private Outcome annotate(String... arguments) throws Exception {
    return shell("exec \"$0\" \"$@\"", arguments);
  }

  /**
   * @param before shell that gets the launcher and its arguments as {@code $0} and {@code $@}
   */
  private Outcome shell(String before, String... arguments) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("bash", "-c", before, home.resolve("jobs/annotate").toString()));
    words.addAll(List.of(arguments));
    return Outcome.of(command(words.toArray(String[]::new)), folder);
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(folder.resolve("asked"));
  }

  private boolean archived() throws IOException {
    return Files.deleteIfExists(folder.resolve("archiving"));
  }

  @Test
  void theFirstStartAfterABuildKeepsTheClassesAndLaterOnesUseThem() throws Exception {
    Outcome first = annotate("in.jsonl", "--output", "out");

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err())
        .isEqualTo("touchstone: preparing faster starts; this happens once after each build\n");
    assertThat(archived()).isTrue();
    Path archive = home.resolve("target/touchstone.jsa");
    assertThat(archive).hasSize(ARCHIVE_BYTES);
    assertThat(asked())
        .contains("-XX:SharedArchiveFile=" + archive)
        .endsWith("io.touchstone.cli.Touchstone", "annotate", "in.jsonl", "--output", "out");

    assertThat(annotate("in.jsonl").err()).isEmpty();
    assertThat(archived()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, ARCHIVE_BYTES - 1, ARCHIVE_BYTES + 1})
  void anArchiveThatIsNotWholeIsMadeAnew(int bytes) throws Exception {
    annotate("in.jsonl");
    assertThat(archived()).isTrue();
    Path archive = home.resolve("target/touchstone.jsa");
    archive.toFile().setWritable(true);
    Files.write(archive, new byte[bytes]);

    assertThat(annotate("in.jsonl").status()).isZero();
    assertThat(archived()).isTrue();
    assertThat(archive).hasSize(ARCHIVE_BYTES);
  }

  @Test
  void anArchiveThatIsNotWholeAndCannotBeMadeIsNotUsed() throws Exception {
    assumeThat(System.getProperty("user.name"))
        .as("root may write everywhere")
        .isNotEqualTo("root");
    annotate("in.jsonl");
    Path target = home.resolve("target");
    target.resolve("touchstone.jsa").toFile().setWritable(true);
    Files.write(target.resolve("touchstone.jsa"), new byte[1]);
    target.toFile().setWritable(false);

    assertThat(annotate("in.jsonl").status()).isZero();
    assertThat(asked()).noneMatch(word -> word.startsWith("-XX:SharedArchiveFile="));
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129"})
  void aSignalEndsTheArchiveStepWithItsChildAndItsFolder(String signal, int status)
      throws Exception {
    assumeThat(Signals.areHeard(signal))
        .as("whoever started this test has not switched it off")
        .isTrue();
    Files.createFile(folder.resolve("slow"));
    Process launcher =
        command(home.resolve("jobs/annotate").toString(), "in.jsonl")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    Path archiving = folder.resolve("archiving");
    while (!Files.exists(archiving)) {
      assertThat(launcher.isAlive()).isTrue();
      Thread.sleep(10);
    }
    long child = Long.parseLong(Files.readString(archiving).strip());
    assertThat(ProcessHandle.of(child)).isPresent();
    new ProcessBuilder("kill", "-" + signal, Long.toString(launcher.pid())).start().waitFor();
    assertThat(launcher.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(launcher.exitValue()).isEqualTo(status);
    assertThat(ProcessHandle.of(child)).as("the child").isEmpty();
    assertThat(home.resolve("target").toFile().list())
        .containsExactlyInAnyOrder("classpath.txt", "touchstone.jar", "touchstone-cluster.jar");
    assertThat(temporary).isEmptyDirectory();
    assertThat(folder.resolve("asked")).doesNotExist();
  }

  @Test
  void whatAKilledArchiveStepLeftGoesWithTheNextOne() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path old = home.resolve("target/classes." + gone.pid());
    Path recent = home.resolve("target/classes." + gone.pid() + "0000000");
    Path living = home.resolve("target/classes." + ProcessHandle.current().pid());
    Path classes = home.resolve("target/classes");
    for (Path each : List.of(old, recent, living, classes)) {
      Files.createFile(Files.createDirectory(each).resolve("classes.jsa"));
    }
    FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3_600));
    Files.setLastModifiedTime(old, longAgo);
    Files.setLastModifiedTime(living, longAgo);

    assertThat(annotate("in.jsonl").status()).isZero();
    assertThat(old).doesNotExist();
    assertThat(List.of(recent, living, classes)).allMatch(Files::exists);
  }

  @Test
  void aJobHasAFolderOfItsOwnForTemporaryFiles() throws Exception {
    assertThat(annotate("in.jsonl").status()).isZero();
    String given =
        asked().stream().filter(word -> word.startsWith("-Dtouchstone.scratch=")).findFirst().get();
    Path scratch = Path.of(given.substring(given.indexOf('=') + 1));
    assertThat(scratch).isEmptyDirectory();
    assertThat(scratch.getParent()).isEqualTo(temporary);
    assertThat(asked()).contains("-Djava.io.tmpdir=" + scratch);
    assertThat(Files.getPosixFilePermissions(scratch))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ulimit -n 100 | [0-9]+ open files or more, found 100: raise it with ulimit -n",
        "ulimit -v 4000000 | 5120 MiB of addresses or more, most of which a JVM reserves and does"
            + " not use, found a limit of 3906: raise it with ulimit -v"
      })
  void aLimitThatNoJobCouldLiveWithIsTold(String limit, String told) throws Exception {
    Outcome outcome = shell(limit + " && exec \"$0\" \"$@\"", "in.jsonl");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).matches("touchstone: expected (a limit of )?" + told + "\n");
    assertThat(folder.resolve("asked")).doesNotExist();
  }

  @Test
  void whereAddressesAreFewTheHeapIsSmallerAndWhatTheUserSaysHolds() throws Exception {
    assertThat(shell("ulimit -v 5300000 && exec \"$0\" \"$@\"", "in.jsonl").status()).isZero();
    // 5,175 MiB less 4,096 for all that is not heap.
    assertThat(asked()).contains("-Xmx1079m");
    shell("ulimit -v 5300000 && TOUCHSTONE_JAVA_OPTS=-Xmx700m exec \"$0\" \"$@\"", "in.jsonl");
    assertThat(asked()).contains("-Xmx700m").doesNotContain("-Xmx1079m");
  }

  @ParameterizedTest
  @CsvSource({
    "spark://host:7077, true",
    "yarn, true",
    "'local-cluster[2,1,1024]', true",
    "local[3], false",
    "nonsense, false",
    "spark://host, false",
    "spark://me:secret@host:7077, false"
  })
  void onlyAClusterGoesThroughSparkSubmit(String master, boolean submitted) throws Exception {
    for (String[] call :
        List.of(new String[] {"--master", master}, new String[] {"--master=" + master})) {
      assertThat(
              annotate(Stream.concat(Stream.of("in.jsonl"), Stream.of(call)).toArray(String[]::new))
                  .status())
          .isZero();
      assertThat(asked().contains("org.apache.spark.deploy.SparkSubmit")).isEqualTo(submitted);
      assertThat(asked().contains("io.touchstone.entry.Submitted")).isEqualTo(submitted);
    }
  }

  @Test
  void stackTracesAreAskedForWithTheFlag() throws Exception {
    annotate("in.jsonl");
    assertThat(asked()).doesNotContain("-Dtouchstone.log.shows=traces");
    annotate("in.jsonl", "--stacktrace");
    assertThat(asked()).contains("-Dtouchstone.log.shows=traces");
  }

  @Test
  void theJobLearnsWhatTheTerminalIsLike() throws Exception {
    annotate("in.jsonl");
    assertThat(asked())
        .contains("-Dtouchstone.columns=")
        .doesNotContain("-Dtouchstone.audience=caller");

    onATerminal("stty cols 57; jobs/annotate in.jsonl");
    assertThat(asked()).contains("-Dtouchstone.columns=57", "-Dtouchstone.audience=caller");

    onATerminal("stty cols 57; jobs/annotate in.jsonl >/dev/null");
    assertThat(asked())
        .contains("-Dtouchstone.columns=57")
        .doesNotContain("-Dtouchstone.audience=caller");

    onATerminal("stty cols 0; jobs/annotate in.jsonl 2>/dev/null");
    assertThat(asked()).contains("-Dtouchstone.columns=", "-Dtouchstone.audience=caller");

    onATerminal("stty cols 0; jobs/annotate in.jsonl");
    assertThat(asked()).contains("-Dtouchstone.columns=80");

    onATerminal("TOUCHSTONE_AUDIENCE=anyone jobs/annotate in.jsonl");
    assertThat(asked()).doesNotContain("-Dtouchstone.audience=caller");
  }

  @Test
  void theHelpOfNightlyBreaksNoWordEither() throws Exception {
    String wide =
        Outcome.of(command(home.resolve("jobs/nightly").toString(), "--help"), folder).out();
    String narrow = onATerminal("stty cols 57; jobs/nightly --help").out();
    assertThat(narrow.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(57));
    assertThat(narrow.split("\\s+")).isEqualTo(wide.split("\\s+"));
  }

  private Outcome onATerminal(String shell) throws Exception {
    ProcessBuilder script = command("script", "-qec", shell, "/dev/null").directory(home.toFile());
    script.environment().put("SHELL", "/bin/bash");
    script.environment().remove("COLUMNS");
    Outcome outcome;
    try {
      outcome = Outcome.of(script, folder);
    } catch (IOException e) {
      assumeThat(e).as("a program that makes a terminal").isNull();
      throw e;
    }
    assertThat(outcome.status()).as(outcome.out()).isZero();
    return outcome;
  }
}
