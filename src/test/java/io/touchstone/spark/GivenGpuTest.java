package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.jobs.annotate.AnnotateRecord;
import io.touchstone.jobs.annotate.AnnotateReport;
import io.touchstone.scoring.GivenGpu;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ReplicaDevice;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.ScorerException;
import io.touchstone.scoring.ScorerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor with two GPUs, as a script on a machine without any claims. */
final class GivenGpuTest {

  @TempDir Path folder;

  @Test
  void anExecutorOpensOneReplicaForEachGpuThatSparkGivesToItsTasks() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("gpus.sh"),
            "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"4\", \"7\"]}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      rows.add(Jobs.row(i, "answer " + i));
    }
    Path input = Files.write(folder.resolve("in.jsonl"), rows);
    Path out = folder.resolve("out");
    SparkConf conf =
        LocalCluster.conf(folder)
            .setMaster("local-cluster[1,2,1024]")
            .set("spark.worker.resource.gpu.amount", "2")
            .set("spark.worker.resource.gpu.discoveryScript", script.toString())
            .set("spark.executor.resource.gpu.amount", "2")
            .set("spark.executor.cores", "2")
            .set("spark.task.resource.gpu.amount", "1");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      AnnotateReport report =
          Jobs.run(
              spark,
              Jobs.config(out, Files.size(input) / 8 + 1, input.toString()),
              new OnGpus(FakeScorerFactory.named("two-gpus")));
      assertThat(report.totals().out()).isEqualTo(64);
    }
    Set<Long> processes = new HashSet<>();
    int replicas = 0;
    for (AnnotateRecord stats : Jobs.pieces(out)) {
      processes.add(stats.processId());
      replicas += stats.loadNanos() > 0 ? 1 : 0;
    }
    assertThat(processes).hasSize(1);
    assertThat(replicas).isEqualTo(2);
  }

  /** Scorers that open on one of the two GPUs only. */
  private record OnGpus(FakeScorerFactory of) implements ScorerFactory {

    @Override
    public ModelDescription model() {
      return of.model();
    }

    @Override
    public Optional<MemoryPlan> memory() {
      return of.memory();
    }

    @Override
    public ReplicaDevice place(Optional<GivenGpu> given) {
      return new ReplicaDevice.Cuda(Integer.parseInt(given.orElseThrow().address()));
    }

    @Override
    public Scorer open(ReplicaDevice place) {
      if (!Set.of("cuda:4", "cuda:7").contains(place.word())) {
        throw new ScorerException("expected one of Spark's GPUs, found " + place.word());
      }
      return new InterposedScorers(of, new SlowLoads(20)).open(place);
    }
  }
}
