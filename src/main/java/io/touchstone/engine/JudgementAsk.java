package io.touchstone.engine;

/**
 * How a judgement is to be read out of answers.
 *
 * @param marker text that it stands behind
 * @param wanted the text whose token makes it larger
 * @param unwanted the other one's
 */
public record JudgementAsk(String marker, String wanted, String unwanted) {}
