/**
 * The forward pass on DJL's PyTorch engine: TorchScript programs, weights, heads, devices; the only
 * room with tensors, imports problem, reward, template, tokenizer, batch, checkpoint and scoring.
 */
@NullMarked
package io.touchstone.engine;

import org.jspecify.annotations.NullMarked;
