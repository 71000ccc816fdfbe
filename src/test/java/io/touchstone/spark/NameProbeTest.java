package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.selection.FilterRule;
import io.touchstone.selection.TopLimit;
import io.touchstone.selection.formula.Formula;
import io.touchstone.selection.formula.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NameProbeTest {

  private static final String ROW =
      "{\"id\": 1, \"prompt\": \"p\", \"mean\": 2.5, \"reward\": {\"helpfulness\": 3, \"wit\": 1}}\n";

  @TempDir Path folder;

  private LinePlan plan(Path... inputs) {
    return LineJobs.plan(
        LineJobs.config(
            "filter", List.of(folder.resolve("kept"), folder.resolve("dropped")), 100, inputs));
  }

  private Path file(String name, String lines) throws IOException {
    return Files.writeString(folder.resolve(name), lines);
  }

  private static FilterAsk ask(
      @Nullable String by, @Nullable String where, @Nullable String scalar) {
    return new FilterAsk(
        new FilterRule(
            by,
            FilterRule.Bounds.NONE,
            where == null ? null : Where.parse(where),
            scalar == null ? null : Formula.parse(scalar)),
        new TopLimit(null, null),
        Set.of());
  }

  private static List<String> problems(LinePlan plan, FilterAsk ask) {
    return catchThrowableOfType(
            InputException.class, () -> FilterJob.checkNames(plan, ask, new Configuration()))
        .problems();
  }

  private static void assertAccepted(LinePlan plan, FilterAsk ask) {
    assertThatCode(() -> FilterJob.checkNames(plan, ask, new Configuration()))
        .doesNotThrowAnyException();
  }

  @Test
  void aNameThatIsANumberInNoRowIsToldWithTheNearest() throws IOException {
    LinePlan plan = plan(file("a.jsonl", ROW));
    assertThat(problems(plan, ask("reward", "helpfullness > 1 and wit < 2", "idd + means")))
        .containsExactly(
            "--scalar: expected the name of a number, found idd, which is none in the first row"
                + " (id?)",
            "--scalar: expected the name of a number, found means, which is none in the first row"
                + " (mean?)",
            "--where: expected the name of a number, found helpfullness, which is none in the first"
                + " row (reward.helpfulness?)",
            "--by: expected the name of a number, found reward, which is none in the first row;"
                + " their numbers are id, mean, reward.helpfulness, reward.wit");
    assertThat(problems(plan, ask(null, "prompt > 1", null)).get(0))
        .contains("found prompt, which is none in the first row; their numbers are");
  }

  @Test
  void pathsAttributesAndTheScalarItselfAreNames() throws IOException {
    LinePlan plan = plan(file("a.jsonl", ROW));
    assertAccepted(plan, ask("wit", "reward.helpfulness > id", "2 * mean"));
    assertAccepted(plan, ask("scalar", "scalar > 1", "helpfulness - wit"));
    assertThat(problems(plan, ask("scalar", null, null)))
        .singleElement()
        .asString()
        .startsWith("--by: expected the name of a number, found scalar, ");
  }

  @Test
  void oneRowOfAnyFileThatHasItIsEnough() throws IOException {
    Path without = file("a.jsonl", "{\"id\": 1}\n".repeat(500));
    Path sparse = file("b.jsonl", "{\"id\": 1}\n".repeat(99) + "{\"late\": null}\n");
    assertAccepted(plan(without, sparse), ask("late", null, null));
    assertThat(problems(plan(without), ask("late", null, null)))
        .containsExactly(
            "--by: expected the name of a number, found late, which is none in the first 100 rows;"
                + " their numbers are id");
    Path later = file("c.jsonl", "{\"id\": 1}\n".repeat(100) + "{\"late\": 1}\n");
    assertThat(problems(plan(later), ask("late", null, null))).hasSize(1);
  }

  @Test
  void compressedFilesAreLookedAtToo() throws IOException {
    Path gzip = Files.write(folder.resolve("a.jsonl.gz"), CompressedInputTest.gzip(ROW));
    assertAccepted(plan(gzip), ask("mean", null, null));
    assertThat(problems(plan(gzip), ask("meen", null, null)).get(0)).endsWith("(mean?)");
  }

  @Test
  void linesThatAreNoRowsSayNothing() throws IOException {
    assertAccepted(plan(file("a.jsonl", "\nno json\n[1]\n")), ask("reward", null, null));
    assertAccepted(plan(file("b.jsonl", "")), ask("reward", null, null));
    assertThat(problems(plan(file("c.jsonl", "x\n{\"a\": \"b\"}\n")), ask("a", null, null)))
        .containsExactly(
            "--by: expected the name of a number, found a, which is none in the first row; they"
                + " have no numbers");
  }
}
