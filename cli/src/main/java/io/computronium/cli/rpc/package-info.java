/**
 * The client side of a node's JSON-RPC.
 *
 * <p>{@link io.computronium.cli.rpc.RpcClient} knows HTTP and the JSON-RPC envelope, {@link
 * io.computronium.cli.rpc.ChainClient} the methods. Neither trusts what answers: bodies, nesting
 * and numbers are bounded, and an answer that lacks a field is an error that names the field.
 */
@NullMarked
package io.computronium.cli.rpc;

import org.jspecify.annotations.NullMarked;
