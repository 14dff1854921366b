package org.realm4knime.engine.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.WholeFile;

/**
 * Where a model comes from and how it was trained, as far as it is known. It goes with the model, as
 * {@code realm_history.json} beside its weights, and changes nothing of what the model computes.
 *
 * @param origin the first model that it goes back to: its name on the Hugging Face Hub or the path of its folder; empty
 *     if it began here with random weights, or nobody knows
 * @param readFrom the model whose weights were read last, in the same way; empty if none were
 * @param licence name of the origin's licence, as its README.md gives it; empty if unknown
 * @param originMadeFrom the model that the origin was made from, as its README.md gives it; empty if unknown
 * @param earlier trainings before the weights were read last, the first one first
 * @param trainings trainings since then
 * @param taughtPrompts prompts that any of the trainings taught answers to
 */
public record ModelHistory(
        String origin,
        String readFrom,
        String licence,
        String originMadeFrom,
        List<Training> earlier,
        List<Training> trainings,
        TaughtPrompts taughtPrompts) {

    /** Name of the file. */
    public static final String FILE = "realm_history.json";

    /** Of a model of which nothing is known, or that is new. */
    public static final ModelHistory NONE = new ModelHistory("", "", "", "", List.of(), List.of(), TaughtPrompts.NONE);

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(TaughtPrompts.class, new TaughtPromptsJson())
            .create();
    /** Folder of a model in the Hub's own cache. */
    private static final Pattern CACHED =
            Pattern.compile("models--([A-Za-z0-9._-]+?)--([A-Za-z0-9._-]+)[/\\\\]snapshots[/\\\\][^/\\\\]+$");

    private static final Pattern HUB_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*");

    /**
     * A training.
     *
     * @param method what trained, for example {@code Supervised Trainer}
     * @param model name of the model that came out
     * @param weights which weights were trained
     * @param facts what is known of data, effort and scores: values by what they are
     */
    public record Training(String method, String model, String weights, Map<String, String> facts) {

        /** Copies the facts, in their order. */
        public Training {
            method = orEmpty(method);
            model = orEmpty(model);
            weights = orEmpty(weights);
            facts = facts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    /** Files may lack what a later version adds. */
    public ModelHistory {
        origin = orEmpty(origin);
        readFrom = orEmpty(readFrom);
        licence = orEmpty(licence);
        originMadeFrom = orEmpty(originMadeFrom);
        earlier = known(earlier);
        trainings = known(trainings);
        taughtPrompts = taughtPrompts == null ? TaughtPrompts.NONE : taughtPrompts;
    }

    private static List<Training> known(List<Training> trainings) {
        return trainings == null
                ? List.of()
                : trainings.stream().filter(Objects::nonNull).toList();
    }

    /**
     * The history that a model's directory has.
     *
     * @throws EngineException if the file is damaged
     */
    public static ModelHistory read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        try {
            JsonFiles.requireSize(file);
            return Optional.ofNullable(GSON.fromJson(Files.readString(file), ModelHistory.class))
                    .orElse(NONE);
        } catch (IOException | JsonParseException e) {
            throw new EngineException(
                    file + " is damaged: " + JsonFiles.reason(e) + ". Delete it; the model can be used without it.", e);
        }
    }

    /** The history of a model whose weights are now read from a directory. */
    public static ModelHistory of(Path directory) {
        ModelHistory before = read(directory);
        String name = nameOf(directory);
        String card = ModelCard.frontMatter(directory.resolve("README.md"));
        boolean known = !before.equals(NONE);
        return new ModelHistory(
                known ? before.origin : name,
                name,
                known ? before.licence : ModelCard.entry(card, "license").orElse(""),
                known
                        ? before.originMadeFrom
                        : ModelCard.entry(card, "base_model").orElse(""),
                before.all(),
                List.of(),
                before.taughtPrompts);
    }

    /** Name on the Hub where the directory is one of its cache; the real path of the directory otherwise. */
    private static String nameOf(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        Matcher cached = CACHED.matcher(path.toString());
        return cached.find() ? cached.group(1) + "/" + cached.group(2) : path.toString();
    }

    /** Writes the file into a model's directory, or removes another model's where nothing is known of this one. */
    public void write(Path directory) throws IOException {
        if (equals(NONE)) {
            Files.deleteIfExists(directory.resolve(FILE));
        } else {
            WholeFile.write(directory.resolve(FILE), GSON.toJson(this) + "\n");
        }
    }

    /** This history and a training. */
    public ModelHistory with(Training training) {
        return new ModelHistory(
                origin,
                readFrom,
                licence,
                originMadeFrom,
                earlier,
                Stream.concat(trainings.stream(), Stream.of(training)).toList(),
                taughtPrompts);
    }

    /** This history and further prompts, as token ids, that a training taught answers to. */
    public ModelHistory withTaught(Stream<int[]> prompts) {
        return new ModelHistory(
                origin, readFrom, licence, originMadeFrom, earlier, trainings, taughtPrompts.with(prompts));
    }

    /** All trainings, the first one first. */
    public List<Training> all() {
        return Stream.concat(earlier.stream(), trainings.stream()).toList();
    }

    /**
     * Name on the Hub or path of the model with just the present weights, on which a new adapter can be loaded; empty
     * if there is none, as they were trained since they were read.
     */
    public String presentWeights() {
        return trainings.isEmpty() ? readFrom : "";
    }

    /** The origin's name on the Hub, if it has one. */
    public Optional<String> hubName() {
        return Optional.of(origin).filter(name -> HUB_NAME.matcher(name).matches());
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static final class TaughtPromptsJson extends TypeAdapter<TaughtPrompts> {

        @Override
        public void write(JsonWriter out, TaughtPrompts prompts) throws IOException {
            out.value(prompts.encoded());
        }

        @Override
        public TaughtPrompts read(JsonReader in) throws IOException {
            try {
                return TaughtPrompts.decoded(in.nextString());
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new JsonParseException("taughtPrompts cannot be read", e);
            }
        }
    }
}
