package io.computronium.node.execution;

import io.computronium.primitives.Hash;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.block.Header;

/** A header whose fields can be changed one by one. */
final class HeaderDraft {

    String chainId;
    long height;
    long timeMillis;
    Hash parent;
    Hash lastCommitHash;
    Hash transactionRoot;
    Hash evidenceRoot;
    long epoch;
    Hash validatorsHash;
    Hash nextValidatorsHash;
    Hash parametersHash;
    Hash stateRoot;
    Hash receiptsRoot;
    long gasUsed;
    long gasLimit;
    long baseFee;
    PublicKey proposer;

    HeaderDraft(Header header) {
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

    Header header() {
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
