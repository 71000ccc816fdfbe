/**
 * The forward pass on DJL's PyTorch engine: TorchScript programs, weights, heads, devices; the only
 * room with tensors, imports every room above but selection.
 */
@NullMarked
package io.touchstone.engine;

import org.jspecify.annotations.NullMarked;
