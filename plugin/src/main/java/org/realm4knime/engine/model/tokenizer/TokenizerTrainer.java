package org.realm4knime.engine.model.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.EngineException;
import org.realm4knime.engine.IoReason;
import org.realm4knime.engine.Progress;
import org.realm4knime.engine.model.PromptFormat;

/**
 * Makes a tokenizer for a new model from the texts of its domain. The words of the prompt formats belong to it. Only
 * how often each word stands in the texts is kept in memory, not the texts. The same texts, in any order, make the same
 * tokenizer.
 */
public final class TokenizerTrainer {

    /** What a token is. */
    public enum Kind {
        /**
         * A word with the space before it; the most frequent ones are known, the others are one token for all that is
         * unknown.
         */
        WORDS,
        /** A frequent sequence of bytes, so that every text can be read and written. */
        BPE
    }

    /** Smallest vocabulary, which has room for the bytes, or for the words of the prompt formats. */
    public static final int LEAST_SIZE = 300;
    /** Largest vocabulary. */
    public static final int MOST_SIZE = 32_000;

    private static final int EXAMPLES = 4;
    private static final List<String> BYTE_PAIR_SPECIALS = List.of(TokenizerFiles.EOS, TokenizerFiles.PAD);
    private static final String SPACE = TokenizerFiles.SPACE;
    private static final String MARKS = "0 1 2 3 4 5 6 7 8 9 + - * / = % ; : , . | ? ! ( ) \" '";
    private static final String WORD =
            SPACE + "?(?:\\p{L}[\\p{L}\\p{M}]*|\\p{N}%s|[^\\p{L}\\p{N}" + SPACE + "])|" + SPACE;
    /**
     * How the byte-level tokenizer of GPT-2 cuts a text; here with a bound, as longer parts have no pairs worth
     * learning.
     */
    private static final Pattern BYTE_LEVEL = Pattern.compile(
            "'(?:s|t|re|ve|m|ll|d)| ?\\p{L}{1,256}| ?\\p{N}{1,256}|"
                    + " ?[^\\s\\p{L}\\p{N}]{1,256}|\\s{1,256}(?!\\S)|\\s{1,256}",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern DIGITS = Pattern.compile("\\p{N}|\\P{N}+");

    private final Kind kind;
    private final int size;
    private final boolean singleDigits;
    private final String wordPiece;
    private final Pattern word;
    private final Map<String, Long> counts = new HashMap<>();
    private long rows;

    /**
     * A trainer without texts.
     *
     * @param kind what a token is
     * @param size most entries of the vocabulary, {@value #LEAST_SIZE} to {@value #MOST_SIZE}
     * @param singleDigits whether every digit is a token of its own
     * @throws EngineException if the size is out of range
     */
    public TokenizerTrainer(Kind kind, int size, boolean singleDigits) {
        checkSize(size);
        this.kind = kind;
        this.size = size;
        this.singleDigits = singleDigits;
        wordPiece = WORD.formatted(singleDigits ? "" : "+");
        word = Pattern.compile(wordPiece);
    }

    /**
     * Checks the size of a vocabulary.
     *
     * @throws EngineException if it is out of range
     */
    public static void checkSize(int size) {
        if (size < LEAST_SIZE || size > MOST_SIZE) {
            throw new EngineException(
                    "The vocabulary size is %d. It must be from %d to %d; 512 to 2000 is usual for a tiny model."
                            .formatted(size, LEAST_SIZE, MOST_SIZE));
        }
    }

    /** Counts the words of one row of a table. */
    public void add(List<String> texts) {
        List<String> filled = texts.stream().filter(text -> !text.isBlank()).toList();
        filled.forEach(text -> pieces(text, piece -> counts.merge(piece, 1L, Long::sum)));
        rows += filled.isEmpty() ? 0 : 1;
    }

    /**
     * Makes the tokenizer and writes it: tokenizer.json, tokenizer_config.json and special_tokens_map.json.
     *
     * @param directory folder that exists
     * @param progress told of the entries made
     * @return a warning about words that have no place in the vocabulary, if there are any
     * @throws EngineException if there was no text, or the files cannot be written
     */
    public Optional<String> write(Path directory, Progress progress) throws CanceledJobException {
        if (rows == 0) {
            throw new EngineException(
                    "There is no text to make a tokenizer of: all rows are empty. Connect a table with the domain's"
                            + " texts.");
        }
        try {
            return kind == Kind.WORDS ? writeWords(directory) : writeBytePairs(directory, progress);
        } catch (IOException e) {
            throw new EngineException("The tokenizer cannot be written to " + directory + ": " + IoReason.of(e), e);
        }
    }

    private Optional<String> writeBytePairs(Path directory, Progress progress)
            throws IOException, CanceledJobException {
        Map<String, Long> words = new HashMap<>(counts);
        // every row of the texts will be asked in a prompt
        promptTexts(PromptFormat.general()).forEach(text -> pieces(text, piece -> words.merge(piece, rows, Long::sum)));
        promptTexts(PromptFormat.compact()).forEach(text -> pieces(text, piece -> words.merge(piece, 1L, Long::sum)));
        BytePairs pairs = new BytePairs(BYTE_PAIR_SPECIALS, words);
        pairs.learn(size, progress);
        TokenizerFiles.writeBytePairs(directory, pairs.vocabulary(), pairs.merges(), singleDigits);
        return Optional.empty();
    }

    private Optional<String> writeWords(Path directory) throws IOException {
        Set<String> vocabulary = new LinkedHashSet<>(
                List.of(TokenizerFiles.EOS, TokenizerFiles.PAD, TokenizerFiles.UNKNOWN, SPACE, "\n", SPACE + "\n"));
        for (String mark : MARKS.split(" ")) {
            vocabulary.add(mark);
            vocabulary.add(SPACE + mark);
        }
        for (PromptFormat format : List.of(PromptFormat.general(), PromptFormat.compact())) {
            promptTexts(format).forEach(text -> pieces(text, vocabulary::add));
        }
        List<String> byCount = counts.entrySet().stream()
                .filter(entry -> !vocabulary.contains(entry.getKey()))
                .sorted(Map.Entry.<String, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .map(Map.Entry::getKey)
                .toList();
        int room = Math.min(size - vocabulary.size(), byCount.size());
        int needed = vocabulary.size() + byCount.size();
        vocabulary.addAll(byCount.subList(0, room));
        TokenizerFiles.writeWords(directory, new ArrayList<>(vocabulary), wordPiece, Map.of());
        return room == byCount.size()
                ? Optional.empty()
                : Optional.of(missing(byCount.subList(room, byCount.size()), needed));
    }

    private String missing(List<String> words, int needed) {
        double all = counts.values().stream().mapToLong(Long::longValue).sum();
        double unknown = words.stream().mapToLong(counts::get).sum();
        String examples = words.stream()
                .map(piece -> "'" + piece.replace(SPACE, "") + "'")
                .distinct()
                .limit(EXAMPLES)
                .collect(Collectors.joining(", "));
        String wayOut =
                needed <= MOST_SIZE ? "Set the vocabulary size to %d to know all, or take".formatted(needed) : "Take";
        return String.format(
                Locale.ROOT,
                "%.1f %% of the words of the texts, such as %s, have no place in a vocabulary of %d entries. The model"
                        + " reads each of them as one and the same unknown token. %s a tokenizer of byte pairs (BPE),"
                        + " which knows every text.",
                100 * unknown / all,
                examples,
                size,
                wayOut);
    }

    private void pieces(String text, Consumer<String> counted) {
        if (kind == Kind.BPE) {
            if (!singleDigits) {
                each(BYTE_LEVEL, text, counted);
                return;
            }
            each(DIGITS, text, part -> each(BYTE_LEVEL, part, counted));
            return;
        }
        String spaced = text.replace(" ", SPACE);
        each(word, spaced.startsWith(SPACE) ? spaced : SPACE + spaced, counted);
        // the first word of a line may stand after a space elsewhere, and that of a text at the beginning of a line of
        // the prompt
        text.lines()
                .map(line -> word.matcher(line.strip()))
                .filter(Matcher::lookingAt)
                .forEach(first -> {
                    counted.accept(first.group());
                    counted.accept(SPACE + first.group());
                });
    }

    private static void each(Pattern pattern, String text, Consumer<String> taken) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            taken.accept(matcher.group());
        }
    }

    /** What the nodes write around questions, rules, routes, verdicts and solutions. */
    private static List<String> promptTexts(PromptFormat format) {
        List<String> some = List.of("1", "2");
        String verdicts = format.reasons()
                ? "%s\nRoute 1: %s.\nRoute 2: %s 3, the answer is 4, not 5.\n%s\nThe answer is 6."
                : "%s %s , %s 3 %s 4";
        return List.of(
                format.render("1", List.of(), List.of()),
                format.render("1", some, some),
                verdicts.formatted(format.verify(), format.right(), format.wrong(), format.solution()));
    }
}
