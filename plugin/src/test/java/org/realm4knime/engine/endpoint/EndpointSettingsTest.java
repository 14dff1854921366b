package org.realm4knime.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.realm4knime.engine.EngineException;

class EndpointSettingsTest {

    private static EndpointSettings at(String... urls) {
        return new EndpointSettings(
                "m", List.of(urls), "", Dialect.USUAL, new EndpointLimits(1, 1, 0, 0, 0), new TokenPrices(0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8000/v1, does not begin with http://",
        "ftp://host/v1, does not begin with http://",
        "http:///v1, does not begin with http://",
        "http://host/v1 x, is no address",
        "https://me:secret@host/v1, has a name or a password",
        "https://host/v1?api-key=secret, has a ? or a #",
        "http://host/v1/chat/completions, Leave that out"
    })
    void aWrongAddressIsRefusedAndNotRepeated(String url, String said) {
        assertThatThrownBy(() -> at(url))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("'Base URL'")
                .hasMessageNotContaining("secret");
    }

    @Test
    void blankAndRepeatedAddressesAndSlashesAtTheEndAreDropped() {
        assertThat(at(" http://a/v1/ ", "", "http://a/v1", "https://b").baseUrls())
                .containsExactly("http://a/v1", "https://b");
        assertThatThrownBy(() -> at(" ")).hasMessageContaining("no address");
    }

    @Test
    void aKeyIsUnencryptedOnlyOnTheNetwork() {
        assertThat(at("http://localhost:1/v1", "http://127.0.0.1/v1", "https://host/v1")
                        .sendsUnencrypted())
                .isFalse();
        assertThat(at("https://host/v1", "http://host/v1").sendsUnencrypted()).isTrue();
    }

    @Test
    void aKeyIsCheckedWithoutBeingShown() {
        assertThatThrownBy(() -> ApiKey.of("  ", "the credentials 'x'"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the credentials 'x'");
        assertThatThrownBy(() -> ApiKey.of("secret\nsecret", "x")).hasMessageNotContaining("secret");
        assertThat(ApiKey.of("abc", "x").hideIn("an abc book")).isEqualTo(ApiKey.HIDDEN);
        assertThat(ApiKey.none().hideIn("an abc book")).isEqualTo("an abc book");
    }
}
