package io.touchstone.spark.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.files.JsonFile;
import io.touchstone.files.ProcessStatus;
import io.touchstone.files.commit.OutputFolder;
import io.touchstone.scoring.pipeline.RowWatch.Caution;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AttemptMarksTest {

  private static final AttemptStep LOAD = new AttemptStep(AttemptStep.Step.LOAD, 0, 50, 0);
  private static final AttemptStep ALONE = new AttemptStep(AttemptStep.Step.ALONE, 7, 7, 0);

  private static final MappedModel MODEL = model("weights", "as it was");

  @TempDir Path folder;
  private OutputFolder output;
  private Path marksFolder;

  @BeforeEach
  void begin() throws IOException {
    Path input = Files.writeString(folder.resolve("in.jsonl"), Jobs.row(1, "a") + "\n");
    FakeScorerFactory scorers = FakeScorerFactory.named("marks");
    output =
        Jobs.plan(Jobs.config(folder.resolve("out"), 1 << 20, input.toString()), scorers)
            .folder(new Configuration());
    output.begin();
    marksFolder = Path.of(output.layout().marksFolder().toUri().getPath());
  }

  private AttemptMarks marks(int piece) {
    return new AttemptMarks(output.forAttempts(), piece, MODEL);
  }

  private static MappedModel model(String file, String identity) {
    return MappedModel.here(new TreeMap<>(Map.of(file, identity)));
  }

  /** As a process leaves it that is gone: nobody holds its lock. */
  private void dead(String name, Record... lines) throws IOException {
    StringBuilder whole = new StringBuilder();
    for (Record step : lines) {
      whole.append(new String(JsonFile.line(step), UTF_8));
      whole.append('\n');
    }
    Files.writeString(marksFolder.resolve(name), whole);
  }

  @Test
  void aMarkLivesAsLongAsItsAttemptAndSaysNothingMeanwhile() throws IOException {
    try (AttemptMark mark = marks(0).create("mine")) {
      mark.write(LOAD);
      assertThat(marksFolder.resolve("part-00000.mine"))
          .hasContent(
              """
              {"host":"%s","files":{"weights":"as it was"}}
              {"step":"LOAD","first":0,"last":50,"runs":[],"seconds":0}
              """
                  .formatted(ProcessStatus.host()));
      assertThat(marks(0).suspicions().isEmpty()).isTrue();
    }
    assertThat(marksFolder).isEmptyDirectory();
  }

  @Test
  void whatADeadProcessDidLastIsRememberedForItsPieceAlone() throws IOException {
    dead("part-00000.a", LOAD);
    dead("part-00000.b", ALONE, AttemptStep.nothing());
    assertThat(marks(0).suspicions().caution(20, 0, Sought.SCORE)).isEqualTo(new Caution.Alone());
    assertThat(marks(0).suspicions().caution(7, 0, Sought.SCORE))
        .as("survived")
        .isEqualTo(new Caution.None());
    assertThat(marks(1).suspicions().isEmpty()).isTrue();
  }

  @Test
  void whatWasReadAheadIsRememberedBesideWhatWasInTheModel() throws IOException {
    AttemptStep ahead = new AttemptStep(AttemptStep.Step.AHEAD, 60, 90, 0);
    dead("part-00000.a", ahead, LOAD, AttemptStep.nothing());
    Suspicions between = marks(0).suspicions();
    assertThat(between.isApart(70)).isTrue();
    assertThat(between.caution(20, 0, Sought.SCORE)).isEqualTo(new Caution.None());
    dead("part-00000.b", LOAD, ahead, AttemptStep.of(AttemptStep.Step.APART, 61, 0));
    dead("part-00000.c", LOAD, ahead, AttemptStep.of(AttemptStep.Step.PREPARED, 62, 0));
    Suspicions during = marks(0).suspicions();
    assertThat(during.caution(20, 0, Sought.SCORE)).isEqualTo(new Caution.Alone());
    assertThat(during.caution(61, 0, Sought.SCORE)).isEqualTo(new Caution.Alone());
    assertThat(during.caution(62, 0, Sought.SCORE)).isEqualTo(new Caution.None());
  }

  @Test
  void aStepThatAnotherFollowsIsForgottenOnlyIfItSaysNothingAnyMore() {
    AttemptStep apart = AttemptStep.of(AttemptStep.Step.APART, 61, 0);
    assertThat(LOAD.isPassing(LOAD)).isTrue();
    assertThat(LOAD.isPassing(ALONE)).isTrue();
    assertThat(AttemptStep.nothing().isPassing(LOAD)).isTrue();
    assertThat(LOAD.isPassing(apart)).as("of another lane").isFalse();
    assertThat(ALONE.isPassing(LOAD)).as("it clears the row").isFalse();
    assertThat(apart.isPassing(LOAD)).isFalse();
  }

  @Test
  void noRowIsBlamedForTheEndOfAProcessWhoseModelHasChangedSince() throws IOException {
    dead("part-00000.a", model("weights", "something else"), ALONE);
    dead("part-00000.b", model("weights", "something else"), ALONE);
    assertThat(marks(0).suspicions().isEmpty()).isTrue();
    dead("part-00000.c", MODEL, LOAD);
    assertThat(marks(0).suspicions().caution(7, 0, Sought.SCORE)).isEqualTo(new Caution.Alone());
    dead("part-00000.d", new MappedModel("another host", model("weights", "x").files()), ALONE);
    dead("part-00000.e", model("other weights", "x"), ALONE);
    assertThat(marks(0).suspicions().caution(7, 0, Sought.SCORE)).isInstanceOf(Caution.Never.class);
  }

  @Test
  void ofTheDeadAloneItIsToldHowTheirModelsHaveChanged() throws IOException {
    dead("part-00000.a", MODEL, LOAD);
    dead("part-00001.b", MODEL, ALONE);
    dead("part-00001.c", new MappedModel("another host", MODEL.files()), LOAD);
    dead("part-00002.d", LOAD);
    try (AttemptMark mark =
        new AttemptMarks(output.forAttempts(), 3, model("x", "y")).create("e")) {
      mark.write(LOAD);
      assertThat(ChangedModels.ofTheDead(output.forAttempts(), file -> "cut short"))
          .containsExactly("[weights] expected as it was, as it was mapped, found cut short");
    }
    assertThat(ChangedModels.ofTheDead(output.forAttempts(), file -> "as it was")).isEmpty();
  }

  @Test
  void twoDeathsAloneAreProvenByTheLocksThatNobodyHolds() throws IOException {
    dead("part-00000.a", ALONE);
    dead("part-00000.b", ALONE);
    assertThat(marks(0).suspicions().caution(7, 0, Sought.SCORE)).isInstanceOf(Caution.Never.class);
  }

  @Test
  void twoThatRunARowAloneAndLiveAreNoDeaths() throws IOException {
    dead("part-00000.a", ALONE);
    try (AttemptMark mark = marks(0).create("b")) {
      mark.write(ALONE);
      assertThat(marks(0).suspicions().caution(7, 0, Sought.SCORE)).isEqualTo(new Caution.Alone());
    }
  }

  @Test
  void aLineThatWasNotWrittenToItsEndHadNotBegun() throws IOException {
    dead("part-00000.a", AttemptStep.nothing());
    Path mark = marksFolder.resolve("part-00000.a");
    Files.writeString(mark, Files.readString(mark) + "{\"step\":\"LOAD\",\"first\":0,");
    assertThat(marks(0).suspicions().isEmpty()).isTrue();
    Files.writeString(mark, "anything\n");
    assertThat(marks(0).suspicions().isEmpty()).isTrue();
  }

  @Test
  void aPieceThatIsCommittedForgets() throws IOException {
    dead("part-00000.a", LOAD);
    dead("part-00001.a", LOAD);
    AttemptMarks marks = marks(0);
    marks.suspicions();
    marks.forget();
    assertThat(marksFolder.resolve("part-00000.a")).doesNotExist();
    assertThat(marksFolder.resolve("part-00001.a")).exists();
  }
}
