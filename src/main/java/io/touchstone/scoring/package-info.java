/**
 * The ports between job and engine: scorer, forward pass, known scores; imports batch, conversation
 * and reward.
 */
@NullMarked
package io.touchstone.scoring;

import org.jspecify.annotations.NullMarked;
