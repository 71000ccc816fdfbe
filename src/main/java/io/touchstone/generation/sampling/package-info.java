/**
 * From logits to tokens: rules, and draws that nothing but the row decides; imports
 * checkpoint.config, digest, generation and problem.
 */
@NullMarked
package io.touchstone.generation.sampling;

import org.jspecify.annotations.NullMarked;
