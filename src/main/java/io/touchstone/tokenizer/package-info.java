/** From prompt text to token ids, through Hugging Face tokenizers; imports nothing of ours. */
@NullMarked
package io.touchstone.tokenizer;

import org.jspecify.annotations.NullMarked;
