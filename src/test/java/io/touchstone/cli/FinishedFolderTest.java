package io.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that find their work done: with settings of Spark with which it cannot start. */
final class FinishedFolderTest {
  private static final String TIME = "(?m)^  time .*\\R";

  @TempDir Path folder;
  private final Program program = Program.installed();
  private Path input;

  @BeforeEach
  void copiesTheRows() throws Exception {
    input = folder.resolve("in.jsonl");
    Files.copy(Path.of("data-samples/candidates.jsonl"), input);
  }

  @Test
  void saysWithoutSparkWhatAnEarlierRunHasScored() {
    List<String> call = List.of("annotate", input.toString(), "--output", out("scored"));
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    String first = program.out();

    assertThat(program.run(withoutSpark(call))).isEqualTo(ExitStatus.DONE);
    assertThat(program.err()).isEmpty();
    assertThat(program.out()).doesNotContain("start Spark");
    assertThat(program.out().replaceFirst(TIME, ""))
        .isEqualTo(
            first
                .replaceFirst("Scored ", "An earlier run had scored ")
                .replaceFirst(", [\\d,]+ a second", "")
                .replaceFirst(TIME, ""));
  }

  @Test
  void startsSparkWhereAPartIsMissing() throws Exception {
    List<String> call = List.of("annotate", input.toString(), "--output", out("scored"));
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    Files.delete(folder.resolve("scored/part-00000.jsonl"));

    assertThat(program.run(withoutSpark(call))).isEqualTo(ExitStatus.FAILED);
    assertThat(program.err()).contains("no.such.Serializer");

    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    assertThat(folder.resolve("scored/part-00000.jsonl")).exists();
  }

  @Test
  void refusesAFolderWhoseInputHasGrownSince() throws Exception {
    List<String> call = List.of("annotate", input.toString(), "--output", out("scored"));
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    Files.writeString(input, "\n", StandardOpenOption.APPEND);

    assertThat(program.run(withoutSpark(call))).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("was made by another job").contains(input.toString());
  }

  @Test
  void saysSoOfAResultThatDoesNotAddUp() throws Exception {
    List<String> call = List.of("annotate", input.toString(), "--output", out("scored"));
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);
    Files.writeString(folder.resolve("scored/part-00000.jsonl"), "{}\n", StandardOpenOption.APPEND);

    assertThat(program.run(withoutSpark(call))).isEqualTo(ExitStatus.FAILED);
    assertThat(program.err()).contains("the output does not add up").contains("size of its part");
  }

  @Test
  void saysWithoutSparkWhatAnEarlierRunHasChosen() {
    List<String> scoring =
        List.of("select", input.toString(), "--output", out("best"), "--model", "demo");
    assertThat(program.run(scoring)).isEqualTo(ExitStatus.DONE);
    assertThat(program.run(withoutSpark(scoring))).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .startsWith("An earlier run had done this: Selected ")
        .contains("they lie in " + out("best") + "/_scored\n");

    List<String> selecting = List.of("select", out("best") + "/_scored", "--output", out("again"));
    assertThat(program.run(selecting)).isEqualTo(ExitStatus.DONE);
    assertThat(program.run(withoutSpark(selecting))).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).startsWith("An earlier run had done this: Selected ");

    List<String> filter =
        List.of("filter", out("again"), "--kept", out("kept"), "--dropped", out("dropped"));
    List<String> filtering = new ArrayList<>(filter);
    filtering.addAll(List.of("--top-fraction", "0.5"));
    assertThat(program.run(filtering)).isEqualTo(ExitStatus.DONE);
    assertThat(program.run(withoutSpark(filtering))).isEqualTo(ExitStatus.DONE);
    assertThat(program.out()).startsWith("An earlier run had done this: Kept ");
  }

  @Test
  void saysWithoutSparkWhatAnEarlierRunHasAnswered() {
    List<String> call =
        List.of(
            "generate",
            "data-samples/questions.jsonl",
            "--output",
            out("answers"),
            "--model",
            "demo",
            "--max-new-tokens",
            "2");
    assertThat(program.run(call)).isEqualTo(ExitStatus.DONE);

    assertThat(program.run(withoutSpark(call))).isEqualTo(ExitStatus.DONE);
    assertThat(program.out())
        .startsWith("An earlier run had answered ")
        .doesNotContain("start Spark");
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private static List<String> withoutSpark(List<String> call) {
    List<String> hindered = new ArrayList<>(call);
    hindered.addAll(List.of("--spark-conf", "spark.serializer=no.such.Serializer"));
    return hindered;
  }
}
