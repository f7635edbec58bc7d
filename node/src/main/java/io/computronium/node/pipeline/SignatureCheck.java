package io.computronium.node.pipeline;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;

/** The question whether {@code signature} is one of {@code message} under {@code key}. */
public record SignatureCheck(PublicKey key, Bytes message, Signature signature) {}
