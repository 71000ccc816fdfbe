package io.touchstone.conversation.line;

/** Everything that can be wrong with a line; {@link #word()} is what rejections are counted by. */
public enum Malformation {
  /** Bytes that are no UTF-8: overlong, truncated, encoded surrogates. */
  INVALID_UTF8("invalid-utf8"),
  /** No JSON, or something after the row's object. */
  NOT_JSON("not-json"),
  /** JSON nested deeper than is read. */
  TOO_DEEP("too-deep"),
  /** A field that the format needs is not there. */
  MISSING_FIELD("missing-field"),
  /** A field has another JSON type than the format needs. */
  WRONG_TYPE("wrong-type"),
  /** A field that the format reads or writes stands twice in one object. */
  DUPLICATE_FIELD("duplicate-field"),
  /** A list of turns without turns. */
  EMPTY_CONVERSATION("empty-conversation"),
  /** No assistant turn where one would be scored. */
  NOTHING_TO_SCORE("nothing-to-score"),
  /** No user's turn where one would be answered. */
  NOTHING_TO_ANSWER("nothing-to-answer"),
  /** No answer where a prompt is to be made of one. */
  NO_RESPONSE("no-response"),
  /**
   * The last turn is not the assistant's, and a field that is not read looks like the answer to it.
   */
  ENDS_WITH_USER("ends-with-user"),
  /** What the row says can be read in two ways. */
  AMBIGUOUS("ambiguous"),
  /** A message's content has a part that is not text. */
  UNSUPPORTED_CONTENT("unsupported-content"),
  /** A sharegpt turn by someone who is neither user, assistant nor system. */
  UNKNOWN_SPEAKER("unknown-speaker"),
  /** A text in place of a message list that is no Human/Assistant transcript. */
  NOT_A_TRANSCRIPT("not-a-transcript"),
  /** A field of the row's own stands where one would be written, and would be lost. */
  FIELD_IN_THE_WAY("field-in-the-way"),
  /** The rows of its prompt would make a line that is longer than lines may be. */
  JOINED_TOO_LONG("joined-too-long"),
  /** A list has another length than the one that it belongs to. */
  WRONG_LENGTH("wrong-length"),
  /** A number, or what a formula makes of it, is infinite or undefined. */
  NOT_FINITE("not-finite"),
  /** A name or number is none of those that may stand here. */
  UNEXPECTED_VALUE("unexpected-value");

  private final String word;

  Malformation(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
