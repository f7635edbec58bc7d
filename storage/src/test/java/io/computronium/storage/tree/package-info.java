@NullMarked
package io.computronium.storage.tree;

import org.jspecify.annotations.NullMarked;
