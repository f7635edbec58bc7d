@NullMarked
package io.computronium.storage;

import org.jspecify.annotations.NullMarked;
