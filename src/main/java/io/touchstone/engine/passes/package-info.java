/**
 * Passes of a causal model over what it remembers of sequences; imports batch, checkpoint.config,
 * engine.device, engine.program, engine.weights, generation and scoring.
 */
@NullMarked
package io.touchstone.engine.passes;

import org.jspecify.annotations.NullMarked;
