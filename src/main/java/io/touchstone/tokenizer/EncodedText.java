package io.touchstone.tokenizer;

/**
 * A text, or a pair of texts, with the special tokens that an encoder wants around them.
 *
 * @param ids token ids; owned by whoever asked for them
 * @param firstText tokens before the first that is of the second text, or stands behind it; 0 where
 *     the tokenizer does not tell them apart
 * @param isCut whether there were more
 */
public record EncodedText(int[] ids, int firstText, boolean isCut) {}
