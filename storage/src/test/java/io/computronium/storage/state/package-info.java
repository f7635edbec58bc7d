@NullMarked
package io.computronium.storage.state;

import org.jspecify.annotations.NullMarked;
