package org.realm4knime.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;

class EndpointCheckTest {

    private static final ApiKey KEY = ApiKey.of(Endpoints.KEY, "test");

    private final FaultServer server = new FaultServer();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private List<String> warnings(FaultServer... servers) {
        return Progress.unwatched(
                progress -> EndpointCheck.warnings(Endpoints.of(servers).settings(), KEY, progress));
    }

    @Test
    void aServerThatHasTheModelIsInOrder() {
        server.lists(FaultServer.json("{\"data\":[{\"id\":\"other\"},{\"id\":\"" + FaultServer.MODEL + "\"}]}"));
        assertThat(warnings(server)).isEmpty();
        assertThat(server.authorizations()).containsExactly("Bearer " + Endpoints.KEY);
    }

    @Test
    void aServerWithoutAListIsTakenAsItIs() {
        assertThat(warnings(server)).isEmpty();
        server.lists(FaultServer.bytes("text/html", "<p>Hello".getBytes(StandardCharsets.UTF_8)));
        assertThat(warnings(server)).isEmpty();
    }

    @Test
    void aModelThatIsNotListedIsToldOf() {
        server.lists(FaultServer.json("{\"data\":[{\"id\":\"tiny\"},{\"id\":\"large\"}]}"));
        assertThat(warnings(server))
                .singleElement()
                .asString()
                .contains("lists no model 'test-model'")
                .endsWith("It has: tiny, large.");
    }

    @Test
    void aWrongKeyIsFoundOut() {
        server.lists(FaultServer.status(401, "{\"error\":\"bad key " + Endpoints.KEY + "\"}"));
        assertThatThrownBy(() -> warnings(server))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("does not accept the key")
                .hasMessageNotContaining(Endpoints.KEY);
    }

    @Test
    void oneServerOfSeveralMayBeAway() {
        FaultServer gone = new FaultServer();
        gone.close();
        assertThat(warnings(gone, server)).singleElement().asString().contains("cannot be reached");
        assertThatThrownBy(() -> warnings(gone))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("cannot be reached");
    }
}
