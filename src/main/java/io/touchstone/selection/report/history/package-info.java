/**
 * How results of several nights follow each other, as pure functions; imports selection.report and
 * selection.statistics.
 */
@NullMarked
package io.touchstone.selection.report.history;

import org.jspecify.annotations.NullMarked;
