package io.touchstone.scoring.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.batch.TokenTrie;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.format.ReadRules;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.format.ScoreFields;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.reward.Attributes;
import io.touchstone.reward.LabelStyle;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import io.touchstone.reward.Verdict;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.ScoreIdentity;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.prompt.PromptKeys;
import io.touchstone.selection.formula.Formula;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows of which some scores are known. */
final class RecallTest {

  @Test
  void aRowWhoseScoresAreKnownIsWrittenWithoutBeingRun() throws IOException {
    Remembered known = new Remembered();
    Lines first = new Lines();
    List<String> rows = List.of(row("a", "b"), row("c"), row("a", "d"));
    AnnotationTotals cold = annotate(rows, first, known, new Characters(1_000));
    assertThat(cold.known()).isEqualTo(new KnownTotals(0, 0, 0, 4));

    Lines second = new Lines();
    Characters scorer = new Characters(1_000);
    AnnotationTotals warm = annotate(rows, second, known, scorer);
    assertThat(second.lines).isEqualTo(first.lines);
    assertThat(scorer.scored).isEmpty();
    assertThat(warm.computedTokens()).isZero();
    assertThat(warm.presentedTokens()).isEqualTo(cold.presentedTokens());
    assertThat(warm.scores()).isEqualTo(cold.scores());
    // Each row's conversations have "q:" in common.
    assertThat(warm.known()).isEqualTo(new KnownTotals(3, 5, 4 + 3 + 4, 0));
  }

  @Test
  void onlyTheNewConversationsOfARowAreRun() throws IOException {
    Remembered known = new Remembered();
    annotate(List.of(row("a", "b")), new Lines(), known, new Characters(1_000));
    Characters scorer = new Characters(1_000);
    Lines sink = new Lines();
    AnnotationTotals totals = annotate(List.of(row("x", "a", "y", "b", "z")), sink, known, scorer);
    assertThat(scorer.scored).containsExactly("q:x", "q:y", "q:z");
    Lines expected = new Lines();
    annotate(
        List.of(row("x", "a", "y", "b", "z")), expected, KnownScores.NONE, new Characters(1_000));
    assertThat(sink.lines).isEqualTo(expected.lines);
    assertThat(totals.known()).isEqualTo(new KnownTotals(0, 2, 2, 3));
  }

  @Test
  void aConversationOfAnEarlierLoadIsNotRunAgain() throws IOException {
    for (int rowsAtOnce : new int[] {1, 100}) {
      Remembered known = new Remembered(rowsAtOnce);
      Characters scorer = new Characters(4);
      List<String> rows = List.of(row("aa"), row("bb"), row("aa"), row("cc"), row("bb"));
      AnnotationTotals totals = annotate(rows, new Lines(), known, scorer);
      assertThat(scorer.scored).containsExactly("q:aa", "q:bb", "q:cc");
      assertThat(totals.known().rows()).isEqualTo(2);
      assertThat(totals.known().added()).isEqualTo(3);
    }
  }

