package io.computronium.vm.builtin;

import static io.computronium.vm.contract.Fault.Common.INVALID_PARAMS;
import static io.computronium.vm.contract.Fault.Common.NOT_FOUND;
import static io.computronium.vm.contract.Fault.Common.UNAUTHORIZED;
import static io.computronium.vm.contract.Fault.Common.WRONG_STATE;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Principal;
import io.computronium.primitives.PublicKey;
import io.computronium.primitives.Signature;
import io.computronium.primitives.bft.SignBytes;
import io.computronium.primitives.tx.Asset;
import io.computronium.vm.builtin.Authority.PendingGuardian;
import io.computronium.vm.builtin.Authority.PendingKey;
import io.computronium.vm.builtin.Spending.Counter;
import io.computronium.vm.contract.AssetShape;
import io.computronium.vm.contract.Contract;
import io.computronium.vm.contract.EventType;
import io.computronium.vm.contract.Fault;
import io.computronium.vm.contract.Frame;
import io.computronium.vm.contract.MapSlot;
import io.computronium.vm.contract.Method;
import io.computronium.vm.contract.Parameter;
import io.computronium.vm.contract.RecordShape;
import io.computronium.vm.contract.Shape;
import io.computronium.vm.contract.Variable;
import java.util.List;
import java.util.Optional;

/**
 * Keys, sessions and guardians of accounts.
 *
 * <p>An account needs nothing of this to be used: its address is made of its key. Who wants to
 * change the key later, lets an agent spend within limits, or names a guardian, does so here; the
 * rules of inclusion and the kernel then hold every transaction to what this contract says.
 */
public final class Account {

    static final Fault SESSION_EXPIRED =
            new Fault.Own(10, "SESSION_EXPIRED", "the session is not valid at this height");
    static final Fault CAP_TX =
            new Fault.Own(11, "CAP_TX", "more than the session may spend in one transaction");
    static final Fault CAP_PERIOD =
            new Fault.Own(12, "CAP_PERIOD", "more than the session may spend in this period");
    static final Fault CAP_TOTAL =
            new Fault.Own(13, "CAP_TOTAL", "more than the session may spend in all");
    public static final Fault OUT_OF_SCOPE =
            new Fault.Own(14, "OUT_OF_SCOPE", "the session's scope does not list this call");
    public static final Fault RECIPIENT_DENIED =
            new Fault.Own(
                    15, "RECIPIENT_DENIED", "the session may not pay this recipient, or not yet");
    public static final Fault COSIGN_NEEDED =
            new Fault.Own(17, "COSIGN_NEEDED", "so much needs the cosigner as fee payer");
    static final Fault PAUSED = new Fault.Own(18, "PAUSED", "the account is paused");

    /** A session, or what belongs to it. */
    public record SessionKey(Principal account, long id) {
        static final RecordShape<SessionKey> SHAPE =
                RecordShape.of(
                        in -> new SessionKey(in.next(), in.next()),
                        RecordShape.field("account", Shape.PRINCIPAL, SessionKey::account),
                        RecordShape.field("id", Shape.UINT, SessionKey::id));
    }

    /** A recipient that a session wants to pay. */
    public record RecipientKey(Principal account, long id, Principal recipient) {
        static final RecordShape<RecipientKey> SHAPE =
                RecordShape.of(
                        in -> new RecipientKey(in.next(), in.next(), in.next()),
                        RecordShape.field("account", Shape.PRINCIPAL, RecipientKey::account),
                        RecordShape.field("id", Shape.UINT, RecipientKey::id),
                        RecordShape.field("recipient", Shape.PRINCIPAL, RecipientKey::recipient));
    }

    /**
     * Blocks between the wish for another key and its taking over, unless genesis says otherwise.
     */
    private static final long DAY = 86_400;

    static final Variable<Long> ROTATION_DELAY =
            new Variable<>(1, "rotation-delay", Shape.UINT, "blocks until a new key takes over");
    public static final MapSlot<Principal, Authority> AUTHORITIES =
            new MapSlot<>(
                    2,
                    "authority",
                    Shape.PRINCIPAL,
                    Authority.SHAPE,
                    "who may act for an account besides the key of its address");
    public static final MapSlot<SessionKey, Session> SESSIONS =
            new MapSlot<>(3, "session", SessionKey.SHAPE, Session.SHAPE, "what a session may do");
    public static final MapSlot<SessionKey, Spending> SPENDING =
            new MapSlot<>(
                    4, "spending", SessionKey.SHAPE, Spending.SHAPE, "what a session has spent");
    public static final MapSlot<RecipientKey, Long> ANNOUNCED =
            new MapSlot<>(
                    5,
                    "announcement",
                    RecipientKey.SHAPE,
                    Shape.UINT,
                    "at which height a session announced a recipient");

