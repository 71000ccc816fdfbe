package io.touchstone.conversation.line;

/**
 * A line that is no row of its format.
 *
 * @param kind a short kebab-case word that rejections are counted by, such as {@code not-json}
 * @param reason names the field, what was expected and what was found; never a conversation's text
 */
public record MalformedRow(String kind, String reason) implements ParsedLine {}
