package org.realm4knime.engine.model.gguf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.realm4knime.engine.EngineException;

/**
 * How llama.cpp cuts texts into tokens with what a file says, and nothing else: marks first, the longest of them before
 * the others; then, between them, pairs are merged.
 */
final class GgufReading {

    private record Mark(String text, int id) {}

    /** A stretch of a text, or the token that it is. */
    private record Part(String text, int id) {}

    private static final int NO_TOKEN = -1;
    /** The character that stands for each byte, as GPT-2 has it. */
    private static final String[] CHARACTERS = characters();

    private final boolean ofBytes;
    private final String before;
    private final CutRule rule;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> ranks = new HashMap<>();
    private final List<Float> scores;
    private final List<Mark> marks;

    GgufReading(GgufMetadata metadata) {
        ofBytes = metadata.text(GgufVocabulary.MODEL).orElse("").equals(GgufVocabulary.OF_BYTES);
        before = metadata.flag(GgufVocabulary.SPACE_BEFORE).orElse(true) ? GgufVocabulary.SPACE : "";
        String label = metadata.text(GgufVocabulary.RULE).orElse("");
        rule = CutRule.of(label)
                .or(() -> ofBytes ? Optional.empty() : Optional.of(CutRule.GPT_2))
                .orElseThrow(() -> new EngineException("The file names no known rule of cutting texts: " + label));
        List<String> tokens = metadata.texts(GgufVocabulary.TOKENS);
        List<Integer> types = metadata.integers(GgufVocabulary.TYPES);
        List<String> merges = metadata.texts(GgufVocabulary.MERGES);
        scores = metadata.floats(GgufVocabulary.SCORES);
        IntStream.range(0, tokens.size()).forEach(id -> ids.put(tokens.get(id), id));
        IntStream.range(0, merges.size()).forEach(rank -> ranks.putIfAbsent(merges.get(rank), rank));
        marks = IntStream.range(0, tokens.size())
                .filter(id -> TokenKind.isFoundWhole(types.get(id)))
                .mapToObj(id -> new Mark(tokens.get(id), id))
                .sorted(Comparator.comparingInt((Mark mark) -> mark.text().length())
                        .reversed())
                .toList();
    }

    /** Whether every byte of a text has a token; what becomes of one that has none is not the same everywhere. */
    boolean knows(String text) {
        return !ofBytes
                || inBytes(text).codePoints().mapToObj(Character::toString).allMatch(ids::containsKey);
    }

    /** Tokens of a text; none is put before or behind it. */
    int[] encode(String text) {
        List<Part> parts = List.of(new Part(text, NO_TOKEN));
        for (Mark mark : marks) {
            parts = parts.stream().flatMap(part -> split(part, mark).stream()).toList();
        }
        List<Integer> encoded = new ArrayList<>();
        for (Part part : parts) {
            if (part.id() != NO_TOKEN) {
                encoded.add(part.id());
            } else if (ofBytes) {
                rule.pieces(part.text()).forEach(piece -> addWord(inBytes(piece), encoded));
            } else {
                addCharacters(before + part.text().replace(" ", GgufVocabulary.SPACE), encoded);
            }
        }
        return encoded.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Part> split(Part part, Mark mark) {
        if (part.id() != NO_TOKEN || !part.text().contains(mark.text())) {
            return List.of(part);
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int at = part.text().indexOf(mark.text());
                at >= 0;
                at = part.text().indexOf(mark.text(), from)) {
            parts.add(new Part(part.text().substring(from, at), NO_TOKEN));
            parts.add(new Part(mark.text(), mark.id()));
            from = at + mark.text().length();
        }
        parts.add(new Part(part.text().substring(from), NO_TOKEN));
        return parts.stream().filter(p -> !p.text().isEmpty()).toList();
    }

    private void addWord(String word, List<Integer> encoded) {
        Integer whole = ids.get(word);
        if (rule.ignoresMerges() && whole != null) {
            encoded.add(whole);
            return;
        }
        for (String symbol : merged(word, pair -> -ranks.getOrDefault(pair, Integer.MAX_VALUE))) {
            Integer id = ids.get(symbol);
            if (id != null) { // bytes without a token are left out
                encoded.add(id);
            }
        }
    }

    private void addCharacters(String text, List<Integer> encoded) {
        for (String symbol : merged(text, this::score)) {
            Integer id = ids.get(symbol);
            if (id != null) {
                encoded.add(id);
                continue;
            }
            for (byte b : symbol.getBytes(StandardCharsets.UTF_8)) {
                encoded.add(Objects.requireNonNull(ids.get("<0x%02X>".formatted(b & 0xff))));
            }
        }
    }

    private double score(String pair) {
        int between = pair.indexOf(' ', 1);
        Integer id = ids.get(pair.substring(0, between) + pair.substring(between + 1));
        return id == null ? -Integer.MAX_VALUE : scores.get(id);
    }

    /** Merges neighbours, the pair of the highest worth first and of equals the leftmost, while there are any. */
    private static List<String> merged(String text, ToDoubleFunction<String> worth) {
        List<String> symbols =
                new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
        while (true) {
            int best = NO_TOKEN;
            double most = -Integer.MAX_VALUE;
            for (int i = 0; i + 1 < symbols.size(); i++) {
                double value = worth.applyAsDouble(symbols.get(i) + " " + symbols.get(i + 1));
                if (value > most) {
                    most = value;
                    best = i;
                }
            }
            if (best == NO_TOKEN) {
                return symbols;
            }
            symbols.set(best, symbols.get(best) + symbols.remove(best + 1));
        }
    }

    private static String inBytes(String text) {
        StringBuilder characters = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            characters.append(CHARACTERS[b & 0xff]);
        }
        return characters.toString();
    }

    private static String[] characters() {
        String[] characters = new String[256];
        int replacement = characters.length;
        for (int b = 0; b < characters.length; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= '¡' && b <= '¬' || b >= '®';
            characters[b] = Character.toString(printable ? b : replacement++);
        }
        return characters;
    }
}
