package org.realm4knime.engine.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.update.WeightStore;

/**
 * The checkpoints of a training. One is a folder {@code step-N} with the model as a Hugging Face directory ({@code
 * model/}) or, where an adapter is trained, the adapter in PEFT's format ({@code adapter/}), the optimizer's moments
 * ({@code moments.bin}) and the rest ({@code state.json}: step, fingerprint, log and completions so far). All random
 * numbers depend on the seed and the step alone, so the step is the random state.
 *
 * <p>A checkpoint is written under another name and renamed when it is whole; only then is the one before it deleted.
 * So there is a whole one at any moment.
 */
public final class CheckpointStore {

    private static final String PREFIX = "step-";
    private static final String PARTIAL = "writing-";
    private static final String STATE = "state.json";
    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    /** Contents of state.json. */
    private record State(
            int step,
            int updates,
            String fingerprint,
            List<LogRow> log,
            List<LoggedCompletion> completions,
            List<String> notes,
            List<String> warnings) {}

    /** What a checkpoint holds besides weights, moments and history. */
    public interface Part {

        /** Writes it into the checkpoint's folder. */
        void write(Path checkpoint) throws IOException;

        /** Takes up what {@link #write} has written. */
        void read(Path checkpoint) throws IOException;
    }

    private final Path folder;
    private final String fingerprint;
    private final List<Part> parts;
    /** Step of the checkpoint that this training wrote or took up last; 0 for none. */
    private int kept;

    /**
     * Checkpoints of one training.
     *
     * @param folder where they go, or null for none
     * @param fingerprint digest of the training's settings, data and start weights
     * @param parts what else a checkpoint holds
     */
    public CheckpointStore(Path folder, String fingerprint, List<Part> parts) {
        this.folder = folder;
        this.fingerprint = fingerprint;
        this.parts = List.copyOf(parts);
    }

    /**
     * Takes up the newest checkpoint, if it belongs to this training: weights, moments and history become those of the
     * checkpoint. One of other settings, data or start weights is left alone until this training writes its own, and a
     * warning says so.
     *
     * @param weights what of the training is overwritten
     * @param history filled from the checkpoint
     */
    public void restore(WeightStore weights, TrainingHistory history) {
        Optional<Path> newest = newest();
        if (newest.isEmpty()) {
            return;
        }
        Path place = newest.get();
        State state = readState(place);
        if (!fingerprint.equals(state.fingerprint())) {
            history.warn(("The checkpoint in %s is of other settings, data or another model, so training began anew."
                            + " Choose another folder if you want to keep it.")
                    .formatted(place));
            return;
        }
        try {
            weights.load(place, state.updates());
            for (Part part : parts) {
                part.read(place);
            }
        } catch (IOException e) {
            throw damaged(place, e);
        }
        kept = state.step();
        history.rows().addAll(state.log());
        history.completions().addAll(state.completions());
        state.notes().forEach(history::note);
        state.warnings().forEach(history::warn);
    }

    /**
     * Writes a checkpoint and deletes all others. Does nothing for the step that it wrote or took up last.
     *
     * @param step last step that it holds
     * @param weights what is saved
     * @param history the log and completions of all steps so far
     */
    void save(int step, WeightStore weights, TrainingHistory history) {
        if (folder == null || step == kept) {
            return;
        }
        try {
            Path partial = folder.resolve(PARTIAL + step);
            Path whole = folder.resolve(PREFIX + step);
            FileUtils.deleteDirectory(partial.toFile());
            Files.createDirectories(partial);
            weights.save(partial);
            for (Part part : parts) {
                part.write(partial);
            }
            State state = new State(
                    step,
                    weights.steps(),
                    fingerprint,
                    history.rows(),
                    history.completions(),
                    history.notes(),
                    history.warnings());
            Files.writeString(partial.resolve(STATE), GSON.toJson(state));
            FileUtils.deleteDirectory(whole.toFile()); // of another training, or this store would have known it
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            kept = step;
            for (Path entry : entries(folder)) {
                if (!entry.equals(whole)) {
                    FileUtils.deleteDirectory(entry.toFile());
                }
            }
        } catch (IOException e) {
            throw new EngineException(
                    ("The checkpoint of step %d could not be written to %s: %s. Free some space, or choose another"
                                    + " folder.")
                            .formatted(step, folder, reason(e)),
                    e);
        }
    }

    /** The newest checkpoint's folder and step, for a message. */
    Optional<String> describeNewest() {
        return newest().map(place -> "%s, of step %d,".formatted(place, step(place)));
    }

    private Optional<Path> newest() {
        if (folder == null) {
            return Optional.empty();
        }
        try {
            return entries(folder).stream()
                    .filter(entry -> step(entry) > 0)
                    .max(Comparator.comparingInt(CheckpointStore::step));
        } catch (IOException e) {
            throw new EngineException("The checkpoint folder %s cannot be read: %s".formatted(folder, reason(e)), e);
        }
    }

    private static State readState(Path place) {
        try {
            State state = GSON.fromJson(Files.readString(place.resolve(STATE)), State.class);
            if (state == null
                    || state.log() == null
                    || state.completions() == null
                    || state.notes() == null
                    || state.warnings() == null) {
                throw new IOException("parts of %s are missing".formatted(STATE));
            }
            return state;
        } catch (IOException | JsonParseException e) {
            throw damaged(place, e);
        }
    }

    private static EngineException damaged(Path place, Exception cause) {
        return new EngineException(
                "The checkpoint in %s is damaged: %s. Delete that folder to begin anew."
                        .formatted(place, reason(cause)),
                cause);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The step of a whole checkpoint's folder, or 0 for anything else. */
    private static int step(Path entry) {
        String name = entry.getFileName().toString();
        return name.matches(PREFIX + "[0-9]{1,9}") ? Integer.parseInt(name.substring(PREFIX.length())) : 0;
    }

    /** Checkpoints in a folder, whole ones and such as were never finished. */
    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry ->
                            step(entry) > 0 || entry.getFileName().toString().startsWith(PARTIAL))
                    .toList();
        }
    }
}
