/**
 * A Hugging Face model folder, validated and described: tensors as file ranges, templates,
 * fingerprint; bytes and no tensors; imports checkpoint.config, checkpoint.family, digest, problem
 * and tokenizer.transformers.
 */
@NullMarked
package io.touchstone.checkpoint;

import org.jspecify.annotations.NullMarked;
