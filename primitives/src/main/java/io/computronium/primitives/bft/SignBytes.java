package io.computronium.primitives.bft;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.ChainIdentity;
import io.computronium.primitives.Hash;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is signed, byte by byte: {@code "CHAIN-SIGN/1" ‖ kind u8 ‖ length of chain id u8 ‖ chain id
 * ‖ genesis hash ‖ rest}. Integers are big-endian. The kind keeps the uses of one key apart; the
 * chain id and the genesis hash keep chains apart.
 *
 * <pre>
 * 0x01 prevote, 0x02 precommit   height u64 ‖ round u32 ‖ 0x00 (nil) or 0x01 ‖ block id
 * 0x20 proposal                  height u64 ‖ round u32 ‖ polRound i32 ‖ block id
 * 0x21 seat proof                epoch u64 ‖ node id 20
 * 0x30 sender, 0x31 payer        transaction id
 * 0x40 payment authorisation     its id
 * 0x41 possession of a key       account, as bytes of a principal ‖ key
 * 0x48 draw from a meter         meter u64 ‖ cumulative quantity u64 ‖ contract, as bytes of a principal
 * </pre>
 */
public final class SignBytes {

    private static final byte[] PREFIX = "CHAIN-SIGN/1".getBytes(StandardCharsets.US_ASCII);

    private static final int PREVOTE = 0x01;
    private static final int PRECOMMIT = 0x02;
    private static final int PROPOSAL = 0x20;
    private static final int SEAT_PROOF = 0x21;
    private static final int TRANSACTION_SENDER = 0x30;
    private static final int TRANSACTION_PAYER = 0x31;
    private static final int PAYMENT_AUTHORISATION = 0x40;
    private static final int KEY_POSSESSION = 0x41;
    private static final int METER_DRAW = 0x48;

    private SignBytes() {}

    /**
     * @param blockId null: nil
     */
    public static byte[] vote(
            ChainIdentity chain, VoteKind kind, long height, int round, @Nullable Hash blockId) {
        int kindByte =
                switch (kind) {
                    case PREVOTE -> PREVOTE;
                    case PRECOMMIT -> PRECOMMIT;
                };
        int rest = 8 + 4 + 1 + (blockId == null ? 0 : Hash.SIZE);
        ByteBuffer out = start(chain, kindByte, rest).putLong(height).putInt(round);
        if (blockId == null) {
            out.put((byte) 0);
        } else {
            out.put((byte) 1).put(blockId.toArray());
        }
        return bytesOf(out);
    }

    public static byte[] proposal(
            ChainIdentity chain, long height, int round, int polRound, Hash blockId) {
        return bytesOf(
                start(chain, PROPOSAL, 8 + 4 + 4 + Hash.SIZE)
                        .putLong(height)
                        .putInt(round)
                        .putInt(polRound)
                        .put(blockId.toArray()));
    }

    /**
     * Proves to peers that a node speaks for a validator, in one epoch.
     *
     * @param nodeId the 20 bytes of the node's id
     */
    public static byte[] seatProof(ChainIdentity chain, long epoch, byte[] nodeId) {
        return bytesOf(start(chain, SEAT_PROOF, 8 + nodeId.length).putLong(epoch).put(nodeId));
    }

    public static byte[] transactionSender(ChainIdentity chain, Hash transactionId) {
        return identified(chain, TRANSACTION_SENDER, transactionId);
    }

    public static byte[] transactionPayer(ChainIdentity chain, Hash transactionId) {
        return identified(chain, TRANSACTION_PAYER, transactionId);
    }

    /**
     * Proves that whoever gives an account another key has that key.
     *
     * @param account the bytes of its principal
     */
    public static byte[] keyPossession(ChainIdentity chain, Bytes account, PublicKey key) {
        return bytesOf(
                start(chain, KEY_POSSESSION, account.size() + PublicKey.SIZE)
                        .put(account.toArray())
                        .put(key.toArray()));
    }

    /**
     * Lets whoever has it settle a payment.
     *
     * @param id as {@code PaymentCodec.idOf} makes it
     */
    public static byte[] paymentAuthorisation(ChainIdentity chain, Hash id) {
        return identified(chain, PAYMENT_AUTHORISATION, id);
    }

    /**
     * The consent of a meter's cosigner that the company draws up to a quantity.
     *
     * @param company contract that has the meter
     * @param meter its number
     * @param quantity all that was used, from the beginning
     */
    public static byte[] meterDraw(
            ChainIdentity chain, Principal company, long meter, long quantity) {
        Bytes contract = company.toBytes();
        return bytesOf(
                start(chain, METER_DRAW, 8 + 8 + contract.size())
                        .putLong(meter)
                        .putLong(quantity)
                        .put(contract.toArray()));
    }

    private static byte[] identified(ChainIdentity chain, int kind, Hash id) {
        return bytesOf(start(chain, kind, Hash.SIZE).put(id.toArray()));
    }

    private static ByteBuffer start(ChainIdentity chain, int kind, int rest) {
        byte[] chainId = chain.chainId().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(PREFIX.length + 2 + chainId.length + Hash.SIZE + rest)
                .put(PREFIX)
                .put((byte) kind)
                .put((byte) chainId.length)
                .put(chainId)
                .put(chain.genesisHash().toArray());
    }

    private static byte[] bytesOf(ByteBuffer full) {
        byte[] bytes = new byte[full.flip().remaining()];
        full.get(bytes);
        return bytes;
    }
}
