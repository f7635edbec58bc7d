@NullMarked
package io.computronium.storage.cache;

import org.jspecify.annotations.NullMarked;
