package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.engine.device.ThisProcessor;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.prompt.OverLong;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An encoder's score has the same bits whatever is scored with it, on any number of threads. */
final class EncoderBitsTest {
  private static final int ROWS = 24;
  private static final int MOST_TOKENS = 700;

  @TestFactory
  Stream<DynamicTest> companyChangesNoBit() {
    return EncoderFolders.all()
        .flatMap(
            folder ->
                Stream.of(Precision.values())
                    .map(
                        precision ->
                            DynamicTest.dynamicTest(
                                folder.getFileName() + ", " + precision.word(),
                                () -> check(folder, precision))));
  }

  private static void check(Path folder, Precision precision) {
    ThisProcessor.assumeHas(precision);
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Scorer scorer = open(folder, precision, 1);
        Scorer threaded = open(folder, precision, 3)) {
      List<PreparedRow> rows = new ArrayList<>();
      while (rows.size() < ROWS) {
        // Many short ones, and some that are several blocks of queries long.
        int words = random.nextInt(4) == 0 ? 400 : 12;
        rows.add((PreparedRow) scorer.prepare(List.of(conversation(random, words))));
      }
      List<float[]> alone = new ArrayList<>();
      for (PreparedRow row : rows) {
        alone.add(rewards(scorer.score(List.of(row))).get(0));
      }
      List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
      for (int round = 0; round < 4; round++) {
        Collections.shuffle(order, random);
        List<Integer> some = order.subList(0, 1 + random.nextInt(ROWS));
        LoadResult result =
            (round % 2 == 0 ? scorer : threaded).score(some.stream().map(rows::get).toList());
        for (int i = 0; i < some.size(); i++) {
          assertThat(rewards(result).get(i)).containsExactly(alone.get(some.get(i)));
        }
      }
    }
  }

  @Test
  void computesEqualTextsOnce() {
    Path folder = EncoderFolders.folder("bert-answer");
    try (Scorer scorer = open(folder, Precision.FP32, 1)) {
      PreparedRow one = row(scorer, "What?", "It is so.");
      PreparedRow same = row(scorer, "Another question", "It is so.");
      PreparedRow other = row(scorer, "What?", "It is not.");
      LoadResult result = scorer.score(List.of(one, same, other));
      assertThat(result.computedTokens())
          .isEqualTo((long) one.distinctTokens() + other.distinctTokens());
      assertThat(rewards(result).get(0)).containsExactly(rewards(result).get(1));
      assertThat(rewards(result).get(2)[0]).isNotEqualTo(rewards(result).get(0)[0]);
    }
  }

  private static PreparedRow row(Scorer scorer, String question, String answer) {
    return (PreparedRow)
        scorer.prepare(
            List.of(
                new Conversation(
                    List.of(Turn.of(Role.USER, question), Turn.of(Role.ASSISTANT, answer)))));
  }

  private static Scorer open(Path folder, Precision precision, int threads) {
    String name = folder.getFileName().toString();
    boolean unlimited = name.matches("(deberta|curator|modernbert).*");
    return FolderScorers.of(
            EncoderFolders.config(
                    folder,
                    unlimited ? OptionalInt.of(MOST_TOKENS) : OptionalInt.empty(),
                    precision,
                    new Resources(threads, 0, 0))
                .with(EncoderFolders.wishes(EncoderFolders.encode(name), OverLong.CUT)))
        .open();
  }

  private static Conversation conversation(Random random, int words) {
    return new Conversation(
        List.of(
            Turn.of(Role.USER, text(random, words)), Turn.of(Role.ASSISTANT, text(random, words))));
  }

  private static String text(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int w = random.nextInt(words); w >= 0; w--) {
      text.append((char) ('a' + random.nextInt(26))).append(random.nextInt(9)).append(' ');
    }
    return text.toString();
  }

  private static List<float[]> rewards(LoadResult result) {
    return result.verdicts().stream()
        .map(verdict -> ((Scored) verdict).rewards().get(0).values())
        .toList();
  }
}
