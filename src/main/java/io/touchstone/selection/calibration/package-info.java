/**
 * Fitting of maps from scores to labels, as pure functions; imports reward and
 * selection.statistics.
 */
@NullMarked
package io.touchstone.selection.calibration;

import org.jspecify.annotations.NullMarked;
