package io.touchstone.selection.report;

import org.jspecify.annotations.Nullable;

/**
 * How two columns agree.
 *
 * @param spearman null where one of them is constant
 * @param sameOrder of the pairs of responses to one prompt that both tell apart, as far as they
 *     follow each other, the share that they put in the same order; null without such pairs
 * @param pairs how many such pairs there are
 */
public record PairAgreement(
    String a, String b, @Nullable Double spearman, @Nullable Double sameOrder, long pairs) {}