    private static final Parameter<Session> POLICY =
            Parameter.of("policy", Session.SHAPE, "what the session may do");
    private static final Parameter<Long> ID = Parameter.number("id", "of the session");
    private static final Parameter<Principal> OWNER =
            Parameter.principal("account", "whose account it is");
    private static final Parameter<PublicKey> KEY =
            Parameter.of("key", KeyShape.ACCOUNT_KEY, "an Ed25519 public key");
    private static final Parameter<Signature> PROOF =
            Parameter.of("proof", KeyShape.SIGNATURE, "the new key's own signature");
    private static final Parameter<Optional<Principal>> GUARDIAN =
            Parameter.of("guardian", Shape.optional(Shape.PRINCIPAL), "who, or none");
    private static final Parameter<Principal> RECIPIENT =
            Parameter.principal("recipient", "who is to be paid");
    private static final Parameter<Asset> ASSET =
            Parameter.of("asset", AssetShape.ASSET, "what; none is the coin");
    private static final Parameter<Long> AMOUNT = Parameter.tokens("amount", "how much of it");

    private static final EventType SESSION_ADDED = ofSession("session-added", "a key may act");
    private static final EventType SESSION_TIGHTENED =
            ofSession("session-tightened", "a session may do less");
    private static final EventType SESSION_REVOKED =
            ofSession("session-revoked", "a session may do nothing any more");
    private static final EventType ALL_REVOKED = ofAccount("all-revoked", "no session may act");
    private static final EventType RECIPIENT_ANNOUNCED =
            EventType.of(
                    "recipient-announced",
                    "a session wants to pay somebody new",
                    EventType.key("account", Shape.PRINCIPAL),
                    EventType.key("id", Shape.UINT),
                    EventType.key("recipient", Shape.PRINCIPAL));
    public static final EventType SESSION_SPENT =
            EventType.of(
                    "session-spent",
                    "what a transaction counted against a session",
                    EventType.key("account", Shape.PRINCIPAL),
                    EventType.key("id", Shape.UINT),
                    EventType.field("asset", AssetShape.ASSET),
                    EventType.field("amount", Shape.UINT),
                    EventType.field("left", Shape.UINT));
    private static final EventType ROTATION_BEGUN =
            EventType.of(
                    "rotation-begun",
                    "another key takes over at a height",
                    EventType.key("account", Shape.PRINCIPAL),
                    EventType.field("key", KeyShape.ACCOUNT_KEY),
                    EventType.field("height", Shape.UINT));
    private static final EventType ROTATION_VETOED =
            ofAccount("rotation-vetoed", "the guardian kept key and guardian as they are");
    private static final EventType GUARDIAN_SET =
            EventType.of(
                    "guardian-set",
                    "another guardian takes over at a height",
                    EventType.key("account", Shape.PRINCIPAL),
                    EventType.field("guardian", Shape.optional(Shape.PRINCIPAL)),
                    EventType.field("height", Shape.UINT));
    private static final EventType ACCOUNT_PAUSED = ofAccount("paused", "sessions are stopped");
    private static final EventType ACCOUNT_RESUMED = ofAccount("resumed", "sessions may act again");

