package io.touchstone.spark.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.problem.JobException;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import io.touchstone.spark.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreflightTest {

  @TempDir Path folder;

  /** Wants something that the second executor's machine does not have. */
  private record Particular() implements ScorerFactory {
    private static final FakeScorerFactory FAKE = FakeScorerFactory.named("particular");

    @Override
    public boolean asksMachines() {
      return true;
    }

    @Override
    public void checkMachine() {
      if (SparkEnv.get().executorId().equals("1")) {
        throw new ScorerException("fake: expected another machine, found this one");
      }
    }

    @Override
    public ModelDescription model() {
      return FAKE.model();
    }

    @Override
    public Optional<MemoryPlan> memory() {
      return FAKE.memory();
    }

    @Override
    public Scorer open(ReplicaDevice place) {
      return FAKE.open(place);
    }
  }

  private static void run(JavaSparkContext spark, String fingerprint) {
    FakeScorerFactory factory = FakeScorerFactory.named(fingerprint);
    Preflight.run(spark, factory, Replica.opening(factory), 2);
  }

  @Test
  void aModelThatDoesNotOpenOnAnExecutorIsToldOnceAndTheFolderStaysAsItWas() throws IOException {
    Path input = Files.writeString(folder.resolve("in.jsonl"), Jobs.row(1, "a"));
    Path out = folder.resolve("out");
    FakeScorerFactory never = FakeScorerFactory.named("preflight").failingToOpen(99);
    try (JavaSparkContext spark = new JavaSparkContext(LocalCluster.conf(folder))) {
      JobException thrown =
          catchThrowableOfType(
              JobException.class,
              () -> Jobs.run(spark, Jobs.config(out, 1 << 20, input.toString()), never));
      assertThat(thrown.getMessage())
          .matches(
              "the model cannot be used on executor \\d on \\S+: \\[/models/fake\\] expected a model, found"
                  + " none on try \\d");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void anExecutorWhoseMachineLacksSomethingIsNamedBeforeTheJobBegins() throws IOException {
    Path input = Files.writeString(folder.resolve("in.jsonl"), Jobs.row(1, "a"));
    Path out = folder.resolve("out");
    try (JavaSparkContext spark = new JavaSparkContext(LocalCluster.conf(folder))) {
      JobException thrown =
          catchThrowableOfType(
              JobException.class,
              () -> Jobs.run(spark, Jobs.config(out, 1 << 20, input.toString()), new Particular()));
      assertThat(thrown.getMessage())
          .matches(
              "the model cannot be used on executor 1 on \\S+: fake: expected another machine,"
                  + " found this one");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void executorsThatNeverComeEndTheWaitWithWhatTheyWouldNeed() throws IOException {
    try (JavaSparkContext spark =
        new JavaSparkContext(
            LocalCluster.conf(folder)
                .set("spark.executor.cores", "2")
                .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "1s"))) {
      assertThatThrownBy(() -> run(spark, "waiting"))
          .isInstanceOf(JobException.class)
          .hasMessage(
              "no executor took the first task within 2 s (--wait-for-executors): none has"
                  + " registered; an executor needs 512m of memory, 2 cores, and"
                  + " local-cluster[2,1,1024] has no room for that, or its executors die as they"
                  + " start: its own pages and their logs say which");
    }
  }

  @Test
  void aGpuThatNeverComesEndsTheWaitAndIsNamed() throws IOException {
    try (JavaSparkContext spark =
        new JavaSparkContext(
            LocalCluster.conf(folder)
                .set("spark.executor.resource.gpu.amount", "1")
                .set("spark.task.resource.gpu.amount", "0.5")
                .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "1s"))) {
      assertThatThrownBy(() -> run(spark, "no-gpu"))
          .isInstanceOf(JobException.class)
          .hasMessageStartingWith(
              "no executor took the first task within 2 s (--wait-for-executors): none has"
                  + " registered; an executor needs 512m of memory, 1 cores, 1 gpu, and"
                  + " local-cluster[2,1,1024] has no room for that");
    }
  }
}
