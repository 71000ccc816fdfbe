package io.touchstone.conversation.line;

/**
 * Where a value goes.
 *
 * @param replaced what the value takes the place of; empty where it is inserted
 * @param lead written in front of the value: nothing, or the comma and name of a new field
 */
public record EditSpan(Span replaced, String lead) {}
