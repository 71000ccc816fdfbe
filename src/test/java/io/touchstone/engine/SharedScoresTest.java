package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.batch.SegmentTree;
import io.touchstone.checkpoint.Checkpoint;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.engine.device.DeviceRule;
import io.touchstone.engine.device.Precision;
import io.touchstone.engine.device.Resources;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What rows and their conversations share is computed once, and no score is another for it. */
final class SharedScoresTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final String[] WORDS = {
    "so", " the", " answer", " is", "\n\n", "  ", "42", "?", " Ünïcode", " \uD83D\uDE00", "ing", "."
  };

  @TestFactory
  Stream<DynamicTest> sharingChangesNoScoreAndNoBit() throws IOException {
    try (Stream<Path> folders = Files.list(REFERENCES)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("tokenizer.json")))
          // Its prompts are read at two places, which one segment alone is not.
          .filter(folder -> !folder.endsWith("llama-gated"))
          .sorted()
          .flatMap(
              folder ->
                  Stream.of(PromptChoice.values())
                      .map(
                          prompt ->
                              DynamicTest.dynamicTest(
                                  folder.getFileName() + ", " + prompt.word(),
                                  () -> check(folder, prompt))))
          .toList()
          .stream();
    }
  }

  private static void check(Path folder, PromptChoice prompt) {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Scorer scorer = open(folder, prompt, 1);
        Scorer threaded = open(folder, prompt, 3)) {
      List<PreparedRow> rows = new ArrayList<>();
      for (List<Conversation> conversations : rows(random)) {
        // Some of the templates refuse a system's turn.
        if (rows.size() < 30 && scorer.prepare(conversations) instanceof PreparedRow row) {
          rows.add(row);
        }
      }
      assertThat(rows.size()).isEqualTo(30);
      List<List<float[]>> alone = new ArrayList<>();
      for (PreparedRow row : rows) {
        LoadResult result = scorer.score(List.of(row));
        alone.add(rewards(result).get(0));
        checkTokens(row, result);
        checkOneAtATime(scorer, row, alone.get(alone.size() - 1));
      }
      List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
      for (int round = 0; round < 4; round++) {
        List<Integer> some = round == 0 ? order : order.subList(0, 1 + random.nextInt(rows.size()));
        LoadResult result =
            (round % 2 == 0 ? scorer : threaded).score(some.stream().map(rows::get).toList());
        List<List<float[]>> found = rewards(result);
        for (int i = 0; i < some.size(); i++) {
          assertSame(found.get(i), alone.get(some.get(i)));
        }
        Collections.shuffle(order, random);
      }
    }
  }

  private static Scorer open(Path folder, PromptChoice prompt, int threads) {
    return EngineScorerFactory.of(
            new EngineConfig(
                folder,
                Checkpoint.Reading.defaults(),
                EngineConfig.Known.NOT,
                prompt,
                0,
                List.of(),
                OptionalInt.empty(),
                EngineConfig.TEMPLATE_DATE,
                Precision.FP32,
                new DeviceRule.Cpu(),
                // A load of its own for all rows: the test counts what it computes.
                new Resources(threads, 0, 1 << 16)))
        .open();
  }

  private static List<List<float[]>> rewards(LoadResult result) {
    return result.verdicts().stream()
        .map(verdict -> ((Scored) verdict).rewards().stream().map(r -> r.values()).toList())
        .toList();
  }

  private static void assertSame(List<float[]> found, List<float[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).as("conversation %d", i).containsExactly(expected.get(i));
    }
  }

  /** Against each conversation by itself, in one segment. */
  private static void checkOneAtATime(Scorer scorer, PreparedRow row, List<float[]> shared) {
    for (int i = 0; i < shared.size(); i++) {
      int[] ids = ids(row.tree(), i);
      PreparedRow whole =
          new PreparedRow(
              new SegmentTree(
                  List.of(ids), new int[] {-1}, new int[] {0}, new int[] {row.tree().stretch(i)}),
              List.of(row.promptTokens().get(i)),
              0);
      float[] apart = rewards(scorer.score(List.of(whole))).get(0).get(0);
      for (int k = 0; k < apart.length; k++) {
        assertThat(Math.abs(shared.get(i)[k] - apart[k])).isLessThanOrEqualTo(1e-4f);
      }
    }
  }

  /**
   * Each distinct token once, but for up to seven where two conversations part; those of other
   * tables of positions are others.
   */
  private static void checkTokens(PreparedRow row, LoadResult result) {
    Set<Map.Entry<Integer, List<Integer>>> beginnings = new HashSet<>();
    int conversations = row.tree().ends().length;
    for (int i = 0; i < conversations; i++) {
      List<Integer> ids = Arrays.stream(ids(row.tree(), i)).boxed().toList();
      for (int length = 1; length <= ids.size(); length++) {
        beginnings.add(Map.entry(row.tree().stretch(i), ids.subList(0, length)));
      }
    }
    assertThat(result.computedTokens())
        .isEqualTo(row.tree().tokens())
        .isBetween((long) beginnings.size(), beginnings.size() + 7L * (conversations - 1));
  }

  private static int[] ids(SegmentTree tree, int conversation) {
    List<int[]> path = new ArrayList<>();
    for (int s = tree.ends()[conversation]; s >= 0; s = tree.parents()[s]) {
      path.add(0, tree.segments().get(s));
    }
    return path.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** Rows of every kind, some of which begin like one before them. */
  private static List<List<Conversation>> rows(Random random) {
    List<List<Conversation>> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      List<Turn> turns = chat(random);
      if (i > 0 && random.nextInt(3) == 0) {
        List<Conversation> other = rows.get(random.nextInt(i));
        List<Turn> known = other.get(0).turns();
        turns = new ArrayList<>(known.subList(0, known.size() - 1));
        turns.add(said(Role.ASSISTANT, random));
      }
      rows.add(
          switch (i % 4) {
            case 0 -> List.of(new Conversation(turns));
            case 1 -> answers(turns, 2 + random.nextInt(5), random);
            case 2 -> labelled(turns);
            default -> List.of(new Conversation(turns), parted(turns, random));
          });
    }
    return rows;
  }

  private static List<Turn> chat(Random random) {
    List<Turn> turns = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      turns.add(Turn.of(Role.SYSTEM, "be kind and helpful"));
    }
    for (int pair = 1 + random.nextInt(4); pair > 0; pair--) {
      turns.add(said(Role.USER, random));
      turns.add(said(Role.ASSISTANT, random));
    }
    return turns;
  }

  private static Turn said(Role role, Random random) {
    StringBuilder text = new StringBuilder();
    for (int word = random.nextInt(1 << random.nextInt(7)); word > 0; word--) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return Turn.of(role, text.toString());
  }

  private static List<Conversation> answers(List<Turn> turns, int count, Random random) {
    List<Conversation> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Turn> own = new ArrayList<>(turns.subList(0, turns.size() - 1));
      Turn last = turns.get(turns.size() - 1);
      String more = said(Role.ASSISTANT, random).text();
      own.add(Turn.of(Role.ASSISTANT, random.nextBoolean() ? more : last.text() + more));
      answers.add(new Conversation(own));
    }
    return answers;
  }

  private static List<Conversation> labelled(List<Turn> turns) {
    return IntStream.range(0, turns.size())
        .filter(i -> turns.get(i).role() == Role.ASSISTANT)
        .mapToObj(i -> new Conversation(turns.subList(0, i + 1)))
        .toList();
  }

  /** A turn somewhere and the answer are others, as in some pairs of transcripts. */
  private static Conversation parted(List<Turn> turns, Random random) {
    List<Turn> own = new ArrayList<>(turns);
    int at = random.nextInt(own.size());
    own.set(at, said(own.get(at).role(), random));
    own.set(own.size() - 1, said(Role.ASSISTANT, random));
    return new Conversation(own);
  }
}
