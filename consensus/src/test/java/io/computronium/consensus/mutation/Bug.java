package io.computronium.consensus.mutation;

import static io.computronium.consensus.mutation.Patch.counts;
import static io.computronium.consensus.mutation.Patch.desc;
import static io.computronium.consensus.mutation.Patch.instead;
import static io.computronium.consensus.mutation.Patch.jumps;
import static io.computronium.consensus.mutation.Patch.reads;
import static io.computronium.consensus.mutation.Patch.replacesCall;
import static io.computronium.consensus.mutation.Patch.replacesField;
import static io.computronium.consensus.mutation.Patch.returns;
import static io.computronium.consensus.mutation.Patch.skipsCall;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** A bug to plant: what it is in words, and what it changes. */
record Bug(String name, Patch patch) {

    private static final String SET = "io.computronium.primitives.bft.ValidatorSet";
    private static final String CORE = "io.computronium.consensus.BftCore";
    private static final String HEIGHT = "io.computronium.consensus.BftHeight";
    private static final String LOG = "io.computronium.consensus.RoundLog";
    private static final String ROUND = "io.computronium.consensus.Round";
    private static final String TALLY = "io.computronium.consensus.VoteTally";
    private static final String BLOCKS = "io.computronium.consensus.Candidates";
    private static final String TIMERS = "io.computronium.consensus.RoundTimers";
    private static final String PACING = "io.computronium.consensus.GridPacing";
    private static final String NEXT = "io.computronium.consensus.NextHeight";
    private static final String VERDICT = "io.computronium.consensus.Verdict";
    private static final String LOCK = "io.computronium.consensus.Lock";
    private static final String VOTE_ARRIVED = "io.computronium.consensus.Input$VoteArrived";
    private static final String START = "io.computronium.consensus.Input$StartHeight";
    private static final String WAL = "io.computronium.storage.wal.ConsensusWal";
    private static final String SIGNER = "io.computronium.storage.signer.SignerStateFile";
    private static final String DRIVER = "io.computronium.consensus.simulation.Driver";

    private static Bug bug(String name, Patch patch) {
        return new Bug(name, patch);
    }

