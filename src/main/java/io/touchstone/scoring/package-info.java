/**
 * The ports between a job and the engine: scorers, prepared rows, known scores, memory and work;
 * imports batch, conversation and reward.
 */
@NullMarked
package io.touchstone.scoring;

import org.jspecify.annotations.NullMarked;
