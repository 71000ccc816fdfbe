package io.touchstone.reward;

/** What became of a row: every row gets exactly one. */
public sealed interface Verdict permits Scored, Rejected {}
