package io.touchstone.conversation;

/** What a line turned out to be. */
public sealed interface ParsedLine permits Row, MalformedRow {}
