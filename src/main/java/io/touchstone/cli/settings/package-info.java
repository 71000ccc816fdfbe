/**
 * All that can be set for each job, with its default; imports cli.call, conversation.format,
 * engine, files, files.read, jobs, reward, selection, selection.benchmark, selection.calibration
 * and selection.formula.
 */
@NullMarked
package io.touchstone.cli.settings;

import org.jspecify.annotations.NullMarked;
