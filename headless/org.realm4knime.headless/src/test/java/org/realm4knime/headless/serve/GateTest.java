package org.realm4knime.headless.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private final AtomicLong now = new AtomicLong();

    private Gate gate(String token, ServeLimits limits) {
        return new Gate(ServedModel.settings(token, null, limits), now::get);
    }

    @Test
    void requestsOfAMinuteAreCountedAndComeBackWithTime() {
        Gate gate = gate(null, new ServeLimits(1, 1, 6, 1, 1));
        for (int i = 0; i < 6; i++) {
            gate.count();
        }
        assertThatThrownBy(gate::count).isInstanceOf(HttpFault.class).hasMessageContaining("more than 6 requests");
        now.addAndGet(TimeUnit.SECONDS.toNanos(11));
        gate.count();
        assertThatThrownBy(gate::count).isInstanceOf(HttpFault.class);
    }

    @Test
    void soManyAtTheSameTimeAndNoMore() {
        Gate gate = gate(null, new ServeLimits(1, 1, 0, 1, 1));
        gate.enter();
        assertThatThrownBy(gate::enter).isInstanceOf(HttpFault.class).hasMessage("1 requests are being answered.");
        gate.leave();
        assertThatCode(gate::enter).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"})
    void thisMachineMayAsk(String host) {
        Headers headers = new Headers();
        headers.set("Host", host);
        assertThatCode(() -> gate(null, ServeLimits.DEFAULT).requireAllowed(headers))
                .doesNotThrowAnyException();
    }

    /** A page that a browser shows reaches this machine under a name of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "evil.example:8000", "localhost.evil.example"})
    void aNameThatLeadsHereMayNot(String host) {
        Headers headers = new Headers();
        headers.set("Host", host);
        assertThatThrownBy(() -> gate(null, ServeLimits.DEFAULT).requireAllowed(headers))
                .isInstanceOf(HttpFault.class);
    }
}
