/**
 * A Hugging Face model folder, validated and described: tensors as file ranges, templates,
 * fingerprint; bytes and no tensors; imports checkpoint.config, checkpoint.encoder,
 * checkpoint.family, checkpoint.safetensors, digest, problem and tokenizer.transformers.
 */
@NullMarked
package io.touchstone.checkpoint;

import org.jspecify.annotations.NullMarked;
