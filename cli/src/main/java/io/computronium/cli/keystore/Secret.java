package io.computronium.cli.keystore;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** A password on its way to the slow function. */
final class Secret {

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

    private Secret() {}

    /**
     * The bytes that ERC-2335 derives from: NFKD, without control characters, UTF-8. The caller
     * zeroes them; the text between lives on until it is collected.
     */
    static byte[] bytes(char[] password) {
        var normal = Normalizer.normalize(CharBuffer.wrap(password), Normalizer.Form.NFKD);
        return CONTROLS.matcher(normal).replaceAll("").getBytes(StandardCharsets.UTF_8);
    }
}
