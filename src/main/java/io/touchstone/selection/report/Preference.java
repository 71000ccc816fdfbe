package io.touchstone.selection.report;

import org.jspecify.annotations.Nullable;

/**
 * How a column orders the responses that people have ordered already.
 *
 * @param rows with a chosen and a rejected response
 * @param pairs of a chosen and a rejected response of one row, each with each
 * @param wins pairs whose chosen response has the higher score
 * @param ties pairs whose scores are equal
 * @param winRate the share of wins; a tie is none
 * @param low where the rate lies at least, with 95 % certainty, as many rows have shown it (Wilson,
 *     JASA 22, 1927)
 * @param high where it lies at most
 * @param margin the chosen response's score less the rejected one's, over all pairs
 * @param histogram of the margins; as the older one those of the older result
 * @param olderWinRate null without an older result that has pairs of this column
 */
public record Preference(
    long rows,
    long pairs,
    long wins,
    long ties,
    double winRate,
    double low,
    double high,
    Distribution margin,
    Histogram histogram,
    @Nullable Double olderWinRate) {}
