package io.touchstone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Reward;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.TokenPath;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each distinct token once, and not a bit of a score changed by it. */
final class SharedTokensTest {
  private static final Path REFERENCES = Path.of("src/test/resources/references");
  private static final String[] WORDS =
      "river stone method value return signal copper window é 🍲 \n\n <|end|> 42 . , naïve the"
          .split(" ");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-causal",
        "llama-classifier",
        "mistral-classifier",
        "qwen2-causal",
        "qwen3-causal",
        "qwen3-classifier"
      })
  void sharingChangesNoBit(String name) {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    EngineScorerFactory one = factory(name, PromptChoice.CHAT, 1);
    EngineScorerFactory three = factory(name, PromptChoice.CHAT, 3);
    try (Scorer scorer = one.open();
        Scorer threaded = three.open()) {
      List<PreparedRow> rows = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        rows.add((PreparedRow) scorer.prepare(row(random)));
      }
      List<List<Reward>> alone =
          rows.stream().map(row -> rewards(scorer.score(List.of(row))).get(0)).toList();
      for (int i = 0; i < rows.size(); i++) {
        for (int c = 0; c < rows.get(i).paths().size(); c++) {
          TokenPath whole = uncut(rows.get(i).paths().get(c));
          PreparedRow single = PreparedRow.of(List.of(whole), 0);
          float apart = rewards(scorer.score(List.of(single))).get(0).get(0).values()[0];
          assertThat(alone.get(i).get(c).values()[0]).isCloseTo(apart, within(1e-4f));
        }
      }
      LoadResult all = scorer.score(rows);
      assertSame(rewards(all), alone);
      assertThat(all.computedTokens()).isEqualTo(distinctTokens(rows));
      for (int round = 0; round < 3; round++) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, random);
        List<Integer> some = order.subList(0, 1 + random.nextInt(order.size()));
        Scorer either = round % 2 == 0 ? threaded : scorer;
        assertSame(
            rewards(either.score(some.stream().map(rows::get).toList())),
            some.stream().map(alone::get).toList());
      }
    }
  }

  @Test
  void candidatesShareTheirPrompt() {
    try (Scorer scorer = factory("llama-causal", PromptChoice.CHAT, 1).open()) {
      String prompt = "Tell me of the river and the stone. ".repeat(20);
      List<Conversation> candidates =
          IntStream.range(0, 6).mapToObj(i -> conversation(prompt, "Answer " + i)).toList();
      PreparedRow row = (PreparedRow) scorer.prepare(candidates);
      int longest = row.paths().stream().mapToInt(TokenPath::tokens).max().getAsInt();
      assertThat(row.presentedTokens()).isGreaterThan(5L * longest);
      assertThat(row.distinctTokens()).isLessThan(longest + 5 * 16);
      // Another row of the same prompt adds its answer only.
      PreparedRow other =
          (PreparedRow) scorer.prepare(List.of(conversation(prompt, "Something else.")));
      long both = scorer.score(List.of(row, other)).computedTokens();
      assertThat(both).isLessThan(row.distinctTokens() + 24);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHAT", "STEERLM"})
  void onePassReadsAllLabelledTurns(PromptChoice prompt) {
    try (Scorer scorer = factory("llama-causal", prompt, 1).open()) {
      List<Turn> turns = new ArrayList<>();
      List<Conversation> labelled = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        turns.add(Turn.of(Role.USER, "Question " + i + " about the copper window, please."));
        turns.add(Turn.of(Role.ASSISTANT, "Answer " + i + " about the copper window, gladly."));
        labelled.add(new Conversation(turns));
      }
      PreparedRow row = (PreparedRow) scorer.prepare(labelled);
      int longest = row.paths().get(5).tokens();
      assertThat(row.presentedTokens()).isGreaterThan(3L * longest);
      // SteerLM's suffix follows each turn that is scored, and only that one.
      int apart = prompt == PromptChoice.STEERLM ? 5 : 0;
      assertThat(row.distinctTokens()).isLessThanOrEqualTo(longest + apart);
    }
  }

  @Test
  void rowsShareTheHeadOfTheTemplate() {
    try (Scorer scorer = factory("llama-causal", PromptChoice.STEERLM, 1).open()) {
      PreparedRow a = (PreparedRow) scorer.prepare(List.of(conversation("One thing", "Yes.")));
      PreparedRow b = (PreparedRow) scorer.prepare(List.of(conversation("Another", "No.")));
      int[] head = a.paths().get(0).segments().get(0);
      assertThat(b.paths().get(0).segments().get(0)).isEqualTo(head);
      assertThat(scorer.score(List.of(a, b)).computedTokens())
          .isEqualTo(a.distinctTokens() + b.distinctTokens() - head.length);
    }
  }

  private static EngineScorerFactory factory(String name, PromptChoice prompt, int threads) {
    return EngineScorerFactory.of(
        new EngineConfig(
            REFERENCES.resolve(name),
            prompt,
            0,
            List.of(),
            OptionalInt.empty(),
            LocalDate.of(2024, 7, 26),
            Precision.FP32,
            // The test counts what a single load computes.
            new Resources(threads, 0, 1 << 16)));
  }

  /** A row of some kind: labelled turns, candidates, or a single answer to a common question. */
  private static List<Conversation> row(Random random) {
    List<Turn> turns = new ArrayList<>();
    List<Conversation> conversations = new ArrayList<>();
    String common = "Tell me of the river and the copper window" + random.nextInt(3);
    for (int i = random.nextInt(4); i >= 0; i--) {
      turns.add(Turn.of(Role.USER, i == 0 ? common : words(random, 40)));
      turns.add(Turn.of(Role.ASSISTANT, words(random, 60)));
      if (random.nextBoolean() || i == 0) {
        conversations.add(new Conversation(turns));
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      turns.set(turns.size() - 1, Turn.of(Role.ASSISTANT, words(random, 200)));
      conversations.add(new Conversation(turns));
    }
    return conversations;
  }

  private static String words(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(5) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private static Conversation conversation(String prompt, String answer) {
    return new Conversation(List.of(Turn.of(Role.USER, prompt), Turn.of(Role.ASSISTANT, answer)));
  }

  private static TokenPath uncut(TokenPath path) {
    int[] ids = path.segments().stream().flatMapToInt(Arrays::stream).toArray();
    return new TokenPath(List.of(ids), path.promptTokens());
  }

  /** Nodes of the trie over the rows' segments, in tokens. */
  private static long distinctTokens(List<PreparedRow> rows) {
    Set<List<List<Integer>>> nodes = new HashSet<>();
    long tokens = 0;
    for (PreparedRow row : rows) {
      for (TokenPath path : row.paths()) {
        List<List<Integer>> prefix = new ArrayList<>();
        for (int[] segment : path.segments()) {
          prefix.add(Arrays.stream(segment).boxed().toList());
          tokens += nodes.add(List.copyOf(prefix)) ? segment.length : 0;
        }
      }
    }
    return tokens;
  }

  private static List<List<Reward>> rewards(LoadResult result) {
    List<List<Reward>> rewards = new ArrayList<>();
    for (Verdict verdict : result.verdicts()) {
      rewards.add(((Scored) verdict).rewards());
    }
    return rewards;
  }

  private static void assertSame(List<List<Reward>> found, List<List<Reward>> expected) {
    for (int i = 0; i < found.size(); i++) {
      for (int c = 0; c < found.get(i).size(); c++) {
        assertThat(found.get(i).get(c).values())
            .as("row %d, conversation %d", i, c)
            .containsExactly(expected.get(i).get(c).values());
      }
    }
  }
}
