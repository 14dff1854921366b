package org.realm4knime.engine.endpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.generate.Completion;
import org.realm4knime.engine.generate.RowRandom;
import org.realm4knime.engine.generate.SamplingSettings;
import org.realm4knime.engine.model.LanguageModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has servers write the completions of a model that is being trained. Before each step its LoRA adapter goes into a
 * folder that they can read, in PEFT's format, and they load it under a name with the step; the one before is unloaded.
 * Where all weights are trained these go there instead, and take the place of the servers' own. A completion's random
 * numbers follow from the seed, its prompt and its number, as they do here, so which server writes it does not matter.
 *
 * <p>A server that dies is left out, and what it had to write is asked of the others. At every fifth step it is looked
 * for again.
 */
public final class PolicySampler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicySampler.class);
    private static final long LOOK_MILLIS = 200;
    /** Milliseconds that servers are waited for when they are no longer needed. */
    private static final long MOST_AT_THE_END = 1500;

    private static final int STEPS_TO_LOOK_AGAIN = 5;

    private final SamplerSettings settings;
    private final LanguageModel model;
    private final HandOver handOver;
    private final Consumer<String> notes;
    private final List<SamplerServer> servers;
    private final String training = UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);
    /** Folders that were made and are not yet deleted. */
    private final Set<Path> made = new LinkedHashSet<>();
    /** The step that was handed over for last; none if what was handed over is no longer right. */
    private OptionalInt handedOverFor = OptionalInt.empty();

    private int handedOver;

    /**
     * A sampler; asks nothing yet.
     *
     * @param model its adapter, or all weights if it has none, is what the servers load; the tokenizer is theirs
     * @param notes told of servers that are left out and come back
     */
    public PolicySampler(SamplerSettings settings, ApiKey key, LanguageModel model, Consumer<String> notes) {
        this.settings = settings;
        this.model = model;
        handOver = HandOver.of(model);
        this.notes = notes;
        EndpointHttp http = EndpointHttp.plain(Duration.ofSeconds(settings.timeoutSeconds()), key);
        servers = settings.baseUrls().stream()
                .map(url -> new SamplerServer(new SamplerClient(
                        url, key, http, model.tokenizer(), model.config().vocabSize())))
                .toList();
    }

    /**
     * Hands the model as it is to the servers.
     *
     * @param step number of the step that they are to write for; what was handed over for it once stays as it was
     * @param progress asked, while a server is waited for, whether to stop
     * @throws EngineException if it cannot be written, or a server refuses it
     * @throws CanceledJobException if canceled
     * @throws NoServerException if no server takes it
     */
    public void publish(int step, Progress progress) throws CanceledJobException {
        if (handedOverFor.equals(OptionalInt.of(step))) {
            return;
        }
        List<Path> before = List.copyOf(made);
        handedOver++;
        // a step that is handed over for once more gets another name, since servers keep what they have under one
        Path folder = settings.folder().resolve("realm-%s-step-%d-%d".formatted(training, step, handedOver));
        made.add(folder);
        handOver.write(model, folder, progress);
        for (SamplerServer server : servers) {
            if (!server.isOut() || step % STEPS_TO_LOOK_AGAIN == 0) {
                load(server, folder, progress);
            }
        }
        before.forEach(this::delete);
        if (servers.stream().allMatch(SamplerServer::isOut)) {
            throw SamplerServer.noneLeft(servers);
        }
        handedOverFor = OptionalInt.of(step);
    }

    /** Says that the model has changed in another way than by training on: it is handed over again before anything. */
    public void outdated() {
        handedOverFor = OptionalInt.empty();
    }

    private void load(SamplerServer server, Path folder, Progress progress) throws CanceledJobException {
        String name = folder.getFileName().toString();
        boolean wasOut = server.isOut();
        try {
            String loaded = Waiting.on(
                    () -> {
                        String model = handOver.load(server.client(), name, settings.seenAs(folder));
                        unload(server);
                        return model;
                    },
                    progress);
            server.loaded(loaded);
            server.comeBack();
            if (wasOut) {
                notes.accept("The server " + server.client().url() + " takes part again.");
            }
        } catch (EndpointFault fault) {
            leaveOut(server, fault);
        }
    }

    private void unload(SamplerServer server) {
        String name = server.loaded();
        if (name != null) {
            try {
                handOver.unload(server.client(), name);
            } catch (EndpointFault | EngineException e) {
                LOG.warn(
                        "The server {} keeps an adapter that is no longer needed: {}",
                        server.client().url(),
                        name);
            }
        }
    }

    private void leaveOut(SamplerServer server, EndpointFault fault) {
        if (!server.isOut()) {
            server.leaveOut(fault.getMessage());
            tellOfLeftOut(server, fault);
        }
    }

    private synchronized void tellOfLeftOut(SamplerServer server, EndpointFault fault) {
        notes.accept("The server %s is left out. %s".formatted(server.client().url(), fault.getMessage()));
    }

    private void delete(Path folder) {
        try {
            FileUtils.deleteDirectory(folder.toFile());
            made.remove(folder);
        } catch (IOException e) {
            LOG.warn("The folder {} could not be deleted", folder, e);
        }
    }

    /**
     * Writes completions with what was published last. May be called by another thread while this one trains.
     *
     * @param prompts tokens of each prompt, at least one
     * @param each completions of each prompt, at least 1
     * @param sampling how to draw
     * @param progress told how far it is, and asked whether to stop
     * @return for each prompt, in order, its completions with the servers' log-probabilities
     * @throws EngineException if a server refuses what it is asked
     * @throws NoServerException if no server is left
     * @throws CanceledJobException if canceled
     */
    public List<List<Completion>> write(List<int[]> prompts, int each, SamplingSettings sampling, Progress progress)
            throws CanceledJobException {
        List<SamplerServer> there =
                servers.stream().filter(server -> !server.isOut()).toList();
        if (there.isEmpty()) {
            throw SamplerServer.noneLeft(servers);
        }
        SharedWork work = new SharedWork(prompts.size(), each, there);
        ExecutorService threads = Executors.newFixedThreadPool(there.size() * settings.parallel(), task -> {
            Thread thread = new Thread(task, "realm4knime-completions");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int i = 0; i < settings.parallel(); i++) {
                there.forEach(server -> threads.execute(() -> work(server, work, prompts, sampling)));
            }
            for (double done = 0; done < 1; ) {
                progress.checkCanceled();
                done = work.await(LOOK_MILLIS);
                progress.report(done, "Completions from %d servers".formatted(there.size()));
            }
            return work.completions();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CanceledJobException();
        } finally {
            threads.shutdownNow();
        }
    }

    /** What one of a server's threads does. */
    private void work(SamplerServer server, SharedWork work, List<int[]> prompts, SamplingSettings sampling) {
        try {
            String adapter = server.loaded();
            for (SharedWork.Piece piece = work.take(server); piece != null; piece = work.take(server)) {
                long seed = RowRandom.promptSeed(sampling.seed(), piece.prompt()) + piece.first();
                try {
                    work.done(
                            piece,
                            server,
                            server.client()
                                    .complete(adapter, prompts.get(piece.prompt()), piece.samples(), sampling, seed));
                } catch (EndpointFault fault) {
                    failed(piece, server, work, fault);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the work has ended
        } catch (RuntimeException e) {
            work.fail(e);
        }
    }

    private void failed(SharedWork.Piece piece, SamplerServer server, SharedWork work, EndpointFault fault)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean wasOut = server.isOut();
        Duration rest = work.failed(piece, server, fault).orElse(null);
        if (rest != null) {
            Time.system().sleep(rest);
        } else if (!wasOut) {
            tellOfLeftOut(server, fault);
        }
    }

    /** Has the servers forget the adapter, also after an interrupt, by which KNIME cancels too. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            Waiting.briefly(
                    () -> servers.stream().filter(server -> !server.isOut()).forEach(this::unload), MOST_AT_THE_END);
            List.copyOf(made).forEach(this::delete);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
