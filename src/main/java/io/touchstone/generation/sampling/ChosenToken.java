package io.touchstone.generation.sampling;

/**
 * The next token of an answer.
 *
 * @param logprob by the logits before any rule and any temperature
 */
public record ChosenToken(int id, double logprob) {}
