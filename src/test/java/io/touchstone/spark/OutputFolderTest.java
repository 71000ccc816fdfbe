package io.touchstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.reward.LabelStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
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
    return OutputFolder.of(Jobs.plan(config, scorers), new Configuration());
  }

  private AnnotateConfig config(long pieceBytes) {
    return Jobs.config(out, pieceBytes, input.toString());
  }

  private static List<String> refusal(OutputFolder folder) {
    return catchThrowableOfType(OutputException.class, folder::check).problems();
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
    folder(config(100), SCORERS).claim();
    List<String> before = Jobs.tree(out);
    Files.writeString(input, Jobs.row(1, "another"));
    Files.setLastModifiedTime(input, FileTime.from(Instant.parse("2026-05-05T05:05:05Z")));
    AnnotateConfig now = config(99);
    TreeMap<String, String> effective = new TreeMap<>(now.effective());
    effective.put("master", "spark://elsewhere:7077");
    effective.put("reward-token", "7");
    AnnotateConfig changed =
        new AnnotateConfig(
            now.inputs(),
            now.output(),
            now.format(),
            now.turns(),
            LabelStyle.ROUNDED,
            now.pieceBytes(),
            now.maxLineBytes(),
            now.program(),
            effective,
            now.compared());
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
    folder(config, SCORERS).claim();
    TreeMap<String, String> effective = new TreeMap<>(config.effective());
    effective.put("master", "spark://elsewhere:7077");
    AnnotateConfig elsewhere =
        new AnnotateConfig(
            config.inputs(),
            config.output(),
            config.format(),
            config.turns(),
            config.labels(),
            config.pieceBytes(),
            config.maxLineBytes(),
            config.program(),
            effective,
            config.compared());
    assertThat(folder(elsewhere, SCORERS).check()).isEqualTo(new OutputState.Unfinished(Set.of()));
  }
}
