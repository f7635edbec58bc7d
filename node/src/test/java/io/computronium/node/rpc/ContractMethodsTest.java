package io.computronium.node.rpc;

import static io.computronium.node.rpc.HttpSocket.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Namespace {@code contract_}, on two sample contracts. */
final class ContractMethodsTest extends RunningServer {

    private static final String CLUB = "SD000000000000000000003EFWXZ.club";
    private static final String BOX = "SD000000000000000000003EFWXZ.box";
    private static final String TIN = FakeNode.ALICE + ".tin";

    @Test
    void listsTheBuiltInContracts() throws IOException {
        assertEquals(
                json(
                        """
                        {"height":"1","value":[
                         {"contract":"%s","name":"club","kind":"singleton",
                          "meaning":"A club with lockers"},
                         {"contract":"%s","name":"box","kind":"template",
                          "meaning":"A box of tokens"}]}
                        """
                                .formatted(CLUB, BOX)),
                result("contract_list", "{}"));
    }

    @Test
    void describesAContract() throws IOException {
        var club = describe(CLUB);
        assertEquals("singleton", club.get("kind").textValue());
        assertEquals(
                json(
                        """
                        {"name":"join","access":"public","direct":false,"args":[
                         {"name":"dues","type":"uint128","unit":"coin",
                          "meaning":"what to pay, over 0"},
                         {"name":"stay","type":"uint128","unit":"blocks","meaning":"for how long"},
                         {"name":"share","type":"uint128","unit":"basis-points",
                          "meaning":"of the profit"},
                         {"name":"note","type":{"optional":{"string-utf8":{"length":20}}},
                          "meaning":"for the locker"},
                         {"name":"days","type":{"list":{"type":"uint128","length":3}},
                          "meaning":"numbers of days"},
                         {"name":"loud","type":"bool","meaning":"whether everybody is told"}],
                         "outputs":{"type":{"response":{"ok":"uint128","error":"uint128"}}},
                         "meaning":"Become a member","gas":"500",
                         "command":{"noun":"club","verb":"join","example":
                          "--dues 1.5cptm --stay 7d --share 25% --note hello --days u1,u2 --from alice"}}
                        """),
                club.at("/functions/0"));
        assertTrue(club.at("/functions/1/direct").booleanValue());
        assertEquals("read_only", club.at("/functions/2/access").textValue());
        assertEquals("uint128", club.at("/functions/2/outputs/type").textValue());
        assertEquals("get-locker", club.at("/functions/5/name").textValue());
        assertEquals("member-count", club.at("/variables/0/name").textValue());
        assertEquals("principal", club.at("/maps/0/key").textValue());
        assertEquals(
                json(
                        """
                        {"name":"member-joined","meaning":"Somebody became a member","fields":[
                         {"name":"member","type":"principal","key":true},
                         {"name":"dues","type":"uint128","unit":"coin","key":false}]}
                        """),
                club.at("/events/0"));
        assertEquals("9000", club.at("/errors/0/code").textValue());
        assertEquals("UNAUTHORIZED", club.at("/errors/0/name").textValue());
        assertEquals("9010", club.at("/errors/10/code").textValue());
        assertEquals("CLOSED", club.at("/errors/10/name").textValue());
        assertEquals("count", club.at("/invariants/0/name").textValue());
    }

    @Test
    void tellsTemplatesFromTheirInstances() throws IOException {
        var template = describe(BOX);
        assertEquals("template", template.get("kind").textValue());
        assertEquals(1, template.get("functions").size());
        assertEquals("create", template.at("/functions/0/name").textValue());
        assertEquals("fill", template.at("/instanceFunctions/0/name").textValue());
        var instance = describe(TIN);
        assertEquals("instance", instance.get("kind").textValue());
        assertEquals("box", instance.get("name").textValue());
        assertEquals(template.get("instanceFunctions"), instance.get("functions"));
    }

    @Test
    void reads() throws IOException {
        assertEquals(
                json(
                        """
                        {"height":"1","value":{"hex":"0x0100000000000000000000000000000005",
                         "repr":"u5","json":"5"}}
                        """),
                read(CLUB, "sum", "'2','0x0100000000000000000000000000000003'"));
        assertEquals(
                json("{\"hex\":\"0x09\",\"repr\":\"none\",\"json\":null}"),
                read(CLUB, "get-locker", "'" + FakeNode.BOB + "'").get("value"));
        assertEquals(TIN, read(TIN, "owner", "").at("/value/json").textValue());
        var query =
                "/v1/contract_read?contract="
                        + CLUB
                        + "&function=sum&arguments=%5B%221%22,%222%22%5D";
        assertEquals(
                "3", socket.exchange(HttpSocket.get(query)).json().at("/value/json").textValue());
    }

    @Test
    void saysWhatIsWrongWithARead() throws IOException {
        assertParams("contract: ", FakeNode.ALICE.toString(), "owner", "");
        assertParams("contract: ", "SC00000000000000000000ERBZ0J.club", "open", "");
        assertParams("sum, open, get-member-count", CLUB, "smu", "");
        assertParams("sum takes 2: first, second", CLUB, "sum", "'1'");
        assertParams("arguments.first: a number", CLUB, "sum", "1,2");
        assertParams("arguments.first: a number", CLUB, "sum", "'u1','2'");
        assertParams(
                "changes the state",
                CLUB,
                "invite",
                "'" + FakeNode.BOB + "','" + "00".repeat(32) + "'");
        assertParams("is a template", BOX, "owner", "");
        assertEquals(-32001, failed(FakeNode.ALICE + ".none", "owner", "").get("code").intValue());
        assertEquals(
                -32001,
                error("contract_interface", "{'contract':'" + FakeNode.ALICE + ".x'}")
                        .get("code")
                        .intValue());
    }

    @Test
    void errorsOfContractsHaveNames() throws IOException {
        var error = failed(CLUB, "open", "");
        assertEquals(-32006, error.get("code").intValue());
        assertEquals(
                json(
                        """
                        {"code":"9010","name":"CLOSED",
                         "meaning":"the club is closed; come back later"}
                        """),
                error.get("data"));
        var most = "9223372036854775807";
        assertEquals(
                "INVALID_PARAMS",
                failed(CLUB, "sum", "'" + most + "','1'").at("/data/name").textValue());
    }

    private JsonNode describe(String contract) throws IOException {
        return result("contract_interface", "{'contract':'" + contract + "'}").get("value");
    }

    private JsonNode read(String contract, String function, String arguments) throws IOException {
        return result("contract_read", params(contract, function, arguments));
    }

    private JsonNode failed(String contract, String function, String arguments) throws IOException {
        return error("contract_read", params(contract, function, arguments));
    }

    private void assertParams(String reason, String contract, String function, String arguments)
            throws IOException {
        var error = failed(contract, function, arguments);
        assertEquals(-32602, error.get("code").intValue(), error.toString());
        assertTrue(error.get("message").textValue().contains(reason), error.toString());
    }

    private static String params(String contract, String function, String arguments) {
        return "{'contract':'%s','function':'%s','arguments':[%s]}"
                .formatted(contract, function, arguments);
    }
}
