package io.touchstone.scoring;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What scores depend on, known before any weight is read.
 *
 * @param fingerprint changes when the checkpoint's weights, configuration, tokenizer or template do
 * @param architecture as {@code config.json} names it
 * @param attributes names of the model's outputs, in its order, or of the principles it is asked
 *     about
 * @param maxTokens the most tokens that one conversation may have
 * @param prompt how conversations become text: {@code chat} or {@code steerlm}, or what {@link
 *     #answered} and {@link #judged} make of it
 * @param precision of the arithmetic: the factors' type, and the kind of device unless it is a CPU
 * @param head what of the checkpoint is read out: a tensor's rows
 * @param question what is asked behind each scored answer; of a judge its recipe
 * @param reading how its folder was understood
 */
public record ModelDescription(
    String path,
    String fingerprint,
    String architecture,
    List<String> attributes,
    int maxTokens,
    String prompt,
    String templateDate,
    String precision,
    String head,
    Question question,
    ModelReading reading)
    implements Serializable {

  private static final String ANSWERED = ", answered";
  private static final String JUDGED = ", judged";

  /** The word of a prompt that ends where an answer begins. */
  public static String answered(String prompt) {
    return prompt + ANSWERED;
  }

  /** The word of a prompt to which a judge answers with a judgement. */
  public static String judged(String prompt) {
    return prompt + JUDGED;
  }

  public ModelDescription {
    attributes = List.copyOf(attributes);
  }

  /** Of a model that is asked nothing. */
  public ModelDescription(
      String path,
      String fingerprint,
      String architecture,
      List<String> attributes,
      int maxTokens,
      String prompt,
      String templateDate,
      String precision,
      String head,
      ModelReading reading) {
    this(
        path,
        fingerprint,
        architecture,
        attributes,
        maxTokens,
        prompt,
        templateDate,
        precision,
        head,
        Question.NONE,
        reading);
  }

  /** Whether it is read in an answer, and not at the conversation's end. */
  public boolean isAsked() {
    return prompt.endsWith(ANSWERED) || isJudged();
  }

  /** Whether it writes a judgement, which is read. */
  public boolean isJudged() {
    return isJudged(prompt);
  }

  /** Whether a judge answers to a prompt of this word. */
  public static boolean isJudged(String prompt) {
    return prompt.endsWith(JUDGED);
  }

  /** Values of the score that a prompt gets: a model that is asked gives one to each question. */
  public int outputs() {
    return question.takesPrinciples() ? 1 : attributes.size();
  }

  /**
   * Names of the outputs for people, and of what rows' own principles are counted under; those that
   * rows have are the attributes.
   */
  public List<String> shownNames() {
    List<String> names = reading.shownNames().isEmpty() ? attributes : reading.shownNames();
    return question.takesPrinciples()
        ? Stream.concat(names.stream(), Stream.of("principles of the rows' own")).toList()
        : names;
  }
}
