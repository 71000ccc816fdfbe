package io.touchstone.conversation;

/** A stretch of a line, in chars of its text; {@code end} is exclusive. */
record Span(int start, int end) {}
