/**
 * Rows on their way through a causal model, entering as others leave; imports digest, generation,
 * generation.prompt, generation.sampling, generation.text, reward, scoring and tokenizer.
 */
@NullMarked
package io.touchstone.generation.pipeline;

import org.jspecify.annotations.NullMarked;
