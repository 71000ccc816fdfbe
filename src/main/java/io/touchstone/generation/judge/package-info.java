/**
 * Scorers made of generators: a judge writes a judgement of each scored answer, and the reward is
 * read out of it; imports batch, conversation, generation, generation.recipe, reward and scoring.
 */
@NullMarked
package io.touchstone.generation.judge;

import org.jspecify.annotations.NullMarked;
