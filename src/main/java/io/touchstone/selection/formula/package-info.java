/**
 * The small language of weighted scalars and row conditions: numbers, field names, arithmetic,
 * comparisons, and, or, not; imports nothing of ours.
 */
@NullMarked
package io.touchstone.selection.formula;

import org.jspecify.annotations.NullMarked;
