package io.computronium.cli.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.computronium.cli.shell.ErrorCode;
import io.computronium.cli.shell.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where settings come from, and what is said of those that are wrong. */
final class SettingsTest {

    private static final String PEER = "90542f226a690d8f807a63cede59dd15be035be4@10.0.0.1:7400";

    @Test
    void flagsWinOverVariablesOverTheFileOverDefaults() {
        var toml = "[rpc]\nport = 1\n[p2p]\nport = 1\n[log]\nlevel = \"debug\"";
        var variables = Map.of("CPTM_RPC_PORT", "2", "CPTM_P2P_PORT", "2", "CPTM_NAME", "");
        var settings = Settings.of(Map.of(Setting.RPC_PORT, "3"), variables, toml);
        assertEquals(
                new Settings.Value("3", Settings.Source.FLAG), settings.value(Setting.RPC_PORT));
        assertEquals(
                new Settings.Value("2", Settings.Source.VARIABLE),
                settings.value(Setting.P2P_PORT));
        assertEquals(
                new Settings.Value("debug", Settings.Source.FILE),
                settings.value(Setting.LOG_LEVEL));
        assertEquals(
                new Settings.Value("node", Settings.Source.DEFAULT), settings.value(Setting.NAME));
    }

    @Test
    void everyFaultIsListedWithItsKey() {
        var toml =
                """
                name = "a b"
                colour = "red"
                [rpc]
                port = "7300"
                hots = "x"
                [p2p]
                port = 65536
                peers = ["nobody"]
                [validator]
                enabled = 1
                """;
        var faults = faults(Map.of("CPTM_LOG_LEVEL", "loud"), toml);
        var keys = faults.stream().map(fault -> fault.substring(0, fault.indexOf(':'))).toList();
        assertEquals(
                List.of(
                        "name",
                        "colour",
                        "rpc.port",
                        "rpc.hots",
                        "p2p.port",
                        "p2p.peers",
                        "validator.enabled",
                        "CPTM_LOG_LEVEL"),
                keys);
    }

    @TestFactory
    Stream<DynamicTest> textsThatAreNoToml() {
        return Stream.of("name", "name = ", "[rpc", "a = 1\na = 2", "name = \"x", "\0")
                .map(text ->
                        dynamicTest(
                                text.replace('\n', '|').replace('\0', '0'),
                                () -> {
                                    var faults = faults(Map.of(), text);
                                    assertEquals(1, faults.size(), faults.toString());
                                    assertTrue(
                                            faults.getFirst().startsWith("node.toml at line "),
                                            faults.toString());
                                }));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        values.put(Setting.NAME, "validator-1");
        values.put(Setting.RPC_PORT, "7301");
        values.put(Setting.VALIDATOR, "false");
        values.put(Setting.P2P_PEERS, PEER + "," + PEER);
        var faults = new ArrayList<String>();
        assertEquals(values, NodeToml.read(NodeToml.write(values), faults));
        assertEquals(List.of(), faults);
        assertEquals(Map.of(), NodeToml.read(NodeToml.write(Map.of()), faults));
    }

    @TestFactory
    Stream<DynamicTest> everySettingHasNamesOfItsOwnAndADefaultThatIsValid() {
        var names = new HashSet<String>();
        return Stream.of(Setting.values())
                .map(setting ->
                        dynamicTest(
                                setting.key(),
                                () -> {
                                    assertTrue(setting.admits(setting.defaultText()));
                                    assertTrue(names.add(setting.key()));
                                    assertTrue(names.add(setting.variable()));
                                    assertTrue(names.add(setting.flag()));
                                }));
    }

    @Test
    void peersAreListed() {
        var settings = Settings.of(Map.of(), Map.of("CPTM_P2P_PEERS", PEER + ", " + PEER), "");
        assertEquals(List.of(PEER, PEER), settings.list(Setting.P2P_PEERS));
    }

    private static List<String> faults(Map<String, String> variables, String toml) {
        var failure = assertThrows(Failure.class, () -> Settings.of(Map.of(), variables, toml));
        assertEquals(ErrorCode.CONFIG, failure.code());
        return failure.faults();
    }
}
