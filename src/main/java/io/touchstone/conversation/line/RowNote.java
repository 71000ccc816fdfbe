package io.touchstone.conversation.line;

/**
 * Something about a row that was read, which its user may want to know: how a text was understood
 * that could have meant something else, or what was left unread.
 *
 * @param kind by which rows are counted
 * @param field whose; empty where the kind says enough
 */
public record RowNote(Kind kind, String field) {

  /** What may be noted; {@link #word()} is what rows are counted by. */
  public enum Kind {
    /** A column was read as the system's turn. */
    SYSTEM_COLUMN("system-column"),
    /** Tools were handed to the template. */
    TOOLS("tools"),
    /** A text of {@code Human:} and {@code Assistant:} was read as turns. */
    TRANSCRIPT("transcript"),
    /** A prompt's text with HelpSteer2's turn markers was read as turns. */
    TURN_MARKERS("turn-markers"),
    /** An answer's list begins with its prompt, which counts once. */
    PROMPT_IN_LIST("prompt-in-list"),
    /** An answer's text begins with its prompt's text, which stays where it stands. */
    PROMPT_IN_TEXT("prompt-in-text"),
    /** The last turn is the user's or a tool's: the assistant's turn before it was scored. */
    ENDS_WITH_USER("ends-with-user"),
    /** Behind the last user's turn were several, tools' perhaps: all were left out. */
    LEFT_OUT_TURNS("left-out-turns"),
    /** A candidate is null: so is its reward. */
    NULL_ANSWER("null-answer"),
    /** Its answers are judged by principles of its own. */
    OWN_PRINCIPLES("own-principles"),
    /** It has no edit to score: its response stays. */
    NO_EDIT("no-edit"),
    /** An edit is the response that was edited, and has its score. */
    UNCHANGED_EDIT("unchanged-edit"),
    /** It brings answers of its own, and is asked for none. */
    BROUGHT_ANSWERS("brought-answers"),
    /** None of its feedback asks for anything: there is nothing to edit by. */
    NO_FEEDBACK("no-feedback"),
    /** A text of it has a thought, which is no part of a prompt made of it. */
    THOUGHT_LEFT_OUT("thought-left-out"),
    /** A judge's vote has no judgement; counted are votes. */
    MISSING_JUDGEMENT("missing-judgement"),
    /** A judge's vote goes on with another token than those it is read by; counted are votes. */
    OTHER_TOKEN("other-token"),
    /** A field that looks like an answer was not read. */
    UNREAD_ANSWER("unread-answer"),
    /** A field that may belong to the prompt was not read. */
    UNREAD_PROMPT("unread-prompt"),
    /** A prompt begins with what a chat template would write. */
    RENDERED_PROMPT("rendered-prompt");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public static RowNote of(Kind kind) {
    return new RowNote(kind, "");
  }

  /**
   * The name by which rows with this note are counted: {@code tools}, {@code unread-answer
   * response}.
   */
  public String name() {
    return field.isEmpty() ? kind.word : kind.word + " " + field;
  }
}
