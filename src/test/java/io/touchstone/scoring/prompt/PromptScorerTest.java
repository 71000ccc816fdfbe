package io.touchstone.scoring.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.batch.PackedLoad;
import io.touchstone.conversation.Conversation;
import io.touchstone.conversation.Role;
import io.touchstone.conversation.Turn;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.ForwardPass;
import io.touchstone.scoring.LoadResult;
import io.touchstone.scoring.MemoryPlan;
import io.touchstone.scoring.Preparation;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.ReadOut;
import io.touchstone.scoring.Scorer;
import io.touchstone.template.ChatPrompt;
import io.touchstone.template.jinja.ChatTemplate;
import io.touchstone.template.jinja.TemplateLimits;
import io.touchstone.tokenizer.SpecialTokens;
import io.touchstone.tokenizer.TextsWithout;
import io.touchstone.tokenizer.Tokenizer;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PromptScorerTest {
  private static final String TEMPLATE =
      "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('No system message') }}"
          + "{% endif %}[{{ m.content }}]{% endfor %}";

  private static final MemoryPlan AMPLE = new MemoryPlan(1_000 + 10 * 200, 1_000, 10, 50);

  @Test
  void rejectsWhatTheTemplateRefuses() {
    assertThat(rejected(scorer(), conversation("hidden", Role.SYSTEM)))
        .isEqualTo(
            new Rejected(
                "template-error", "chat template, line 1: the template raised: No system message"));
  }

  @Test
  void rejectsMoreTokensThanTheLimitWithBothNumbers() {
    assertThat(rejected(scorer(), conversation("x".repeat(99), Role.USER)))
        .isEqualTo(new Rejected("too-many-tokens", "expected at most 100 tokens, found 105"));
    assertThat(rejected(scorer(), conversation("x".repeat(30_000), Role.USER)))
        .isEqualTo(
            new Rejected(
                "too-many-tokens",
                "expected at most 100 tokens, found a prompt of 30006 characters, more than 256"
                    + " for each"));
  }

  @Test
  void rejectsWhatFitsNoMemoryWithBothNumbers() {
    Counting small = new Counting(new MemoryPlan(1_000 + 10 * 60, 1_000, 10, 50));
    assertThat(
            rejected(
                scorer(new ReadOut.LastToken(), small), conversation("x".repeat(70), Role.USER)))
        .isEqualTo(
            new Rejected(
                "too-large-for-memory",
                "expected at most 60 tokens, which fit 1600 bytes of memory, found 76, which take"
                    + " 1760"));
  }

  @Test
  void namesTheConversationOfARowThatHasSeveral() {
    Preparation preparation =
        scorer()
            .prepare(
                List.of(conversation("ok", Role.USER), conversation("x".repeat(99), Role.USER)));
    assertThat(preparation)
        .isEqualTo(
            new Preparation.Unpreparable(
                new Rejected(
                    "too-many-tokens",
                    "conversation 1 of the row: expected at most 100 tokens, found 105")));
  }

  @Test
  void rejectsTokensThatTheModelDoesNotKnow() {
    assertThat(rejected(scorer(), conversation("é", Role.USER)))
        .isEqualTo(
            new Rejected(
                "unknown-token",
                "expected token ids below the model's vocab_size, 128, found 233"));
  }

  @Test
  void rejectsWhatTheTokenizerTakesForACommand() {
    Scorer scorer =
        scorer(
            new ReadOut.LastToken(),
            new TextsWithout("<FILL>", new Characters()),
            new Counting(AMPLE));
    assertThat(rejected(scorer, conversation("a<FILL>b", Role.USER)))
        .isEqualTo(
            new Rejected(
                "tokenizer-error",
                "expected no <FILL>, which asks transformers for infilling, found one"));
    assertThat(scorer.prepare(List.of(conversation("ab", Role.USER))))
        .isInstanceOf(PreparedRow.class);
  }

  @Test
  void rejectsARewardThatIsNoNumber() {
    Scorer scorer = scorer();
    PreparedRow good = (PreparedRow) scorer.prepare(List.of(conversation("good", Role.USER)));
    PreparedRow bad = (PreparedRow) scorer.prepare(List.of(conversation("NaN", Role.USER)));
    LoadResult result = scorer.score(List.of(good, bad, good));
    assertThat(result.verdicts().get(0)).isInstanceOf(Scored.class);
    assertThat(result.verdicts().get(1))
        .isEqualTo(
            new Rejected("not-finite", "expected a finite reward from the model, found NaN"));
    assertThat(result.verdicts().get(2)).isInstanceOf(Scored.class);
  }

  @Test
  void readsBeforeTrailingPadTokensAndDoesNotComputeThem() {
    Scorer scorer = scorer(new ReadOut.LastTokenBesides(']'));
    PreparedRow row = (PreparedRow) scorer.prepare(List.of(conversation("good", Role.USER)));
    assertThat(row.presentedTokens()).isEqualTo(10);
    assertThat(row.distinctTokens()).isEqualTo(9);
    assertThat(new ReadOut.LastTokenBesides(1).length(new int[] {1, 1, 1})).isEqualTo(1);
    ReadOut before = new ReadOut.TokenBefore(1);
    assertThat(before.length(new int[] {7, 8, 1, 9, 1})).isEqualTo(2);
    assertThat(before.length(new int[] {7, 8, 9})).isEqualTo(3);
    assertThat(before.length(new int[] {1, 8, 1})).isEqualTo(3);
  }

  @Test
  void splitsARowThatIsMoreThanALoad() {
    Counting forward = new Counting(AMPLE);
    Scorer scorer = scorer(new ReadOut.LastToken(), forward);
    List<Conversation> candidates = new ArrayList<>();
    for (char c = 'a'; c <= 'z'; c++) {
      candidates.add(conversation(String.valueOf(c).repeat(20), Role.USER));
    }
    PreparedRow row = (PreparedRow) scorer.prepare(candidates);
    LoadResult result = scorer.score(List.of(row));
    assertThat(((Scored) result.verdicts().get(0)).rewards()).hasSize(26);
    assertThat(forward.loads).allMatch(tokens -> tokens <= 50).hasSizeGreaterThan(1);
    assertThat(result.computedTokens())
        .isEqualTo(forward.loads.stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void countsSpecialTokensThatATextSpells() {
    PreparedRow row =
        (PreparedRow) scorer().prepare(List.of(conversation("<eot> and <eot><bos>", Role.USER)));
    assertThat(row.specialTokensInText()).isEqualTo(3);
  }

  private static Rejected rejected(Scorer scorer, Conversation conversation) {
    return ((Preparation.Unpreparable) scorer.prepare(List.of(conversation))).rejected();
  }

  private static Conversation conversation(String text, Role role) {
    return new Conversation(List.of(Turn.of(role, text), Turn.of(Role.ASSISTANT, "ok")));
  }

  private static Scorer scorer() {
    return scorer(new ReadOut.LastToken());
  }

  private static Scorer scorer(ReadOut readOut) {
    return scorer(readOut, new Counting(AMPLE));
  }

  private static Scorer scorer(ReadOut readOut, ForwardPass forwardPass) {
    return scorer(readOut, new Characters(), forwardPass);
  }

  private static Scorer scorer(ReadOut readOut, Tokenizer tokenizer, ForwardPass forwardPass) {
    ChatTemplate template =
        ChatTemplate.compile(
            TEMPLATE, TemplateLimits.defaults(), LocalDateTime.of(2026, 1, 1, 0, 0));
    return new PromptScorer(
        new PromptScorer.Prompting(
            new ChatPrompt(template, Optional.empty(), Map.of()),
            tokenizer,
            new SpecialTokens(List.of("<eot>", "<bos>")),
            readOut,
            100,
            128,
            tokens -> 0),
        forwardPass);
  }

  private record Characters() implements Tokenizer {
    @Override
    public int[] encode(String text) {
      return text.codePoints().toArray();
    }

    @Override
    public String decode(int[] ids) {
      return new String(ids, 0, ids.length);
    }

    @Override
    public void close() {}
  }

  /** The reward is the number of tokens read, or NaN where the prompt spells it. */
  private static final class Counting implements ForwardPass {
    final List<Integer> loads = new ArrayList<>();
    final MemoryPlan memory;

    Counting(MemoryPlan memory) {
      this.memory = memory;
    }

    @Override
    public float[][] score(PackedLoad load) {
      loads.add(load.tokens());
      String text = new String(load.ids(), 0, load.ids().length);
      int nan = text.indexOf("NaN");
      float[][] rewards = new float[load.readOuts().length][];
      for (int r = 0; r < rewards.length; r++) {
        int segment = load.segmentOf(load.readOuts()[r]);
        boolean spelled = nan >= 0 && load.segmentOf(nan) == segment;
        rewards[r] = new float[] {spelled ? Float.NaN : load.readOuts()[r]};
      }
      return rewards;
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public MemoryPlan memory() {
      return memory;
    }

    @Override
    public void close() {}
  }
}
