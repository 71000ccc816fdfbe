/**
 * Ports of generation: a causal model's passes, and a generator that takes prompts to answers;
 * imports conversation, reward and scoring.
 */
@NullMarked
package io.touchstone.generation;

import org.jspecify.annotations.NullMarked;