  @Test
  void knownRowsTakeNoRoomInALoad() throws IOException {
    Remembered known = new Remembered(100);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      rows.add(row("known " + i));
    }
    annotate(rows, new Lines(), known, new Characters(10));
    rows.add(25, row("n"));
    rows.add(row("m"));
    Characters scorer = new Characters(10);
    annotate(rows, new Lines(), known, scorer);
    assertThat(scorer.scored).containsExactly("q:n", "q:m");
    assertThat(scorer.loads).isEqualTo(1);
  }

  @Test
  void aRejectedRowIsRememberedByNobody() throws IOException {
    Remembered known = new Remembered();
    List<String> rows = List.of(row("good", "poison"), row("unpreparable"));
    for (int night = 0; night < 2; night++) {
      Lines sink = new Lines();
      AnnotationTotals totals = annotate(rows, sink, known, new Characters(1_000));
      assertThat(sink.lines).containsExactly("rejected not-finite", "rejected too-many-tokens");
      assertThat(totals.known()).isEqualTo(KnownTotals.NONE);
    }
    assertThat(known.scores).isEmpty();
  }

  @Test
  void whateverIsKnownTheLinesAreTheSame() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String[] responses = new String[1 + random.nextInt(4)];
        Arrays.setAll(
            responses,
            r -> random.nextInt(30) == 0 ? "poison" : "abcdef".substring(random.nextInt(6)));
        rows.add(random.nextInt(20) == 0 ? "no row" : row(responses));
      }
      Lines expected = new Lines();
      annotate(rows, expected, KnownScores.NONE, new Characters(20));
      Remembered known = new Remembered(1 + random.nextInt(50));
      annotate(rows.subList(0, random.nextInt(40)), new Lines(), known, new Characters(20));
      Lines sink = new Lines();
      annotate(rows, sink, known, new Characters(1 + random.nextInt(60)));
      assertThat(sink.lines).isEqualTo(expected.lines);
    }
  }

  @Test
  void whatCannotBeLookedUpEndsTheWork() {
    Remembered broken =
        new Remembered() {
          @Override
          public Map<PromptKey, Reward> find(Collection<PromptKey> keys) throws IOException {
            throw new IOException("[run-1] the file is damaged");
          }
        };
    assertThatThrownBy(() -> annotate(List.of(row("a")), new Lines(), broken, new Characters(10)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("[run-1] the file is damaged");
  }

  @Test
  void aKnownScoreWhoseScalarIsUndefinedRejectsItsRow() throws IOException {
    Remembered known = new Remembered();
    List<String> rows = List.of(row("a", "b"), row("c"));
    annotate(rows, new Lines(), known, new Characters(1_000));
    float ofA = "q:a".hashCode() % 1_000 / 8f;
    Lines sink = new Lines();
    Characters scorer = new Characters(1_000);
    AnnotationTotals totals =
        new Annotator(
                scorer,
                new RowReader(
                        FormatTable.CANDIDATES, ReadRules.ALL, new ScoreFields(null, "inverse"))
                    ::read,
                new RewardText(
                    new Attributes(List.of("helpfulness")),
                    LabelStyle.FLOAT,
                    null,
                    Formula.parse("1/(helpfulness-(" + ofA + "))")::of),
                known)
            .annotate(lines(rows).iterator(), sink);
    assertThat(scorer.scored).isEmpty();
    assertThat(sink.lines).hasSize(2).first().isEqualTo("rejected not-finite");
    assertThat(sink.lines.get(1)).contains("\"inverse\": [");
    assertThat(totals.out()).isEqualTo(1);
    assertThat(totals.rejectedLines()).isEqualTo(1);
  }

  private static AnnotationTotals annotate(
      List<String> rows, Lines sink, KnownScores known, Scorer scorer) throws IOException {
    return new Annotator(
            scorer,
            new RowReader(FormatTable.CANDIDATES)::read,
            new RewardText(new Attributes(List.of("helpfulness")), LabelStyle.FLOAT, null, null),
            known)
        .annotate(lines(rows).iterator(), sink);
  }

  private static List<RawLine> lines(List<String> rows) {
    List<RawLine> lines = new ArrayList<>();
    for (String row : rows) {
      lines.add(new RawLine.Whole("file", 0, row.getBytes(StandardCharsets.UTF_8)));
    }
    return lines;
  }

  private static String row(String... responses) {
    return "{\"prompt\": \"q:\", \"responses\": [\"" + String.join("\", \"", responses) + "\"]}";
  }

  private static final class Lines implements AnnotationSink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void enriched(byte[] line) {
      lines.add(new String(line, StandardCharsets.UTF_8));
    }

    @Override
    public void rejected(RawLine line, Rejected why) {
      lines.add("rejected " + why.kind());
    }

    @Override
    public void progress(AnnotationTotals soFar) {}
  }

  /** In memory; what is published is known to whoever asks. */
  @Test
  void whatAScorerThatWritesHasGivenIsKeptAfterEachLoad() throws IOException {
    List<String> rows = List.of(row("a"), row("b"), row("c"));
    int[] published = new int[2];
    for (boolean writes : new boolean[] {false, true}) {
      Remembered known =
          new Remembered() {
            @Override
            public void publish() {
              published[writes ? 1 : 0]++;
            }
          };
      Characters scorer = new Characters(3, writes);
      annotate(rows, new Lines(), known, scorer);
      assertThat(scorer.loads).isEqualTo(3);
    }
    assertThat(published).containsExactly(1, 4);
  }

  private static class Remembered implements KnownScores {
    final Map<PromptKey, Reward> scores = new HashMap<>();
    private final PromptKeys keys = new PromptKeys(new ScoreIdentity("test\n", 1));
    private final int rowsAtOnce;

    Remembered() {
      this(3);
    }

    Remembered(int rowsAtOnce) {
      this.rowsAtOnce = rowsAtOnce;
    }

    @Override
    public int rowsAtOnce() {
      return rowsAtOnce;
    }

    @Override
    public List<PromptKey> keys(PreparedRow row) {
      return keys.of(row.tree());
    }

    @Override
    public synchronized Map<PromptKey, Reward> find(Collection<PromptKey> sought)
        throws IOException {
      Map<PromptKey, Reward> found = new HashMap<>(scores);
      found.keySet().retainAll(sought);
      return found;
    }

    @Override
    public synchronized Optional<Reward> recent(PromptKey key) {
      return Optional.ofNullable(scores.get(key));
    }

    @Override
    public void tell(PromptKey key, Reward reward) {}

    @Override
    public synchronized boolean remember(PromptKey key, Reward reward) {
      return scores.put(key, reward) == null;
    }

    @Override
    public void publish() {}

    @Override
    public void close() {}
  }

  /** Tokens are characters; the reward is a hash of them. */
  private static final class Characters implements Scorer {
    final List<String> scored = new ArrayList<>();
    int loads;
    private final int loadTokens;
    private final boolean writes;

    Characters(int loadTokens) {
      this(loadTokens, false);
    }

    Characters(int loadTokens, boolean writes) {
      this.loadTokens = loadTokens;
      this.writes = writes;
    }

    @Override
    public boolean writes() {
      return writes;
    }

    @Override
    public Preparation prepare(List<Conversation> conversations) {
      TokenTrie trie = new TokenTrie(conversations.size());
      List<Integer> tokens = new ArrayList<>();
      for (int i = 0; i < conversations.size(); i++) {
        StringBuilder text = new StringBuilder();
        conversations.get(i).turns().forEach(turn -> text.append(turn.text()));
        if (text.indexOf("unpreparable") >= 0) {
          return new Preparation.Unpreparable(new Rejected("too-many-tokens", "too many"));
        }
        trie.add(i, text.chars().toArray(), List.of());
        tokens.add(text.length());
      }
      return new PreparedRow(trie.cut(1), tokens, 0);
    }

    @Override
    public LoadResult score(List<PreparedRow> rows) {
      loads++;
      List<Verdict> verdicts = new ArrayList<>();
      long tokens = 0;
      for (PreparedRow row : rows) {
        tokens += row.distinctTokens();
        List<Reward> rewards = new ArrayList<>();
        boolean poisoned = false;
        for (int c = 0; c < row.promptTokens().size(); c++) {
          StringBuilder text = new StringBuilder();
          row.tree().path(c).forEach(ids -> text.append(new String(ids, 0, ids.length)));
          scored.add(text.toString());
          poisoned |= text.indexOf("poison") >= 0;
          rewards.add(new Reward(new float[] {text.toString().hashCode() % 1_000 / 8f}));
        }
        verdicts.add(poisoned ? new Rejected("not-finite", "found NaN") : new Scored(rewards));
      }
      return new LoadResult(verdicts, tokens, 0);
    }

    @Override
    public int loadTokens() {
      return loadTokens;
    }

    @Override
    public void close() {}
  }
}
