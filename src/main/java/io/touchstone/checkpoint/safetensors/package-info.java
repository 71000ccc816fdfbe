/**
 * Safetensors files: their headers, read and held against their sizes, and tensors as ranges of
 * bytes; imports problem.
 */
@NullMarked
package io.touchstone.checkpoint.safetensors;

import org.jspecify.annotations.NullMarked;
