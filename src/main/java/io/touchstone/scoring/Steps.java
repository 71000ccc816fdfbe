package io.touchstone.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How answers are shown to a model that judges their steps, and where each step is read.
 *
 * @param separator where an answer's text is cut into steps; empty where a model judges no steps
 * @param token a text that is one token, put behind each step, which is read there; empty for none
 * @param answers two texts of a token each, whose logits are read: the first is a good step's;
 *     empty where the model has a head for steps
 */
public record Steps(String separator, String token, List<String> answers) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of a model that judges whole answers. */
  public static final Steps NONE = new Steps("", "", List.of());

  /** What stands behind a step. */
  public enum Layout {
    /** Its token; in front of the separator where that stays. */
    TOKEN,
    /** A turn of the assistant's, the good answer: each step is the user's turn before it. */
    TURN,
    /** The separator, at whose last token the step is read. */
    SEPARATOR
  }

  public Steps {
    answers = List.copyOf(answers);
    boolean none = separator.isEmpty();
    if (none && !(token.isEmpty() && answers.isEmpty())
        || !answers.isEmpty() && answers.size() != 2) {
      throw new IllegalArgumentException(
          "steps: expected a separator, and two answers or none, found '"
              + separator
              + "' and "
              + answers);
    }
  }

  /**
   * Where answers are cut, and where their steps are read, in one line; the same for equal ones.
   */
  @Override
  public String toString() {
    String told = "cut at " + shown(separator);
    if (!token.isEmpty()) {
      told += ", read at " + shown(token);
    }
    return answers.isEmpty()
        ? told
        : told + ", answered " + shown(answers.get(0)) + " or " + shown(answers.get(1));
  }

  private static String shown(String text) {
    return "'"
        + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("'", "\\'")
        + "'";
  }

  public boolean areJudged() {
    return !separator.isEmpty();
  }

  public Layout layout() {
    return !token.isEmpty() ? Layout.TOKEN : answers.isEmpty() ? Layout.SEPARATOR : Layout.TURN;
  }

  /**
   * Whether the separator stays where a token stands behind a step: so do models that answer there,
   * as Math-Shepherd; those with a head have the token in its place, as Qwen2.5-Math-PRM.
   */
  public boolean keepsSeparator() {
    return layout() == Layout.TOKEN && !answers.isEmpty();
  }

  /**
   * The steps of a text, empty ones among them, as the published readers of such models cut it; but
   * where the separator stays, nothing behind the last one is no step.
   */
  public List<String> of(String text) {
    List<String> steps = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      steps.add(text.substring(from, at));
      from = at + separator.length();
    }
    if (from < text.length() || steps.isEmpty() || !keepsSeparator()) {
      steps.add(text.substring(from));
    }
    return steps;
  }
}
