package io.touchstone.reward;

/**
 * A row that was set aside.
 *
 * @param kind a short kebab-case word that rejections are counted by, such as {@code
 *     too-many-tokens}
 * @param reason names where, what was expected and what was found; never a conversation's text
 */
public record Rejected(String kind, String reason) implements Verdict {}
