/** The statistics behind figures and calibrations, as pure functions; imports nothing of ours. */
@NullMarked
package io.touchstone.selection.statistics;

import org.jspecify.annotations.NullMarked;
