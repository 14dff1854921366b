package org.realm4knime.headless.serve;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.generate.PackedModel;
import org.realm4knime.engine.model.LanguageModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model that is served, whose weights may be replaced, and the adapters that were loaded beside it, each with
 * weights of its own.
 */
final class ServedModels implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServedModels.class);
    private static final String RELOAD = "reload_weights";

    private final LanguageModel base;
    /** Where the weights come from that adapters are added to; the base, or what took its place. */
    private LanguageModel weights;

    private final ServeSettings settings;
    private final long started = System.currentTimeMillis() / 1000;
    /**
     * Always the same thread: the C library keeps what a thread has freed for that thread, so that with many of them
     * the memory of many adapters would stay taken.
     */
    private final ExecutorService loader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "realm4knime-adapters");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<String, PackedModel> models = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();
    /** Held while an adapter is loaded: each is a copy of all weights, and no more than may be are to be made. */
    private final Object loading = new Object();

    private boolean closed;

    ServedModels(LanguageModel base, ServeSettings settings) {
        this.base = base;
        weights = base;
        this.settings = settings;
        models.put(settings.name(), PackedModel.of(base));
    }

    LanguageModel base() {
        return base;
    }

    synchronized PackedModel get(String name) {
        PackedModel model = models.get(name);
        if (model == null) {
            throw new HttpFault(404, "The model `" + name + "` does not exist.");
        }
        return model;
    }

    /** The answer to the question for all models. */
    synchronized JsonObject list() {
        JsonArray data = new JsonArray();
        for (String name : models.keySet()) {
            JsonObject model = new JsonObject();
            boolean adapter = paths.containsKey(name);
            model.addProperty("id", name);
            model.addProperty("object", "model");
            model.addProperty("created", started);
            model.addProperty("owned_by", "realm4knime");
            model.addProperty("root", adapter ? paths.get(name) : settings.name());
            if (adapter) {
                model.addProperty("parent", settings.name());
            } else {
                model.add("parent", JsonNull.INSTANCE);
            }
            model.addProperty("max_model_len", base.config().maxPositions());
            data.add(model);
        }
        JsonObject list = new JsonObject();
        list.addProperty("object", "list");
        list.add("data", data);
        return list;
    }

    /**
     * Loads an adapter, or replaces one of the same name: requests that are being answered keep the one before.
     *
     * @return what to tell
     */
    String load(RequestJson request) {
        String name = request.text("lora_name");
        String path = request.text("lora_path");
        boolean replace = request.flag("load_inplace");
        if (name.isBlank() || path.isBlank()) {
            throw HttpFault.badRequest("Both 'lora_name' and 'lora_path' must be provided.");
        }
        synchronized (loading) {
            requireOpen();
            synchronized (this) {
                requireRoom(name, replace);
            }
            // requests are answered meanwhile
            Path folder = folder(settings.adapters(), "lora_path", path);
            PackedModel adapted = loaded("adapter", () -> PackedModel.of(base, weights, folder));
            synchronized (this) {
                paths.put(name, path);
                replace(name, adapted);
            }
        }
        return "Success: LoRA adapter '" + name + "' added successfully.";
    }

    private void requireRoom(String name, boolean replace) {
        if (name.equals(settings.name()) || models.containsKey(name) && !replace) {
            throw HttpFault.badRequest("The lora adapter '%s' has already been loaded.", name);
        }
        if (!models.containsKey(name) && paths.size() >= settings.limits().adapters()) {
            throw HttpFault.badRequest(
                    "%d adapters are loaded, which is the most that may be; unload one first.", paths.size());
        }
    }

    private void replace(String name, PackedModel model) {
        PackedModel before = models.put(name, model);
        if (before != null) {
            before.close();
        }
    }

    /**
     * Takes all weights from a folder, as a training does after every step: requests that are being answered, and
     * adapters that are loaded, keep those of before. If they cannot be read the model stays as it is, but adapters are
     * then added to the weights that the server began with.
     */
    void reload(RequestJson request) {
        String method = request.text("method");
        if (!method.equals(RELOAD)) {
            throw HttpFault.badRequest("'method' can be %s only.", RELOAD);
        }
        String path = request.object("kwargs").text("weights_path");
        synchronized (loading) {
            requireOpen();
            Path folder = folder(settings.weights(), "weights_path", path);
            if (weights != base) {
                weights.close(); // before others are read: weights are large
                weights = base;
            }
            Fresh fresh = loaded("model", () -> read(folder));
            if (settings.adapters() == null) {
                fresh.weights().close(); // only adapters need them
            } else {
                weights = fresh.weights();
            }
            synchronized (this) {
                replace(settings.name(), fresh.packed());
            }
        }
    }

    /** Weights as they were read, and as generation reads them. */
    private record Fresh(LanguageModel weights, PackedModel packed) {}

    private Fresh read(Path folder) {
        LanguageModel fresh = LanguageModel.read(folder);
        try {
            if (!fresh.config().equals(base.config())) {
                throw new EngineException("It is of another kind or size than the model that is served.");
            }
            return new Fresh(fresh, PackedModel.of(base, fresh));
        } catch (RuntimeException | Error e) {
            fresh.close();
            throw e;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new HttpFault(503, "The server is stopping.");
        }
    }

    /** Only what lies in a folder that was named to the server is read, whatever links lead to it. */
    private static Path folder(Path allowed, String field, String text) {
        try {
            Path root = allowed.toRealPath();
            Path folder = root.resolve(text).toRealPath();
            if (!folder.startsWith(root) || !Files.isDirectory(folder)) {
                throw new HttpFault(403, "'" + field + "' lies outside of the folder that this server may load from.");
            }
            return folder;
        } catch (IOException | InvalidPathException e) {
            throw new HttpFault(404, "There is nothing at '" + field + "': " + text);
        }
    }

    private <T> T loaded(String what, Callable<T> load) {
        try {
            return loader.submit(load).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpFault(503, "The server is stopping.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineException known) {
                throw HttpFault.badRequest("The %s cannot be loaded. %s", what, known.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Forgets an adapter; its weights are freed when the requests for it have been answered. */
    synchronized String unload(RequestJson request) {
        String name = request.text("lora_name");
        if (!paths.containsKey(name)) {
            throw new HttpFault(404, "The lora adapter '" + name + "' cannot be found.");
        }
        paths.remove(name);
        models.remove(name).close();
        return "Success: LoRA adapter '" + name + "' removed successfully.";
    }

    /** Waits for what is being loaded. */
    @Override
    public void close() {
        synchronized (loading) {
            closed = true;
            await();
            synchronized (this) {
                models.values().forEach(PackedModel::close);
            }
            if (weights != base) {
                weights.close();
            }
        }
    }

    /** Whoever waits for something to be loaded may have been interrupted, and its thread go on. */
    private void await() {
        loader.shutdown();
        boolean interrupted = Thread.interrupted();
        try {
            while (!loader.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("Weights are still being loaded");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
