/**
 * What spark-submit starts: tells a Java or a Spark that is too old before anything is loaded that
 * needs a newer one. Compiled for Java 8, and imports nothing of the program.
 */
@NullMarked
package io.touchstone.entry;

import org.jspecify.annotations.NullMarked;
