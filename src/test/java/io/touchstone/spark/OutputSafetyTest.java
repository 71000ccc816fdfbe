package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.annotate.AnnotateReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job leaves, and where. */
final class OutputSafetyTest {

  @TempDir Path folder;

  @Test
  void everyFileTakesTheUmaskOfTheProcess() throws Exception {
    Path input = Files.writeString(folder.resolve("in.jsonl"), Jobs.row(1, "a") + "\nnot json\n");
    Path out = folder.resolve("out");
    JobProcess.Call call =
        new JobProcess.Call(JobProcess.Kind.PLAIN, input, out, 1 << 20, "", Harm.NONE);
    List<String> masked = List.of("sh", "-c", "umask 027; exec \"$@\"", "sh");
    try (JobProcess process = JobProcess.start(call, masked)) {
      assertThat(process.await()).isZero();
    }
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path path : all.toList()) {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        found.add(out.relativize(path) + " " + permissions);
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            " rwxr-x---",
            "part-00000.jsonl rw-r-----",
            "_rejected rwxr-x---",
            "_rejected/part-00000.jsonl rw-r-----",
            "_plan.json rw-r-----",
            "_stats rwxr-x---",
            "_stats/part-00000.json rw-r-----",
            "_run.json rw-r-----",
            "_SUCCESS rw-r-----");
  }

  @Test
  void whateverInputsAndRowsAreCalledNothingIsWrittenOutsideOfTheOutputFolder() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    List<String> names =
        List.of("x...jsonl", "%2e%2e%2fx.jsonl", "a b;$(touch y).jsonl", "part-00000.jsonl");
    for (String name : names) {
      Files.writeString(
          in.resolve(name),
          "{\"prompt\": \"../../x\", \"response\": \"/../y\", \"id\": \"../../../z\"}\nbad/../\n");
    }
    TreeSet<String> before = new TreeSet<>(Jobs.tree(folder));
    Path out = folder.resolve("out");
    try (JavaSparkContext spark = new JavaSparkContext(Jobs.spark("local[2]"))) {
      AnnotateReport report =
          Jobs.run(
              spark,
              Jobs.config(out, 1 << 20, in.toString()),
              FakeScorerFactory.named("output-safety"));
      assertThat(report.totals().out()).isEqualTo(names.size());
    }
    assertThat(Jobs.tree(folder).stream().filter(path -> !path.startsWith("out/")))
        .containsExactlyElementsOf(before);
    assertThat(Jobs.tree(out))
        .allMatch(
            path ->
                path.matches("((_rejected/)?part-0000[0-3]\\.jsonl|_stats/part-0000[0-3]\\.json)")
                    || List.of("_SUCCESS", "_plan.json", "_run.json").contains(path));
  }
}
