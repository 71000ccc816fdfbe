/**
 * What a report says of scored rows, and the page that shows it, as pure functions; imports
 * conversation and the statistics.
 */
@NullMarked
package io.touchstone.selection.report;

import org.jspecify.annotations.NullMarked;
