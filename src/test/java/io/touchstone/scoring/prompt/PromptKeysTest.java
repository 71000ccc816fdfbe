package io.touchstone.scoring.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.batch.SegmentTree;
import io.touchstone.scoring.ModelDescription;
import io.touchstone.scoring.ModelReading;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PromptKeysTest {

  private static final ModelDescription MODEL =
      new ModelDescription(
          "/models/a",
          "f00d",
          "Llama",
          List.of("reward"),
          512,
          "chat",
          "2024-07-26",
          "fp32",
          "h[0:1]",
          ModelReading.NONE);

  private static PromptKeys keys(ModelDescription model) {
    return new PromptKeys(ScoreIdentity.of(model));
  }

  /** One conversation, cut as it is given. */
  private static SegmentTree path(int[]... segments) {
    int[] parents = new int[segments.length];
    Arrays.setAll(parents, s -> s - 1);
    return new SegmentTree(List.of(segments), parents, new int[] {segments.length - 1});
  }

  @Test
  void aKeyDependsOnTheConversationAndNotOnTheRowAroundIt() {
    SegmentTree row =
        new SegmentTree(
            List.of(new int[] {1, 2}, new int[] {3}, new int[] {4}),
            new int[] {-1, 0, 0},
            new int[] {2, 1, 2, 0});
    PromptKeys keys = keys(MODEL);
    List<PromptKey> of = keys.of(read(row));
    assertThat(of)
        .containsExactly(
            keys.of(read(path(new int[] {1, 2}, new int[] {4}))).get(0),
            keys.of(read(path(new int[] {1, 2}, new int[] {3}))).get(0),
            of.get(0),
            keys.of(read(path(new int[] {1, 2}))).get(0));
    assertThat(keys.of(read(row.only(List.of(1))))).containsExactly(of.get(1));
  }

  @Test
  void otherTokensAnotherOrderOrAnotherCutAreOtherKeys() {
    PromptKeys keys = keys(MODEL);
    List<SegmentTree> different =
        List.of(
            path(new int[] {1, 2, 3}),
            path(new int[] {1, 2}, new int[] {3}),
            path(new int[] {1}, new int[] {2, 3}),
            path(new int[] {1}, new int[] {2}, new int[] {3}),
            path(new int[] {3, 2, 1}),
            path(new int[] {1, 2}),
            path(new int[] {1, 2, 0}),
            path(new int[] {0x01000000, 2, 3}));
    Set<PromptKey> all = new HashSet<>();
    different.forEach(tree -> all.addAll(keys.of(read(tree))));
    assertThat(all).hasSameSizeAs(different);
  }

  @Test
  void aPromptThatIsReadAtSeveralPlacesHasOneKeyOfThemAll() {
    SegmentTree tree =
        new SegmentTree(
            List.of(new int[] {1, 2}, new int[] {3}, new int[] {4}),
            new int[] {-1, 0, 1},
            new int[] {0, 2, 1, 2, 2});
    PromptKeys keys = keys(MODEL);
    List<PromptKey> of = keys.of(new PreparedRow(tree, List.of(3, 3, 3), List.of(2, 2, 1), 0));
    assertThat(of).hasSize(3).doesNotHaveDuplicates();
    assertThat(of.get(2)).isEqualTo(keys.of(read(tree)).get(4));
    assertThat(
            keys.of(new PreparedRow(tree, List.of(3, 3, 3), List.of(2, 2, 1), 0).only(List.of(1))))
        .containsExactly(of.get(1));
  }

  @Test
  void anotherTableOfPositionsIsAnotherKey() {
    PromptKeys keys = keys(MODEL);
    SegmentTree usual = path(new int[] {1, 2});
    SegmentTree other =
        new SegmentTree(usual.segments(), usual.parents(), usual.ends(), new int[] {1});
    assertThat(keys.of(read(other))).isNotEqualTo(keys.of(read(usual)));
  }

  @Test
  void whatElseAScoreDependsOnIsPartOfItsKeyAndNothingMore() {
    List<ModelDescription> others =
        List.of(
            with("cafe", List.of("reward"), "fp32", "h[0:1]"),
            with("f00d", List.of("a", "b"), "fp32", "h[0:1]"),
            with("f00d", List.of("reward"), "bf16", "h[0:1]"),
            with("f00d", List.of("reward"), "fp32", "h[5:6]"));
    SegmentTree tree = path(new int[] {1, 2, 3});
    Set<PromptKey> all = new HashSet<>(keys(MODEL).of(read(tree)));
    List<String> texts = new ArrayList<>(List.of(ScoreIdentity.of(MODEL).text()));
    for (ModelDescription other : others) {
      all.addAll(keys(other).of(read(tree)));
      texts.add(ScoreIdentity.of(other).text());
    }
    assertThat(all).hasSize(others.size() + 1);
    assertThat(texts).doesNotHaveDuplicates();
    ModelDescription elsewhere =
        new ModelDescription(
            "/b",
            "f00d",
            "Qwen2",
            List.of("named"),
            99,
            "steerlm",
            "2025-01-01",
            "fp32",
            "h[0:1]",
            ModelReading.NONE);
    assertThat(keys(elsewhere).of(read(tree))).isEqualTo(keys(MODEL).of(read(tree)));
  }

  /** Each of its conversations at its end. */
  private static PreparedRow read(SegmentTree tree) {
    return new PreparedRow(tree, Collections.nCopies(tree.ends().length, 9), 0);
  }

  private static ModelDescription with(
      String fingerprint, List<String> attributes, String precision, String head) {
    return new ModelDescription(
        "/models/a",
        fingerprint,
        "Llama",
        attributes,
        512,
        "chat",
        "2024-07-26",
        precision,
        head,
        ModelReading.NONE);
  }

  @Test
  void keysAreOrderedAsUnsignedNumbers() {
    assertThat(new PromptKey(1, -1)).isLessThan(new PromptKey(-1, 0));
    assertThat(new PromptKey(1, 5)).isLessThan(new PromptKey(1, -5));
    assertThat(new PromptKey(1, 5)).isEqualByComparingTo(new PromptKey(1, 5));
  }
}
