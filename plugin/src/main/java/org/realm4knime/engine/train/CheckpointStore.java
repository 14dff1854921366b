package org.realm4knime.engine.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.WholeFile;
import org.realm4knime.engine.WholeFolder;
import org.realm4knime.engine.update.WeightStore;

/**
 * The checkpoints of a training. One is a folder {@code step-N} with the model as a Hugging Face directory ({@code
 * model/}) or, where an adapter is trained, the adapter in PEFT's format ({@code adapter/}), the optimizer's moments
 * ({@code moments.bin}), the rest ({@code state.json}: step, fingerprint, log and completions so far) and the checksums
 * of all of these ({@code checksums.json}). All random numbers depend on the seed and the step alone, so the step is
 * the random state.
 *
 * <p>A checkpoint is written under another name, renamed when it is whole, and then verified. The one before it stays
 * until the next one is to be written, so there is a whole one at any moment, and one to fall back to where the newest
 * is found damaged.
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
     * Takes up the newest checkpoint that belongs to this training and is not damaged: weights, moments and history
     * become those of the checkpoint. A warning says where a damaged one was passed over. One of other settings, data
     * or start weights is left alone until this training writes its own, and a warning says so.
     *
     * @param weights what of the training is overwritten
     * @param history filled from the checkpoint
     * @param progress asked now and then whether to stop
     * @throws CanceledJobException if the user asked to stop; the weights are of no use then
     * @throws EngineException if all checkpoints of this training are damaged, or one cannot be read
     */
    public void restore(WeightStore weights, TrainingHistory history, Progress progress) throws CanceledJobException {
        List<String> damaged = new ArrayList<>();
        Path other = null;
        for (Path place : newestFirst()) {
            if (!Checksums.isIn(place) && isOfAnother(place)) {
                other = other == null ? place : other;
                continue;
            }
            Optional<String> flaw = Checksums.flaw(place, STATE, progress);
            if (flaw.isEmpty() && isOfAnother(place)) {
                other = other == null ? place : other;
                continue;
            }
            flaw = flaw.isPresent() ? flaw : Checksums.flaw(place, progress);
            if (flaw.isEmpty()) {
                load(place, weights, history, progress);
                damaged.forEach(found ->
                        history.warn(found + " So the training went on from the one before it, of step " + kept + "."));
                return;
            }
            damaged.add("The checkpoint in %s is damaged: %s.".formatted(place, flaw.get()));
        }
        if (!damaged.isEmpty()) {
            throw new EngineException(damaged.get(0) + " There is no other one to go on from. Delete " + folder
                    + " to begin anew, or put back a copy if you have one.");
        }
        if (other != null) {
            history.warn(("The checkpoint in %s is of other settings, data or another model, so training began anew."
                            + " Choose another folder if you want to keep it.")
                    .formatted(other));
        }
    }

    private void load(Path place, WeightStore weights, TrainingHistory history, Progress progress)
            throws CanceledJobException {
        try {
            State state = readState(place);
            weights.load(place, state.updates(), progress);
            for (Part part : parts) {
                part.read(place);
            }
            kept = state.step();
            history.rows().addAll(state.log());
            history.completions().addAll(state.completions());
            state.notes().forEach(history::note);
            state.warnings().forEach(history::warn);
        } catch (IOException e) {
            throw new EngineException("The checkpoint in %s cannot be read: %s.".formatted(place, IoReason.of(e)), e);
        }
    }

    /** Whether a checkpoint says that it is of another training. */
    private boolean isOfAnother(Path place) {
        try {
            return !fingerprint.equals(readState(place).fingerprint());
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Writes a checkpoint, verifies it, and deletes all others but the one before it. Does nothing for the step that it
     * wrote or took up last.
     *
     * @param step last step that it holds
     * @param weights what is saved
     * @param history the log and completions of all steps so far
     * @throws EngineException if it cannot be written; those that were there still are
     */
    void save(int step, WeightStore weights, TrainingHistory history) {
        if (folder == null || step == kept) {
            return;
        }
        Path partial = folder.resolve(PARTIAL + step);
        try {
            if (kept > 0) {
                deleteAllBut(Set.of(PREFIX + kept)); // so that there are never more than two
            }
            FileUtils.deleteDirectory(partial.toFile());
            Files.createDirectories(partial);
            write(partial, step, weights, history);
            Path whole = folder.resolve(PREFIX + step);
            WholeFolder.delete(whole); // of another training, or this store would have known it
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
            Optional<String> flaw = Progress.unwatched(progress -> Checksums.flaw(whole, progress));
            if (flaw.isPresent()) {
                WholeFolder.delete(whole);
                throw new IOException(flaw.get() + "; check the disk");
            }
            deleteAllBut(Set.of(PREFIX + kept, PREFIX + step));
            kept = step;
        } catch (IOException | EngineException e) {
            FileUtils.deleteQuietly(partial.toFile());
            throw new EngineException(
                    ("The checkpoint of step %d could not be written to %s: %s. Free some space, or choose another"
                                    + " folder.%s")
                            .formatted(step, folder, reason(e), stillThere()),
                    e);
        }
    }

    private void write(Path place, int step, WeightStore weights, TrainingHistory history) throws IOException {
        weights.save(place);
        for (Part part : parts) {
            part.write(place);
        }
        State state = new State(
                step,
                weights.steps(),
                fingerprint,
                history.rows(),
                history.completions(),
                history.notes(),
                history.warnings());
        WholeFile.write(place.resolve(STATE), GSON.toJson(state));
        Checksums.of(place).write(place);
    }

    private void deleteAllBut(Set<String> names) throws IOException {
        for (Path entry : entries(folder)) {
            if (!names.contains(entry.getFileName().toString())) {
                WholeFolder.delete(entry);
            }
        }
    }

    private static String reason(Exception e) {
        String reason = e instanceof IOException failure ? IoReason.of(failure) : String.valueOf(e.getMessage());
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    private String stillThere() {
        return kept > 0 && Files.isDirectory(folder.resolve(PREFIX + kept))
                ? " The checkpoint of step " + kept + " is still there."
                : "";
    }

    /** The newest checkpoint's folder and step, for a message. */
    Optional<String> describeNewest() {
        return newestFirst().stream().findFirst().map(place -> "%s, of step %d,".formatted(place, step(place)));
    }

    private List<Path> newestFirst() {
        if (folder == null) {
            return List.of();
        }
        try {
            return entries(folder).stream()
                    .filter(entry -> step(entry) > 0)
                    .sorted(Comparator.comparingInt(CheckpointStore::step).reversed())
                    .toList();
        } catch (IOException e) {
            throw new EngineException(
                    "The checkpoint folder %s cannot be read: %s.".formatted(folder, IoReason.of(e)), e);
        }
    }

    private static State readState(Path place) throws IOException {
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
        } catch (JsonParseException e) {
            throw new IOException(STATE + " cannot be read", e);
        }
    }

    /** The step of a whole checkpoint's folder, or 0 for anything else. */
    private static int step(Path entry) {
        String name = entry.getFileName().toString();
        return name.matches(PREFIX + "[0-9]{1,9}") ? Integer.parseInt(name.substring(PREFIX.length())) : 0;
    }

    /** Checkpoints in a folder, whole ones and such as are not. */
    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> step(entry) > 0
                            || entry.getFileName().toString().startsWith(PARTIAL)
                            || entry.getFileName().toString().startsWith(PREFIX) && WholeFolder.isPart(entry))
                    .toList();
        }
    }
}
