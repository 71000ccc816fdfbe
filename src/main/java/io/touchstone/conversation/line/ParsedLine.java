package io.touchstone.conversation.line;

/** What a line turned out to be. */
public sealed interface ParsedLine permits Row, MalformedRow {}
