package io.touchstone.conversation.format;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names under which data sets keep what is scored: rows may have them where their format does not
 * read them. Of finitely many, since rows are counted by them.
 */
final class UnreadNames {

  private static final Pattern ANSWERS =
      Pattern.compile(
          "(?:(?:chosen|rejected|preferred|best|model|assistant|reference|gold|original|orig|edited"
              + "|revised|final|generated|raw)_)?"
              + "(?:response|answer|completion|generation|output|reply|solution)s?"
              + "(?:_?[0-9]|_?[abABjk])?"
              + "|(?:chosen|rejected)(?:_messages?)?|generated_text|human_ref_[AB]|conversation_[ab]");

  private static final Set<String> OF_PROMPTS =
      Set.of(
          "history",
          "context",
          "instruction",
          "input",
          "question",
          "query",
          "passage",
          "document",
          "documents",
          "system_message");

  private UnreadNames() {}

  static boolean isAnswer(String name) {
    return ANSWERS.matcher(name).matches();
  }

  static boolean isOfPrompt(String name) {
    return OF_PROMPTS.contains(name);
  }
}
