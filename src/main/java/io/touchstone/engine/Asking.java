package io.touchstone.engine;

import io.touchstone.scoring.Question;

/**
 * How a causal model is asked for a reward: by which of two tokens it would begin its answer with.
 *
 * @param question that the answer is to; where it is none, the answer follows the conversation
 * @param wanted the text whose token makes the reward larger
 * @param unwanted the other one's
 */
public record Asking(Question question, String wanted, String unwanted, AnswerScale scale) {}
