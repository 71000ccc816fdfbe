package io.touchstone.conversation;

/** Who speaks in a turn; the exact word of the data stays in the turn's {@code role} field. */
public enum Role {
  SYSTEM("system"),
  USER("user"),
  ASSISTANT("assistant"),
  OTHER("other");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** The word that chat templates expect. */
  public String word() {
    return word;
  }

  /**
   * The role that a message's {@code role} names; tool, developer and the like are {@link #OTHER}.
   */
  public static Role of(String word) {
    return switch (word) {
      case "system" -> SYSTEM;
      case "user" -> USER;
      case "assistant" -> ASSISTANT;
      default -> OTHER;
    };
  }
}
