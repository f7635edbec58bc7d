@NullMarked
package io.computronium.consensus;

import org.jspecify.annotations.NullMarked;
