package io.touchstone.generation.judge;

import io.touchstone.conversation.Conversation;
import io.touchstone.generation.JudgementRule;
import io.touchstone.generation.recipe.Recipe;
import io.touchstone.scoring.Principle;
import io.touchstone.scoring.Question;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a judge is told, and how its rewards come of what it writes.
 *
 * @param recipe of the prompt, in which {@code {prompt}} is the conversation in front of the scored
 *     answer
 * @param question the recipe as text, with the principles that it takes
 * @param rule by which a vote is read
 * @param words the texts of the two tokens that the rule reads
 * @param missing the vote of a judgement that is not there; null where it is left out
 */
public record Judge(
    Recipe recipe, Question question, JudgementRule rule, Words words, @Nullable Double missing)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Texts of tokens.
   *
   * @param wanted makes a reward larger
   */
  public record Words(String wanted, String unwanted) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param principles of the call; none where the recipe has no place for them, or rows bring
   *     theirs
   */
  public static Judge of(
      Recipe recipe,
      List<Principle> principles,
      JudgementRule rule,
      Words words,
      @Nullable Double missing) {
    return new Judge(recipe, new Question(recipe.text(), principles), rule, words, missing);
  }

  /**
   * The texts of the principles that a conversation is judged by, one for each of its prompts; one
   * without a meaning where the recipe has no place for it.
   *
   * @param own principles of its row, in place of the call's; empty for these
   */
  List<String> principles(List<String> own) {
    return question.takesPrinciples() ? question.judgedBy(own) : List.of("");
  }

  /** What is put before the judge about the last turn of a conversation. */
  Conversation prompt(Conversation scored, String principle) {
    return recipe.about(scored, Map.of("principle", principle));
  }
}
