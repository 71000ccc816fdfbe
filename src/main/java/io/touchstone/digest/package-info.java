/** SHA-256, which what is the same for a result is told by; imports nothing of ours. */
@NullMarked
package io.touchstone.digest;

import org.jspecify.annotations.NullMarked;