    public static final Contract DECLARATION =
            Contract.singleton("account", 10, "Keys, sessions and guardians of accounts")
                    .variables(ROTATION_DELAY)
                    .maps(AUTHORITIES, SESSIONS, SPENDING, ANNOUNCED)
                    .faults(
                            SESSION_EXPIRED,
                            CAP_TX,
                            CAP_PERIOD,
                            CAP_TOTAL,
                            OUT_OF_SCOPE,
                            RECIPIENT_DENIED,
                            COSIGN_NEEDED,
                            PAUSED)
                    .events(
                            SESSION_ADDED,
                            SESSION_TIGHTENED,
                            SESSION_REVOKED,
                            ALL_REVOKED,
                            RECIPIENT_ANNOUNCED,
                            SESSION_SPENT,
                            ROTATION_BEGUN,
                            ROTATION_VETOED,
                            GUARDIAN_SET,
                            ACCOUNT_PAUSED,
                            ACCOUNT_RESUMED)
                    .methods(
                            Method.directly("add-session", "Lets a key act within a policy")
                                    .takes(POLICY)
                                    .gas(3_000)
                                    .returns(Shape.UINT, Account::addSession),
                            Method.directly("tighten", "Lets a session do less than it may")
                                    .takes(ID, POLICY)
                                    .gas(3_000)
                                    .returns(Shape.BOOL, Account::tighten),
                            Method.directly("revoke", "Ends a session")
                                    .takes(ID)
                                    .gas(500)
                                    .command("session", "revoke", "--id 0 --from alice")
                                    .returns(Shape.BOOL, Account::revoke),
                            Method.directly("revoke-all", "Ends all sessions")
                                    .gas(500)
                                    .command("session", "revoke-all", "--from alice")
                                    .returns(Shape.BOOL, Account::revokeAll),
                            Method.directly(
                                            "announce-recipient",
                                            "Begins the delay before a session may pay somebody")
                                    .takes(ID, RECIPIENT)
                                    .gas(500)
                                    .command(
                                            "session",
                                            "announce-recipient",
                                            "--id 0 --recipient bob --from alice")
                                    .returns(Shape.UINT, Account::announceRecipient),
                            Method.directly("rotate-key", "Puts another key in the key's place")
                                    .takes(KEY, PROOF)
                                    .gas(1_000)
                                    .returns(Shape.UINT, Account::rotateKey),
                            Method.directly("set-guardian", "Names who may veto and pause")
                                    .takes(GUARDIAN)
                                    .gas(500)
                                    .command(
                                            "account",
                                            "set-guardian",
                                            "--guardian carol --from alice")
                                    .returns(Shape.UINT, Account::setGuardian),
                            Method.directly(
                                            "veto-rotation",
                                            "Keeps key and guardian of an account as they are")
                                    .takes(OWNER)
                                    .gas(500)
                                    .command(
                                            "account",
                                            "veto-rotation",
                                            "--account alice --from carol")
                                    .returns(Shape.BOOL, Account::vetoRotation),
                            Method.directly("pause", "Stops all sessions of an account")
                                    .takes(OWNER)
                                    .gas(500)
                                    .command("account", "pause", "--account alice --from carol")
                                    .returns(Shape.BOOL, Account::pause),
                            Method.directly("resume", "Lets sessions act again")
                                    .gas(500)
                                    .command("account", "resume", "--from alice")
                                    .returns(Shape.BOOL, Account::resume),
                            Method.publicly(
                                            "charge-session",
                                            "Counts a payment that a session signed; for pay only")
                                    .takes(OWNER, ID, KEY, ASSET, RECIPIENT, AMOUNT)
                                    .gas(1_000)
                                    .returns(Shape.BOOL, Account::chargeSession),
                            Method.readOnly("is-owner-key", "Whether a key acts for an account")
                                    .takes(OWNER, KEY)
                                    .gas(1_000)
                                    .returns(Shape.BOOL, Account::isOwnerKey))
                    .declare();

    private Account() {}

    private static long addSession(Frame call) {
        requireOwner(call);
        Session policy = call.get(POLICY);
        call.require(policy.isSound() && policy.validUntil() >= call.height(), INVALID_PARAMS);
        Authority authority = authorityOf(call, call.sender());
        long id = authority.nextSession();
        var key = new SessionKey(call.sender(), id);
        putAuthority(call, call.sender(), authority.withNextSession());
        call.put(SESSIONS, key, policy);
        call.put(SPENDING, key, Spending.none(policy));
        call.emit(SESSION_ADDED, call.sender(), id, policy.key());
        return id;
    }

    private static boolean tighten(Frame call) {
        long id = call.get(ID);
        requireOwnerOrSession(call, id);
        var key = new SessionKey(call.sender(), id);
        Session before = live(call, key);
        Session after = call.get(POLICY);
        call.require(after.isSound() && before.covers(after), INVALID_PARAMS);
        List<Counter> counters = call.read(SPENDING, key).counters();
        List<Counter> kept =
                after.caps().stream()
                        .map(cap -> counters.get(indexOf(before, cap.asset())))
                        .toList();
        call.put(SESSIONS, key, after);
        call.put(SPENDING, key, new Spending(kept));
        call.emit(SESSION_TIGHTENED, call.sender(), id, after.key());
        return true;
    }

