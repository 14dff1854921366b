package org.realm4knime.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.endpoint.ApiKey;
import org.realm4knime.engine.endpoint.Dialect;
import org.realm4knime.engine.endpoint.EndpointLimits;
import org.realm4knime.engine.endpoint.EndpointModel;
import org.realm4knime.engine.endpoint.EndpointSettings;
import org.realm4knime.engine.endpoint.TokenPrices;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.Generator;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.Written;
import org.realm4knime.engine.model.DecoderConfig;
import org.realm4knime.engine.model.LanguageModel;
import org.realm4knime.engine.model.TextTokenizer;

/** DJL looks for its engine and native code through the context class loader, which in OSGi is another bundle's. */
class EngineTest {

    private static final Path TOKENIZER = Path.of(System.getProperty("tokenizer"));

    @Test
    void generatesOnAThreadWhoseContextClassLoaderSeesNothing() throws Exception {
        List<List<Completion>> completions = onThreadWithForeignLoader(() -> {
            DecoderConfig config =
                    DecoderConfig.tiny(TextTokenizer.read(TOKENIZER).vocabSize());
            try (LanguageModel model = LanguageModel.create(config, TOKENIZER, 1)) {
                return new Generator(model, 2)
                        .generate(List.of("A gold member"), 2, SamplingSettings.greedy(3), Progress.silent());
            }
        });
        assertThat(completions).singleElement().satisfies(samples -> assertThat(samples)
                .hasSize(2)
                .allSatisfy(sample -> assertThat(sample.tokens()).hasSizeLessThanOrEqualTo(3)));
    }

    /** LangChain4j looks for parts of itself likewise. Nobody listens at port 1. */
    @Test
    void asksAServerOnAThreadWhoseContextClassLoaderSeesNothing() throws Exception {
        EndpointSettings settings = new EndpointSettings(
                "any",
                List.of("http://127.0.0.1:1/v1"),
                "",
                Dialect.USUAL,
                new EndpointLimits(10, 1, 0, 0, 0),
                new TokenPrices(0, 0));
        List<List<Written>> written = onThreadWithForeignLoader(() -> {
            try (EndpointModel model = new EndpointModel(settings, ApiKey.none(), Optional.empty(), note -> {})) {
                return model.generate(List.of("2 + 2?"), 1, SamplingSettings.greedy(3), 1, Progress.silent());
            }
        });
        assertThat(written.get(0).get(0).error()).contains("cannot be reached");
    }

    private static <T> T onThreadWithForeignLoader(Callable<T> work) throws Exception {
        try (URLClassLoader foreign = new URLClassLoader(new URL[0], null)) {
            FutureTask<T> task = new FutureTask<>(work);
            Thread thread = new Thread(task, "foreign");
            thread.setContextClassLoader(foreign);
            thread.start();
            T result = task.get();
            thread.join();
            return result;
        }
    }
}
