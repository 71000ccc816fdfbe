/**
 * All that can be set for each job, with its default; imports cli.call, conversation.format,
 * conversation.line, engine, files, files.read, generation, jobs, reward, selection,
 * selection.benchmark, selection.calibration and selection.formula.
 */
@NullMarked
package io.touchstone.cli.settings;

import org.jspecify.annotations.NullMarked;
