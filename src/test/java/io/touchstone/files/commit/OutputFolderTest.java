package io.touchstone.files.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.jobs.annotate.AnnotateConfig;
import io.touchstone.jobs.annotate.AnnotatePlan;
import io.touchstone.jobs.annotate.AnnotateSummary;
import io.touchstone.jobs.annotate.Labels;
import io.touchstone.problem.Refused;
import io.touchstone.reward.LabelStyle;
import io.touchstone.scoring.ScoreIdentity;
import io.touchstone.spark.Death;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFolderTest {

  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("model-a");

  @TempDir Path folder;
  private Path out;
  private Path input;

  @BeforeEach
  void makeInput() throws IOException {
    out = folder.resolve("out");
    input = Files.writeString(folder.resolve("in.jsonl"), Jobs.row(1, "a"));
    Files.setLastModifiedTime(input, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
  }

  private OutputFolder folder(AnnotateConfig config, FakeScorerFactory scorers) {
    return Jobs.plan(config, scorers).folder(new Configuration());
  }

  private AnnotateConfig config(long pieceBytes) {
    return Jobs.config(out, pieceBytes, input.toString());
  }

  private static List<String> refusal(OutputFolder folder) {
    return catchThrowableOfType(Refused.class, folder::check).problems();
  }

  @Test
  void aFolderThatIsMissingOrEmptyIsFresh() throws IOException {
    assertThat(folder(config(100), SCORERS).check()).isEqualTo(new OutputState.Fresh());
    assertThat(out).doesNotExist();
    Files.createDirectories(out.resolve("_tmp"));
    assertThat(folder(config(100), SCORERS).check()).isEqualTo(new OutputState.Fresh());
  }

  @Test
  void aFolderOfSomethingElseIsRefusedAndUntouched() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("thesis.txt"), "years of work");
    assertThat(refusal(folder(config(100), SCORERS)))
        .containsExactly(
            "[file:"
                + out
                + "] expected an empty folder or one that this job has made, found 1 entry and no"
                + " _plan.json");
    assertThat(Jobs.tree(out)).containsExactly("thesis.txt");
    Files.writeString(out.resolve("_plan.json"), "{\"plan\": \"to take over the world\"}");
    assertThat(refusal(folder(config(100), SCORERS)))
        .containsExactly(
            "[file:" + out + "] expected a plan of this job in _plan.json, found something else");
  }

  @Test
  void aFileIsRefused() throws IOException {
    Files.writeString(out, "a file");
    assertThat(refusal(folder(config(100), SCORERS)))
        .containsExactly("[file:" + out + "] expected a folder, found a file");
  }

  @Test
  void aFolderOfAnotherPlanIsRefusedWithAllThatDiffers() throws IOException {
    folder(config(100), SCORERS).begin();
    List<String> before = Jobs.tree(out);
    Files.writeString(input, Jobs.row(1, "another"));
    Files.setLastModifiedTime(input, FileTime.from(Instant.parse("2026-05-05T05:05:05Z")));
    AnnotateConfig elsewhere = Jobs.with(config(99), "master", "spark://elsewhere:7077");
    AnnotateConfig changed =
        Jobs.with(elsewhere, "reward-token", "7").with(Labels.of(LabelStyle.ROUNDED));
    String at = "[file:" + out + "] was made by another job: ";
    assertThat(refusal(folder(changed, FakeScorerFactory.named("model-b"))))
        .containsExactly(
            at + "configuration.reward-token: was 0, is 7",
            at + "labels: was float, is rounded",
            at + "model.fingerprint: was model-a, is model-b",
            at + "piece-bytes: was 100, is 99",
            at
                + "input file:"
                + input
                + ": was 41 bytes of helpsteer2 modified at 2026-01-02T03:04:05Z, is 47 bytes of"
                + " helpsteer2 modified at 2026-05-05T05:05:05Z");
    assertThat(Jobs.tree(out)).isEqualTo(before);
  }

  @Test
  void theSamePlanOnAnotherMasterIsTakenUpAgain() throws IOException {
    AnnotateConfig config = config(100);
    folder(config, SCORERS).begin();
    AnnotateConfig elsewhere = Jobs.with(config, "master", "spark://elsewhere:7077");
    assertThat(folder(elsewhere, SCORERS).check()).isEqualTo(new OutputState.Unfinished(Set.of()));
  }

  @Test
  void aFilesystemThatPromisesNothingIsRefusedWithWhatToDo() {
    AnnotatePlan plan = Jobs.plan(config(100), SCORERS);
    Refused thrown =
        catchThrowableOfType(
            Refused.class,
            () -> OutputFolder.of(plan.record(), "http://store/out", new Configuration()));
    assertThat(thrown.problems())
        .containsExactly(
            "[http://store/out] cannot be used for output: expected a folder on file: or hdfs:,"
                + " where a rename is one step and never overwrites, or on s3a:, found http: write"
                + " to one of those and copy the finished folder, with hadoop distcp for instance");
  }

  @Test
  void aFilesystemWithoutItsClientIsRefusedWithWhatToDo() {
    AnnotatePlan plan = Jobs.plan(config(100), SCORERS);
    Configuration hadoop = new Configuration();
    hadoop.set("fs.store.impl", "store.Client");
    Refused thrown =
        catchThrowableOfType(
            Refused.class, () -> OutputFolder.of(plan.record(), "store://bucket/out", hadoop));
    assertThat(thrown.problems())
        .containsExactly(
            "[store://bucket/out] cannot be used for output: expected the client of store: on the"
                + " class path, found none (Class store.Client not found); for s3a: build with mvn"
                + " -Ps3 package, or on a cluster bring hadoop-aws");
  }

  @Test
  void ofTwoJobsThatBeginAtOnceBothGetTheSameRunAndAnotherJobIsRefused() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    for (int round = 0; round < 30; round++) {
      out = folder.resolve("out-" + round);
      List<OutputFolder> folders =
          List.of(
              folder(config(100), SCORERS),
              folder(config(100), SCORERS),
              folder(config(99), SCORERS));
      CyclicBarrier start = new CyclicBarrier(3);
      List<Callable<String>> jobs =
          folders.stream()
              .<Callable<String>>map(
                  output ->
                      () -> {
                        start.await();
                        try {
                          output.begin();
                          return output.layout().run();
                        } catch (Refused e) {
                          return "refused";
                        }
                      })
              .toList();
      List<String> runs = new ArrayList<>();
      for (Future<String> run : threads.invokeAll(jobs)) {
        runs.add(run.get());
      }
      assertThat(runs.get(0)).as("runs %s", runs).isEqualTo(runs.get(1)).isNotEqualTo(runs.get(2));
      assertThat(runs).contains("refused");
    }
    threads.shutdown();
  }

  @Test
  void restartThrowsAwayWhatAnyJobMadeAndNothingElse() throws IOException {
    folder(config(99), FakeScorerFactory.named("model-b")).begin();
    Files.writeString(out.resolve("part-00000.jsonl"), "a part");
    Files.createDirectories(out.resolve("_rejected"));
    OutputFolder now = folder(config(100), SCORERS);
    Files.writeString(out.resolve("notes.txt"), "mine");
    Refused thrown = catchThrowableOfType(Refused.class, now::discard);
    assertThat(thrown.problems())
        .containsExactly(
            "[file:" + out + "] not thrown away, because no job has made this: notes.txt");
    assertThat(Jobs.tree(out)).contains("part-00000.jsonl", "notes.txt", "_plan.json");
    Files.delete(out.resolve("notes.txt"));
    now.discard();
    assertThat(out).isEmptyDirectory();
    now.discard();
    assertThat(now.begin()).isEmpty();
  }

  @Test
  void restartRefusesAFolderWithoutAPlan() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("part-00000.jsonl"), "of another program");
    Refused thrown =
        catchThrowableOfType(Refused.class, () -> folder(config(100), SCORERS).checkDiscardable());
    assertThat(thrown.problems())
        .containsExactly(
            "[file:"
                + out
                + "] expected a folder that this job has made, to be thrown away, found one"
                + " without _plan.json");
    assertThat(Jobs.tree(out)).containsExactly("part-00000.jsonl");
  }

  @Test
  void anAttemptOfARunThatWasThrownAwayCannotCommit() throws IOException {
    OutputFolder old = folder(config(100), SCORERS);
    old.begin();
    PieceOutput zombie = new PieceOutput(old.forAttempts(), 0, 1 << 20, "zombie");
    zombie.finish();
    OutputFolder now = folder(config(100), SCORERS);
    now.discard();
    now.begin();
    assertThatThrownBy(() -> zombie.commit(new AnnotateSummary.Pieces(1, 1)))
        .isInstanceOf(IOException.class);
    zombie.close();
    assertThat(now.begin()).isEmpty();
  }

  @Test
  void aRestartThatDiesIsBegunAgainByTheSameCall() throws IOException {
    OutputFolder old = folder(config(99), SCORERS);
    old.begin();
    Files.writeString(out.resolve("part-00000.jsonl"), "a part");
    OutputFolder now = folder(config(100), SCORERS);
    CommitStep.listen(Death.at(CommitStep.CONTENT_DISCARDED));
    try {
      assertThatThrownBy(now::discard).isInstanceOf(Death.class);
    } finally {
      CommitStep.listen(step -> {});
    }
    assertThat(Jobs.tree(out)).containsExactly("_plan.json");
    now.discard();
    assertThat(now.begin()).isEmpty();
  }

  @Test
  void aRestartLeavesWhatAnotherRestartHasBegunMeanwhile() throws IOException {
    folder(config(99), SCORERS).begin();
    OutputFolder first = folder(config(100), SCORERS);
    CommitStep.listen(
        step -> {
          CommitStep.listen(none -> {});
          beginAnew();
        });
    first.discard();
    assertThat(out.resolve("_plan.json")).exists();
    assertThat(first.check()).isEqualTo(new OutputState.Unfinished(Set.of()));
    assertThat(first.begin()).isEmpty();
  }

  private void beginAnew() {
    try {
      OutputFolder second = folder(config(100), SCORERS);
      second.discard();
      second.begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void scoresOfAnotherVersionOfTheProgramAreRefused() throws IOException {
    folder(config(100), SCORERS).begin();
    Path plan = out.resolve("_plan.json");
    Files.writeString(
        plan,
        Files.readString(plan)
            .replaceFirst("\"scoring-version\" : \"\\d+\"", "\"scoring-version\" : \"0\""));
    assertThat(refusal(folder(config(100), SCORERS)))
        .containsExactly(
            "[file:"
                + out
                + "] was made by another job: scoring-version: was 0, is "
                + ScoreIdentity.SCORING_VERSION);
  }
}