    private static int indexOf(Session session, Asset asset) {
        return session.caps().stream().map(Session.Cap::asset).toList().indexOf(asset);
    }

    private static boolean revoke(Frame call) {
        long id = call.get(ID);
        requireOwnerOrSession(call, id);
        var key = new SessionKey(call.sender(), id);
        PublicKey sessionKey = call.read(SESSIONS, key).key();
        call.delete(SESSIONS, key);
        call.delete(SPENDING, key);
        call.emit(SESSION_REVOKED, call.sender(), id, sessionKey);
        return true;
    }

    private static boolean revokeAll(Frame call) {
        requireOwner(call);
        putAuthority(call, call.sender(), authorityOf(call, call.sender()).withAllRevoked());
        call.emit(ALL_REVOKED, call.sender());
        return true;
    }

    private static long announceRecipient(Frame call) {
        long id = call.get(ID);
        requireOwnerOrSession(call, id);
        live(call, new SessionKey(call.sender(), id));
        var key = new RecipientKey(call.sender(), id, call.get(RECIPIENT));
        Optional<Long> before = call.find(ANNOUNCED, key);
        if (before.isEmpty()) {
            call.put(ANNOUNCED, key, call.height());
            call.emit(RECIPIENT_ANNOUNCED, call.sender(), id, key.recipient());
        }
        return before.orElse(call.height());
    }

    private static long rotateKey(Frame call) {
        requireOwner(call);
        call.require(!call.sender().isContract(), UNAUTHORIZED);
        PublicKey key = call.get(KEY);
        Bytes message =
                Bytes.owned(SignBytes.keyPossession(call.chain(), call.sender().toBytes(), key));
        call.require(call.verifies(key, message, call.get(PROOF)), INVALID_PARAMS);
        Authority authority = authorityOf(call, call.sender());
        long height = Math.addExact(call.height(), delay(call));
        putAuthority(
                call,
                call.sender(),
                authority.withPending(
                        Optional.of(new PendingKey(key, height)), authority.pendingGuardian()));
        call.emit(ROTATION_BEGUN, call.sender(), key, height);
        return height;
    }

    /**
     * The first guardian takes over at once. Another one waits as long as a key, so that who stole
     * the key cannot shake the guardian off.
     */
    private static long setGuardian(Frame call) {
        requireOwner(call);
        Optional<Principal> guardian = call.get(GUARDIAN);
        call.require(!guardian.equals(Optional.of(call.sender())), INVALID_PARAMS);
        Authority authority = authorityOf(call, call.sender());
        boolean first = authority.guardian().isEmpty() && guardian.isPresent();
        long height = first ? call.height() : Math.addExact(call.height(), delay(call));
        putAuthority(
                call,
                call.sender(),
                first
                        ? authority.withGuardian(guardian.get())
                        : authority.withPending(
                                authority.pendingKey(),
                                Optional.of(new PendingGuardian(guardian, height))));
        call.emit(GUARDIAN_SET, call.sender(), guardian, height);
        return height;
    }

    private static boolean vetoRotation(Frame call) {
        Principal account = call.get(OWNER);
        Authority authority = authorityOf(call, account);
        requireGuardian(call, authority);
        call.require(
                authority.pendingKey().isPresent() || authority.pendingGuardian().isPresent(),
                WRONG_STATE);
        putAuthority(call, account, authority.withPending(Optional.empty(), Optional.empty()));
        call.emit(ROTATION_VETOED, account);
        return true;
    }

    private static boolean pause(Frame call) {
        Principal account = call.get(OWNER);
        Authority authority = authorityOf(call, account);
        if (account.equals(call.sender())) {
            requireOwner(call);
        } else {
            requireGuardian(call, authority);
        }
        call.require(!authority.paused(), WRONG_STATE);
        putAuthority(call, account, authority.withPaused(true));
        call.emit(ACCOUNT_PAUSED, account);
        return true;
    }

