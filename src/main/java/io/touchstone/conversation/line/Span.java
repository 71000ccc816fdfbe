package io.touchstone.conversation.line;

/** A stretch of a line, in bytes; {@code end} is exclusive. */
public record Span(int start, int end) {}
