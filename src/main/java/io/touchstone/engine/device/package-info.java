/**
 * What computes: libtorch, its programs and threads, kinds of devices and of numbers; imports
 * problem and scoring.
 */
@NullMarked
package io.touchstone.engine.device;

import org.jspecify.annotations.NullMarked;
