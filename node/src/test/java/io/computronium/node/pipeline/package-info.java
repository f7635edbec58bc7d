/** Tests of the pipeline with the real ring, threads and signatures. */
@NullMarked
package io.computronium.node.pipeline;

import org.jspecify.annotations.NullMarked;
