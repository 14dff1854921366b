package org.realm4knime.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.endpoint.EndpointFault.Kind;
import org.realm4knime.engine.endpoint.SharedWork.Piece;
import org.realm4knime.engine.generate.Completion;

/** How prompts are shared out, and what becomes of servers that fail; no server is asked here. */
class SharedWorkTest {

    private static final EndpointFault GONE = new EndpointFault(Kind.REST, "It is gone.");
    private static final EndpointFault BROKEN = new EndpointFault(Kind.AGAIN, "It broke.");
    private static final EndpointFault BUSY = new EndpointFault(Kind.REST, "It is busy.", 429, Duration.ofSeconds(2));

    private static List<SamplerServer> servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SamplerServer(new SamplerClient("http://server" + i, ApiKey.none(), null, null, 0)))
                .toList();
    }

    private static Completion completion(int prompt, int sample) {
        return new Completion(new int[] {prompt, sample}, new float[2], "", true);
    }

    private static void write(SharedWork work, Piece piece, SamplerServer server) {
        work.done(
                piece,
                server,
                IntStream.range(0, piece.samples())
                        .mapToObj(i -> completion(piece.prompt(), piece.first() + i))
                        .toList());
    }

    @Test
    void promptsStayWholeWhereThereAreEnough() throws InterruptedException {
        List<SamplerServer> servers = servers(2);
        SharedWork work = new SharedWork(8, 4, servers);
        assertThat(work.take(servers.get(0))).isEqualTo(new Piece(0, 0, 4));
        assertThat(work.take(servers.get(1))).isEqualTo(new Piece(1, 0, 4));
    }

    @Test
    void fewPromptsAreCutSoThatAllServersHaveWork() throws InterruptedException {
        List<SamplerServer> servers = servers(3);
        SharedWork work = new SharedWork(1, 8, servers);
        assertThat(work.take(servers.get(0))).isEqualTo(new Piece(0, 0, 2));
        assertThat(work.take(servers.get(1))).isEqualTo(new Piece(0, 2, 2));
    }

    @Test
    void aPieceOfAServerThatIsGoneGoesToAnother() throws InterruptedException {
        List<SamplerServer> servers = servers(2);
        SharedWork work = new SharedWork(2, 2, servers);
        Piece first = Objects.requireNonNull(work.take(servers.get(0)));

        assertThat(work.failed(first, servers.get(0), GONE)).isEmpty();

        assertThat(servers.get(0).isOut()).isTrue();
        assertThat(work.take(servers.get(0))).isNull();
        for (Piece piece = work.take(servers.get(1)); piece != null; piece = work.take(servers.get(1))) {
            write(work, piece, servers.get(1));
        }
        assertThat(work.await(1)).isEqualTo(1);
        assertThat(work.completions())
                .containsExactly(
                        List.of(completion(0, 0), completion(0, 1)), List.of(completion(1, 0), completion(1, 1)));
    }

    @Test
    void aServerThatFailsThreeTimesInARowIsLeftOutAndABusyOneIsNot() throws InterruptedException {
        List<SamplerServer> servers = servers(2);
        SharedWork work = new SharedWork(4, 1, servers);
        for (int i = 0; i < 5; i++) {
            Piece piece = Objects.requireNonNull(work.take(servers.get(1)));
            assertThat(work.failed(piece, servers.get(1), BUSY)).contains(Duration.ofSeconds(2));
        }
        for (int i = 0; i < 2; i++) {
            Piece piece = Objects.requireNonNull(work.take(servers.get(0)));
            assertThat(work.failed(piece, servers.get(0), BROKEN)).isPresent();
        }
        Piece piece = Objects.requireNonNull(work.take(servers.get(0)));
        assertThat(work.failed(piece, servers.get(0), BROKEN)).isEmpty();
        assertThat(servers.get(0).isOut()).isTrue();
        assertThat(servers.get(1).isOut()).isFalse();
    }

    @Test
    void whenTheLastIsGoneTheWorkEnds() throws InterruptedException {
        List<SamplerServer> servers = servers(1);
        SharedWork work = new SharedWork(4, 1, servers);
        Piece piece = Objects.requireNonNull(work.take(servers.get(0)));
        work.failed(piece, servers.get(0), GONE);
        assertThatThrownBy(() -> work.await(1))
                .isInstanceOf(NoServerException.class)
                .hasMessage("No server is left to write completions. It is gone.");
    }
}
