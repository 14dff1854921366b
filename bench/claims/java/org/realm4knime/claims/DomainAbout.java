package org.realm4knime.claims;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.realm4knime.engine.answer.AnswerType;

/**
 * What a domain's domain.json says; each entry may be missing.
 *
 * @param name of the domain, in tables and folders
 * @param answerKind kind of answer, as the nodes call it
 * @param labels the answers that there are, where they are labels; empty to take them from the problems
 * @param maxNewTokens longest answer in tokens
 * @param baseSteps steps that pretrain the base model
 * @param model size of the model
 */
record DomainAbout(
        String name, String answerKind, List<String> labels, Integer maxNewTokens, Integer baseSteps, Size model) {

    /** Size of a model, in the terms of the Language Model Reader. */
    record Size(int layers, int hiddenSize, int intermediateSize) {
        private boolean positive() {
            return layers > 0 && hiddenSize > 0 && intermediateSize > 0;
        }
    }

    static final String GUESS = "GUESS";
    private static final DomainAbout USUAL = new DomainAbout("", GUESS, List.of(), 320, 400, new Size(4, 128, 384));

    /** Reads the file, and says what it lacks. */
    static DomainAbout read(Path folder, List<String> notes) throws IOException {
        Path file = folder.resolve("domain.json");
        DomainAbout read = USUAL;
        if (Files.exists(file)) {
            try {
                read = or(new Gson().fromJson(Files.readString(file), DomainAbout.class), USUAL);
            } catch (JsonParseException e) {
                throw new Options.UsageException(
                        file + " is not written as bench/domains/README.md describes it: " + e.getMessage());
            }
        } else {
            notes.add("No domain.json: answers have up to %d tokens, the model %d layers."
                    .formatted(USUAL.maxNewTokens(), USUAL.model().layers()));
        }
        String name = or(read.name(), "").isBlank()
                ? folder.toRealPath().getFileName().toString()
                : read.name();
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]*")) {
            throw new Options.UsageException(
                    file + ": the name '" + name + "' has more than letters, digits, spaces, dots and dashes.");
        }
        DomainAbout about = new DomainAbout(
                name,
                kind(or(read.answerKind(), GUESS), file),
                or(read.labels(), List.of()),
                or(read.maxNewTokens(), USUAL.maxNewTokens()),
                or(read.baseSteps(), USUAL.baseSteps()),
                or(read.model(), USUAL.model()));
        if (about.maxNewTokens() < 1 || about.baseSteps() < 1 || !about.model().positive()) {
            throw new Options.UsageException(file + ": maxNewTokens, baseSteps, and layers, hiddenSize and"
                    + " intermediateSize of the model have to be whole numbers above 0; a model has all three.");
        }
        return about;
    }

    /** The same with another kind of answer. */
    DomainAbout withAnswerKind(String kind) {
        return new DomainAbout(name, kind, labels, maxNewTokens, baseSteps, model);
    }

    private static String kind(String kind, Path file) {
        List<String> known = Arrays.stream(AnswerType.values()).map(Enum::name).toList();
        if (kind.equals(GUESS) || known.contains(kind)) {
            return kind;
        }
        throw new Options.UsageException(
                "%s: answerKind is '%s'; it can be GUESS, %s.".formatted(file, kind, String.join(", ", known)));
    }

    private static <T> T or(T value, T usual) {
        return value == null ? usual : value;
    }
}
