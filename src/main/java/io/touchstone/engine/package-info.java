/**
 * A checkpoint as a scorer or a generator on DJL's PyTorch engine: forward passes, heads, memory,
 * and what is checked and told of a folder. With the rooms inside the only one with tensors;
 * imports batch, checkpoint, digest, generation, problem, reward, scoring, template and tokenizer.
 */
@NullMarked
package io.touchstone.engine;

import org.jspecify.annotations.NullMarked;
