/**
 * Maps from scores to labels, fitted and kept in files; imports conversation.format,
 * conversation.line, digest, files, files.part, files.read, files.scan, jobs.annotate, problem,
 * progress, reward, scoring, selection and selection.calibration.
 */
@NullMarked
package io.touchstone.jobs.calibrate;

import org.jspecify.annotations.NullMarked;