    private static boolean resume(Frame call) {
        requireOwner(call);
        Authority authority = authorityOf(call, call.sender());
        call.require(authority.paused(), WRONG_STATE);
        putAuthority(call, call.sender(), authority.withPaused(false));
        call.emit(ACCOUNT_RESUMED, call.sender());
        return true;
    }

    private static boolean chargeSession(Frame call) {
        call.require(call.caller().equals(call.system("pay")), UNAUTHORIZED);
        var key = new SessionKey(call.get(OWNER), call.get(ID));
        Session session = live(call, key);
        call.require(session.key().equals(call.get(KEY)), UNAUTHORIZED);
        call.require(!authorityOf(call, key.account()).paused(), PAUSED);
        call.require(session.isValidAt(call.height()), SESSION_EXPIRED);
        call.require(session.reaches(call.caller()), OUT_OF_SCOPE);
        Principal recipient = call.get(RECIPIENT);
        call.require(
                session.mayPay(recipient) && waited(call, key, session, recipient),
                RECIPIENT_DENIED);
        Asset asset = call.get(ASSET);
        long amount = call.get(AMOUNT);
        call.require(session.cosign().filter(c -> amount > c.above()).isEmpty(), COSIGN_NEEDED);
        Spending spending = call.read(SPENDING, key);
        Optional<Fault> refusal = spending.refusal(session, call.height(), asset, 0, amount);
        if (refusal.isPresent()) {
            throw call.failure(refusal.get());
        }
        Spending after = spending.plus(session, call.height(), asset, amount);
        call.put(SPENDING, key, after);
        long left = after.left(session, call.height(), asset);
        call.emit(SESSION_SPENT, key.account(), key.id(), asset, amount, left);
        return true;
    }

    private static boolean waited(
            Frame call, SessionKey key, Session session, Principal recipient) {
        if (session.newRecipientDelay().isEmpty()) {
            return true;
        }
        Optional<Long> announced =
                call.find(ANNOUNCED, new RecipientKey(key.account(), key.id(), recipient));
        return hasWaited(session, announced, call.height());
    }

    /**
     * Whether a session may pay a recipient already.
     *
     * @param announced when it was
     */
    public static boolean hasWaited(Session session, Optional<Long> announced, long height) {
        return session.newRecipientDelay()
                .map(delay -> announced.filter(since -> height - since >= delay).isPresent())
                .orElse(true);
    }

    private static boolean isOwnerKey(Frame call) {
        Principal account = call.get(OWNER);
        PublicKey key = call.get(KEY);
        return authorityOf(call, account)
                .key()
                .map(key::equals)
                .orElseGet(() -> AccountAddress.isMadeOf(account, key));
    }

    /** A session that was not revoked. */
    private static Session live(Frame call, SessionKey key) {
        Session session = call.read(SESSIONS, key);
        call.require(key.id() >= authorityOf(call, key.account()).revokedBelow(), NOT_FOUND);
        return session;
    }

    private static long delay(Frame call) {
        return call.find(ROTATION_DELAY).orElse(DAY);
    }

    private static Authority authorityOf(Frame call, Principal account) {
        return call.find(AUTHORITIES, account).orElse(Authority.NONE).settledAt(call.height());
    }

    private static void putAuthority(Frame call, Principal account, Authority authority) {
        call.put(AUTHORITIES, account, authority);
        call.manage(account);
    }

    /** No session widens, adds or revokes another, whatever its scope lists. */
    private static void requireOwner(Frame call) {
        call.require(call.session().isEmpty(), UNAUTHORIZED);
    }

    private static void requireOwnerOrSession(Frame call, long id) {
        call.require(call.session().isEmpty() || call.session().get() == id, UNAUTHORIZED);
    }

    private static void requireGuardian(Frame call, Authority authority) {
        requireOwner(call);
        call.require(authority.guardian().equals(Optional.of(call.sender())), UNAUTHORIZED);
    }

    private static EventType ofAccount(String name, String meaning) {
        return EventType.of(name, meaning, EventType.key("account", Shape.PRINCIPAL));
    }

    private static EventType ofSession(String name, String meaning) {
        return EventType.of(
                name,
                meaning,
                EventType.key("account", Shape.PRINCIPAL),
                EventType.key("id", Shape.UINT),
                EventType.field("key", KeyShape.ACCOUNT_KEY));
    }
}
