@NullMarked
package io.computronium.storage.block;

import org.jspecify.annotations.NullMarked;
