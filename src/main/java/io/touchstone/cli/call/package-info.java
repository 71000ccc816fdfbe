/**
 * A command line, its configuration files and its terminal: flags, settings, precedence, help,
 * text; imports files, jobs.survey, problem and selection.formula.
 */
@NullMarked
package io.touchstone.cli.call;

import org.jspecify.annotations.NullMarked;
