package io.computronium.cli.command;

import io.computronium.primitives.Bytes;
import io.computronium.primitives.Coin;
import io.computronium.primitives.tx.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values in words, for people. */
final class Words {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Words() {}

    static String of(Call call) {
        return switch (call) {
            case Call.Transfer transfer ->
                    "send " + Coin.format(transfer.amount()) + " to " + transfer.to();
            case Call.ContractCall contractCall ->
                    "call " + contractCall.contract() + " " + contractCall.function();
            case Call.Deploy deploy -> "deploy " + deploy.name();
        };
    }

    /** Text that others wrote, without what would move the cursor or change colours. */
    static String printable(Bytes text) {
        return printable(new String(text.toArray(), StandardCharsets.UTF_8));
    }

    /** As {@link #printable(Bytes)}. */
    static String printable(String text) {
        return text.replaceAll("\\p{C}", "\ufffd");
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
