package io.touchstone.scoring.prompt;

import io.touchstone.tokenizer.PairTokens;
import io.touchstone.tokenizer.SpecialTokens;
import java.util.OptionalInt;

/**
 * How an encoder reads conversations.
 *
 * @param tokenizer which cuts what is longer, where that is asked for
 * @param maxTokens the most of one text or pair, special ones among them
 * @param maxCharacters what is left of each text before it is tokenized; empty for all
 * @param vocabulary ids that the model knows: from 0 up to this
 * @param namesTexts whether the model is told of a token which of two texts it is of
 */
public record Encoding(
    EncodeChoice choice,
    PairTokens tokenizer,
    SpecialTokens specialTokens,
    OverLong overLong,
    int maxTokens,
    OptionalInt maxCharacters,
    int vocabulary,
    boolean namesTexts) {}
