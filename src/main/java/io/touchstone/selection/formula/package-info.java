/**
 * The small language of weighted scalars and row conditions: numbers, texts, field names,
 * arithmetic, comparisons, in, and, or, not; imports nothing of ours.
 */
@NullMarked
package io.touchstone.selection.formula;

import org.jspecify.annotations.NullMarked;
