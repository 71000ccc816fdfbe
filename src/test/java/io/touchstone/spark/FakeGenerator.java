package io.touchstone.spark;

import io.touchstone.conversation.Turn;
import io.touchstone.generation.Answer;
import io.touchstone.generation.AnsweredPrompt;
import io.touchstone.generation.Finish;
import io.touchstone.generation.GenerationSession;
import io.touchstone.generation.Generator;
import io.touchstone.generation.Prompt;
import io.touchstone.generation.PromptPreparation;
import io.touchstone.generation.PromptPreparation.PreparedPrompt;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.ScorerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of a prompt are characters, an answer follows from them, its id and the sample alone, and
 * takes as many passes as it has tokens: rows end in another order than they begin.
 */
final class FakeGenerator implements Generator {

  private final FakeGeneratorFactory recipe;
  private final AtomicLong answered;

  /**
   * @param answered counts rows that were answered
   */
  FakeGenerator(FakeGeneratorFactory recipe, AtomicLong answered) {
    this.recipe = recipe;
    this.answered = answered;
  }

  @Override
  public PromptPreparation prepare(Prompt prompt) {
    String text =
        prompt.conversation().turns().stream()
            .map(Turn::text)
            .collect(Collectors.joining("\u0001"));
    recipe.harm().beforePreparing(prompt.conversation());
    int[] ids = text.codePoints().toArray();
    if (ids.length > FakeGeneratorFactory.MOST_TOKENS) {
      return new PromptPreparation.Unpreparable(
          new Rejected(
              "too-many-tokens",
              "expected at most "
                  + FakeGeneratorFactory.MOST_TOKENS
                  + " tokens, found "
                  + ids.length));
    }
    return new PreparedPrompt(prompt, ids, false, 0);
  }

  /** What a prompt is answered with. */
  private static Answer answer(PreparedPrompt prompt, int sample) {
    int hash =
        Arrays.hashCode(prompt.ids()) * 31
            + prompt.prompt().id().map(String::hashCode).orElse(0) * 17
            + sample * 7919;
    int tokens = 1 + Math.floorMod(hash, 13);
    Finish finish = Finish.values()[Math.floorMod(hash / 13, 3)];
    boolean cut = finish == Finish.LENGTH && hash % 2 == 0;
    String thought = hash % 5 == 0 || cut ? "thought " + tokens : null;
    return new Answer(
        cut ? null : "answer \"" + Integer.toHexString(hash) + "\" \u00e9\ud83d\ude00\n",
        thought,
        finish,
        tokens,
        -hash / 1000.0);
  }

  private List<Answer> answers(PreparedPrompt prompt) {
    List<Answer> answers = new ArrayList<>();
    for (int sample = 0; sample < recipe.samples(); sample++) {
      answers.add(answer(prompt, sample));
    }
    return answers;
  }

  @Override
  public GenerationSession session() {
    return new Session();
  }

  @Override
  public void close() {}

  private final class Session implements GenerationSession {
    private final Map<PreparedPrompt, List<Answer>> alive = new LinkedHashMap<>();
    private final Map<PreparedPrompt, Integer> passes = new LinkedHashMap<>();
    private @Nullable RuntimeException failure;
    private long generated;
    private long presented;
    private long computed;

    @Override
    public boolean hasRoom() {
      return alive.size() < recipe.room();
    }

    @Override
    public void start(PreparedPrompt prompt) {
      alive.put(prompt, answers(prompt));
      passes.put(prompt, 0);
      presented += (long) recipe.samples() * prompt.ids().length;
      computed += prompt.ids().length;
    }

    @Override
    public List<AnsweredPrompt> await() throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(recipe.passMillis());
      try {
        alive.keySet().forEach(prompt -> recipe.harm().beforePass(prompt));
      } catch (RuntimeException e) {
        failure = e;
      }
      if (failure != null) {
        // As where a pass is shared: nothing is left of the rows, and the session is over.
        throw new ScorerException("generation failed: " + failure.getMessage(), failure);
      }
      List<AnsweredPrompt> done = new ArrayList<>();
      for (Iterator<PreparedPrompt> each = alive.keySet().iterator(); each.hasNext(); ) {
        PreparedPrompt prompt = each.next();
        List<Answer> answers = alive.get(prompt);
        int pass = passes.merge(prompt, 1, Integer::sum);
        generated += answers.stream().filter(answer -> answer.tokens() >= pass).count();
        if (answers.stream().allMatch(answer -> answer.tokens() <= pass)) {
          done.add(new AnsweredPrompt.Answered(prompt, answers));
          answered.incrementAndGet();
          each.remove();
        }
      }
      return done;
    }

    @Override
    public AnsweredPrompt alone(PreparedPrompt prompt) {
      recipe.harm().beforePass(prompt);
      List<Answer> answers = answers(prompt);
      answers.forEach(answer -> generated += answer.tokens());
      presented += (long) recipe.samples() * prompt.ids().length;
      computed += prompt.ids().length;
      answered.incrementAndGet();
      return new AnsweredPrompt.Answered(prompt, answers);
    }

    @Override
    public Counts counts() {
      return new Counts(alive.size(), generated, presented, computed, 1_000 * generated);
    }

    @Override
    public void close() {
      alive.clear();
    }
  }
}
