package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.files.commit.CommitStep;
import io.touchstone.spark.StoppableDriver.Halt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of two drivers on one folder one is stopped with SIGSTOP until the other has finished: both end
 * well, and the output is the undisturbed one.
 */
final class TwoDriversTest {

  @TempDir static Path folder;
  private static final Map<SmallJob, Map<String, String>> UNDISTURBED =
      new EnumMap<>(SmallJob.class);
  private static JavaSparkContext spark;
  private static StoppableDriver stoppable;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    SmallJob.writeInputs(folder);
    stoppable = StoppableDriver.start(folder);
    spark = new JavaSparkContext(Jobs.spark("local[2]"));
    for (SmallJob job : SmallJob.values()) {
      Path out = folder.resolve("undisturbed-" + job);
      job.run(spark, folder, out);
      UNDISTURBED.put(job, SmallJob.content(out));
    }
  }

  @AfterAll
  static void stop() {
    stoppable.close();
    spark.stop();
  }

  /** In two folders the steps come twice: in the first of them, and in the other. */
  static Stream<Arguments> everyJobAtEveryStep() {
    return Stream.of(SmallJob.values())
        .flatMap(
            job ->
                Stream.of(CommitStep.values())
                    .filter(step -> step != CommitStep.CONTENT_DISCARDED)
                    .map(step -> Arguments.of(job, new Halt(step, time(job)))));
  }

  private static int time(SmallJob job) {
    return switch (job) {
      case ANNOTATE, SELECT, FILTER -> 1;
      case SCORE_AND_SELECT, FILTER_TOP -> 2;
    };
  }

  @ParameterizedTest
  @MethodSource("everyJobAtEveryStep")
  void oneThatStoodStillUntilTheOtherHadFinishedEndsWellToo(SmallJob job, Halt halt)
      throws Exception {
    Path out = folder.resolve(job + "-" + halt.step());
    stoppable.beginAndStop(job, out, halt);
    job.run(spark, folder, out);
    assertThat(SmallJob.content(out)).isEqualTo(UNDISTURBED.get(job));
    assertThat(stoppable.goOnToTheEnd()).isEqualTo(StoppableDriver.DONE);
    assertThat(SmallJob.content(out)).isEqualTo(UNDISTURBED.get(job));
  }
}
