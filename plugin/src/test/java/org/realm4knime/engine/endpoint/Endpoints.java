package org.realm4knime.engine.endpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.generate.Written;

/** An endpoint for tests: its settings, and what it told. */
final class Endpoints {

    static final String KEY = "sk-planted-0123456789abcdef";

    final VirtualTime time = new VirtualTime();
    final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<String> urls;
    private int retries = 2;
    private int parallel = 1;
    private int timeout = 1;
    private Dialect dialect = Dialect.USUAL;
    private String system = "";
    private TokenPrices prices = new TokenPrices(0, 0);
    private Path cache;

    private Endpoints(List<String> urls) {
        this.urls = urls;
    }

    static Endpoints of(FaultServer... servers) {
        return new Endpoints(List.of(servers).stream().map(FaultServer::url).toList());
    }

    static Endpoints at(String... urls) {
        return new Endpoints(List.of(urls));
    }

    Endpoints retries(int count) {
        retries = count;
        return this;
    }

    Endpoints parallel(int count) {
        parallel = count;
        return this;
    }

    Endpoints timeout(int seconds) {
        timeout = seconds;
        return this;
    }

    Endpoints dialect(Dialect which) {
        dialect = which;
        return this;
    }

    Endpoints system(String prompt) {
        system = prompt;
        return this;
    }

    Endpoints prices(double read, double written) {
        prices = new TokenPrices(read, written);
        return this;
    }

    Endpoints cache(Path folder) {
        cache = folder;
        return this;
    }

    EndpointSettings settings() {
        return new EndpointSettings(
                FaultServer.MODEL, urls, system, dialect, new EndpointLimits(timeout, parallel, 0, 0, retries), prices);
    }

    EndpointModel open() {
        return new EndpointModel(settings(), ApiKey.of(KEY, "test"), Optional.ofNullable(cache), notes::add, time);
    }

    /** The one answer to one question at temperature 0. */
    Written ask(String question) throws CanceledJobException {
        return ask(open(), List.of(question)).get(0);
    }

    static List<Written> ask(EndpointModel model, List<String> questions) throws CanceledJobException {
        return model.generate(questions, 1, SamplingSettings.greedy(64), 1, Progress.silent()).stream()
                .map(samples -> samples.get(0))
                .toList();
    }
}
