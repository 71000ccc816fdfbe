package io.touchstone.generation;

/**
 * What stands behind the marker of a {@link JudgementRule}.
 *
 * @param difference of the two tokens' log-probabilities, by the logits before any rule
 * @param token that the answer went on with; maybe neither of the two
 */
public record Judgement(double difference, int token) {}
