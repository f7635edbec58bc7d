@NullMarked
package io.computronium.storage.disk;

import org.jspecify.annotations.NullMarked;