    /** All of them, in the order of the table in {@code docs/simulation.md}. */
    static final List<Bug> ALL =
            List.of(
                    // Quorums
                    bug(
                            "a quorum is two thirds, not more",
                            jumps(SET, "isQuorum", Opcode.IFLE, Opcode.IFLT)),
                    bug("a quorum is a simple majority", counts(SET, "isQuorum", 3, 4)),
                    bug(
                            "exactly one third does not block",
                            jumps(SET, "isBlocking", Opcode.IFLT, Opcode.IFLE)),
                    bug("only a quorum blocks", returns(SET, "isBlocking", 0)),
                    bug(
                            "prevotes of a quorum for anything count for polRound",
                            replacesField(
                                    TALLY,
                                    "hasQuorumFor",
                                    "power",
                                    Opcode.GETFIELD,
                                    (code, read) ->
                                            code.pop()
                                                    .aload(0)
                                                    .getfield(
                                                            desc(TALLY),
                                                            "power",
                                                            ConstantDescs.CD_long))),
                    bug(
                            "a vote of another kind counts",
                            replacesField(
                                    ROUND,
                                    "votes",
                                    "precommits",
                                    Opcode.GETFIELD,
                                    (code, read) ->
                                            code.getfield(desc(ROUND), "prevotes", desc(TALLY)))),
                    bug(
                            "certificates name all voters (D7)",
                            replacesCall(
                                    TALLY,
                                    "certificate",
                                    "votersFor",
                                    -1,
                                    (code, call) ->
                                            code.pop()
                                                    .invokevirtual(
                                                            desc(TALLY),
                                                            "voters",
                                                            MethodTypeDesc.of(
                                                                    desc("java.util.BitSet"))))),
                    // Locks
                    bug(
                            "no lock is taken (L37)",
                            replacesField(
                                    HEIGHT,
                                    "lockAndPrecommit",
                                    "lock",
                                    Opcode.PUTFIELD,
                                    (code, write) -> code.pop2())),
                    bug(
                            "the lock does not matter (L23, L29)",
                            skipsCall(HEIGHT, "prevote", "equals", 1)),
                    bug(
                            "the lock gives way to earlier prevotes (L29)",
                            jumps(HEIGHT, "prevote", Opcode.IF_ICMPLE, Opcode.IF_ICMPGE)),
                    bug("polRound is believed (L28)", returns(HEIGHT, "hasPrevotesOfQuorum", 1)),
                    bug(
                            "the lock is lost with the log",
                            replacesCall(HEIGHT, "<init>", "lock", -1, instead(Bug::noLock))),
                    // Valid blocks
                    bug("valid blocks are not noted (L42)", returns(HEIGHT, "noteValid", 0)),
                    bug(
                            "valid blocks are noted in the round in progress alone (D3)",
                            replacesCall(
                                    HEIGHT,
                                    "noteValid",
                                    "between",
                                    -1,
                                    (code, call) -> {
                                        int last =
                                                code.allocateLocal(
                                                        java.lang.classfile.TypeKind.INT);
                                        code.istore(last)
                                                .aload(0)
                                                .getfield(
                                                        desc(HEIGHT), "round", ConstantDescs.CD_int)
                                                .iconst_1()
                                                .isub()
                                                .invokestatic(
                                                        desc("java.lang.Math"),
                                                        "max",
                                                        MethodTypeDesc.ofDescriptor("(II)I"))
                                                .iload(last)
                                                .with(call);
                                    })),
                    bug(
                            "valid blocks are not proposed again (L16)",
                            skipsCall(HEIGHT, "propose", "blockId", 0)),
                    bug(
                            "what was locked in this round is proposed in it",
                            jumps(HEIGHT, "propose", Opcode.IF_ICMPGE, Opcode.POP2)),
                    // Blocks
                    bug(
                            "prevotes before the verdict (L22)",
                            replacesCall(
                                    HEIGHT, "prevote", "verdict", 0, instead(Bug::validVerdict))),
                    bug(
                            "precommits before the verdict (L36)",
                            replacesCall(
                                    HEIGHT,
                                    "lockAndPrecommit",
                                    "verdict",
                                    0,
                                    instead(Bug::validVerdict))),
                    bug(
                            "decides before the verdict (L49, D10)",
                            replacesCall(
                                    HEIGHT, "decide", "verdict", 0, instead(Bug::validVerdict))),
                    bug(
                            "a block on any parent will do",
                            skipsCall(BLOCKS, "continuesChain", "equals", 1)),
                    bug(
                            "a block of any height will do",
                            replacesCall(
                                    BLOCKS,
                                    "continuesChain",
                                    "height",
                                    0,
                                    (code, call) ->
                                            code.pop()
                                                    .aload(0)
                                                    .getfield(desc(BLOCKS), "start", desc(START))
                                                    .invokevirtual(
                                                            desc(START),
                                                            "height",
                                                            MethodTypeDesc.of(
                                                                    ConstantDescs.CD_long)))),
                    bug(
                            "time need not rise by minInterval",
                            skipsCall(BLOCKS, "continuesChain", "minIntervalMillis", 0)),
                    bug(
                            "a block's time is not compared with the clock (D9)",
                            returns(HEIGHT, "isTimely", 1)),
                    bug("anyone's block is the proposer's", returns(HEIGHT, "isByProposer", 1)),
                    // Rounds
                    bug("no round is skipped (L55)", returns(HEIGHT, "skipRound", 0)),
                    bug(
                            "precommits do not count for a round skip (D1)",
                            skipsCall(ROUND, "voters", "or", 0)),
                    bug(
                            "votes of later rounds do not count for a round skip (D1)",
                            replacesCall(
                                    LOG,
                                    "roundToSkipTo",
                                    "or",
                                    -1,
                                    (code, call) -> {
                                        int other =
                                                code.allocateLocal(
                                                        java.lang.classfile.TypeKind.REFERENCE);
                                        code.astore(other)
                                                .dup()
                                                .invokevirtual(
                                                        desc("java.util.BitSet"),
                                                        "clear",
                                                        MethodTypeDesc.of(ConstantDescs.CD_void))
                                                .aload(other)
                                                .with(call);
                                    })),
                    bug(
                            "late votes of earlier rounds trigger nothing (D2)",
                            replacesCall(
                                    HEIGHT,
                                    "on",
                                    "run",
                                    1,
                                    (code, call) -> {
                                        code.pop()
                                                .aload(1)
                                                .invokevirtual(
                                                        desc(VOTE_ARRIVED),
                                                        "vote",
                                                        MethodTypeDesc.of(
                                                                desc(
                                                                        "io.computronium.primitives.bft.Vote")))
                                                .invokevirtual(
                                                        desc("io.computronium.primitives.bft.Vote"),
                                                        "round",
                                                        MethodTypeDesc.of(ConstantDescs.CD_int))
                                                .aload(0)
                                                .getfield(
                                                        desc(HEIGHT), "round", ConstantDescs.CD_int)
                                                .ifThen(
                                                        Opcode.IF_ICMPGE,
                                                        then -> then.aload(0).with(call));
                                    })),
                    bug(
                            "precommits never time out (L65)",
                            skipsCall(HEIGHT, "timeOut", "isExpired", 1, 0)),
                    bug(
                            "prevotes never time out (L61)",
                            skipsCall(HEIGHT, "timeOut", "isExpired", 2, 0)),
                    bug(
                            "proposals never time out (L57)",
                            skipsCall(HEIGHT, "timeOut", "isExpired", 3, 0)),
                    bug(
                            "the proposer is the same in all rounds (D5)",
                            skipsCall(
                                    "io.computronium.consensus.ProposerOrder",
                                    "proposer",
                                    "floorMod",
                                    0)),
                    // Equivocators, evidence
                    bug("second votes are never tallied (D4)", reads(TALLY, "add", "claimed", 0)),
                    bug(
                            "contradicting votes are not reported",
                            skipsCall(TALLY, "add", "get", 1, 1)),
                    bug(
                            "contradicting proposals are not reported",
                            reads(ROUND, "propose", "proposerAccused", 1)),
                    bug(
                            "contradictions in certificates are not reported",
                            skipsCall(TALLY, "addAll", "ifPresent", 0)),
                    bug(
                            "precommits of other rounds count as late ones",
                            replacesCall(
                                    TALLY,
                                    "accepts",
                                    "round",
                                    -1,
                                    (code, call) ->
                                            code.pop()
                                                    .aload(0)
                                                    .getfield(
                                                            desc(TALLY),
                                                            "round",
                                                            ConstantDescs.CD_int))),
                    // Heights and epochs
                    bug("late precommits are left out (D6)", returns(CORE, "addLate", 0)),
                    bug(
                            "the parent's votes are counted by the wrong epoch's set",
                            replacesCall(
                                    CORE,
                                    "parentCommit",
                                    "validators",
                                    -1,
                                    (code, call) ->
                                            code.pop()
                                                    .aload(1)
                                                    .invokevirtual(
                                                            desc(START),
                                                            "validators",
                                                            MethodTypeDesc.of(desc(SET))))),
                    bug("early votes are taken over to another set", returns(CORE, "fits", 1)),
                    bug(
                            "votes of the next height count now",
                            replacesCall(
                                    CORE,
                                    "take",
                                    "add",
                                    1,
                                    (code, call) -> {
                                        int vote =
                                                code.allocateLocal(
                                                        java.lang.classfile.TypeKind.REFERENCE);
                                        code.astore(vote)
                                                .pop()
                                                .aload(1)
                                                .aload(vote)
                                                .checkcast(desc(VOTE_ARRIVED))
                                                .invokevirtual(
                                                        desc(HEIGHT),
                                                        "on",
                                                        MethodTypeDesc.of(
                                                                ConstantDescs.CD_void,
                                                                desc(VOTE_ARRIVED)));
                                    })),
                    // Pacing
                    bug(
                            "the grid moves with every block (D9)",
                            skipsCall(PACING, "next", "isFirst", 1)),
                    bug(
                            "rounds begin before the block is due (D9)",
                            replacesCall(
                                    PACING,
                                    "entryMillis",
                                    "max",
                                    0,
                                    (code, call) -> {
                                        int parent =
                                                code.allocateLocal(
                                                        java.lang.classfile.TypeKind.LONG);
                                        code.lstore(parent).pop2().lload(parent);
                                    })),
                    bug("blocks have the clock's time", returns(PACING, "isStale", 1)),
                    // Memory
                    bug("votes of all later rounds are kept (D6)", returns(LOG, "admits", 1)),
                    bug(
                            "messages of all rounds of the next height are kept (D6)",
                            jumps(NEXT, "keep", Opcode.IF_ICMPGE, Opcode.POP2)),
                    bug(
                            "a peer has any number of claims (D4)",
                            skipsCall(TALLY, "claim", "add", 1)),
                    // Restart
                    bug("blocks are not asked for again", returns(BLOCKS, "askAgain", 0)),
                    bug("timers are not set again", returns(TIMERS, "setAgain", 0)),
                    bug("unsaid messages are forgotten", skipsCall(HEIGHT, "on", "forEach", -1, 0)),
                    bug(
                            "a vote from before the crash does not stand (D14)",
                            skipsCall(HEIGHT, "vote", "hasVoteOf", 0)),
                    bug("the log is not forced", skipsCall(WAL, "lambda$force$0", "force", 0)),
                    bug("the signer's file is not forced", skipsCall(SIGNER, "write", "force", 0)),
                    bug("the signer grants everything", skipsCall(SIGNER, "request", "state", 0)),
                    bug(
                            "the older of two slots is believed",
                            jumps(SIGNER, "open", Opcode.IFLE, Opcode.IFGT)),
                    bug(
                            "the driver signs before it forces the log (W2)",
                            skipsCall(DRIVER, "sayHonestly", "force", 0)),
                    bug(
                            "blocks are not on disk before a precommit (W7)",
                            skipsCall(DRIVER, "keep", "around", 0)),
                    bug(
                            "the driver does not feed back what was signed last",
                            skipsCall(DRIVER, "replay", "isSigned", 0)),
                    bug(
                            "the driver does not notice what the log lacks",
                            returns(DRIVER, "holdsLastSigned", 1)),
                    // Signatures
                    bug(
                            "the driver checks no votes",
                            skipsCall(DRIVER, "received", "isSigned", 0, 1)),
                    bug(
                            "the driver checks no proposals",
                            skipsCall(DRIVER, "received", "isSigned", 1, 1)),
                    bug(
                            "the driver checks no certificates (D7)",
                            skipsCall(DRIVER, "receive", "isValid", 1)));

    private static void noLock(CodeBuilder code) {
        code.getstatic(desc(LOCK), "NONE", desc(LOCK));
    }

    private static void validVerdict(CodeBuilder code) {
        code.getstatic(desc(VERDICT), "VALID", desc(VERDICT));
    }
}
