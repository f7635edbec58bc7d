@NullMarked
package io.computronium.storage.codec;

import org.jspecify.annotations.NullMarked;
