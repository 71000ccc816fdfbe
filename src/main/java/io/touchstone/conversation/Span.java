package io.touchstone.conversation;

/** A stretch of a line, in bytes; {@code end} is exclusive. */
record Span(int start, int end) {}
