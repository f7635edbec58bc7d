package io.computronium.node.execution;

import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.block.Header;

/** A header whose fields can be changed one by one. */
public final class HeaderDraft {

    public String chainId;
    public long height;
    public long timeMillis;
    public Hash parent;
    public Hash lastCommitHash;
    public Hash transactionRoot;
    public Hash evidenceRoot;
    public long epoch;
    public Hash validatorsHash;
    public Hash nextValidatorsHash;
    public Hash parametersHash;
    public Hash stateRoot;
    public Hash receiptsRoot;
    public long gasUsed;
    public long gasLimit;
    public long baseFee;
    public PublicKey proposer;

    public HeaderDraft(Header header) {
        chainId = header.chainId();
        height = header.height();
        timeMillis = header.timeMillis();
        parent = header.parent();
        lastCommitHash = header.lastCommitHash();
        transactionRoot = header.transactionRoot();
        evidenceRoot = header.evidenceRoot();
        epoch = header.epoch();
        validatorsHash = header.validatorsHash();
        nextValidatorsHash = header.nextValidatorsHash();
        parametersHash = header.parametersHash();
        stateRoot = header.stateRoot();
        receiptsRoot = header.receiptsRoot();
        gasUsed = header.gasUsed();
        gasLimit = header.gasLimit();
        baseFee = header.baseFee();
        proposer = header.proposer();
    }

    public Header header() {
        return new Header(
                Header.VERSION,
                chainId,
                height,
                timeMillis,
                parent,
                lastCommitHash,
                transactionRoot,
                evidenceRoot,
                epoch,
                validatorsHash,
                nextValidatorsHash,
                parametersHash,
                stateRoot,
                receiptsRoot,
                gasUsed,
                gasLimit,
                baseFee,
                proposer);
    }
}
