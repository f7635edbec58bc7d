/**
 * The laws of the code base, stated as tests over its byte code.
 *
 * <p>{@link io.computronium.node.architecture.Architecture} holds what every module keeps: who may
 * import whom, which library lives where, who makes threads. It is data and has no list of
 * exceptions. {@link io.computronium.node.architecture.Determinism} holds what the two pure cores
 * keep besides. Each law is also run against a planted violation, since a law that has never been
 * seen to fail says nothing.
 *
 * <p>The package is published as the module's test jar: {@code node} cannot see {@code cli}, so
 * {@code cli} applies the same laws to its own class path.
 */
@NullMarked
package io.computronium.node.architecture;

import org.jspecify.annotations.NullMarked;
