package org.realm4knime.engine.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.realm4knime.engine.CanceledJobException;
import org.realm4knime.engine.Progress;

/**
 * Learns byte pairs (BPE): again and again the most frequent pair of neighbouring tokens within a word becomes one
 * token. Of equally frequent pairs the one with the smaller ids is taken, as Hugging Face's trainer does.
 */
final class BytePairs {

    /** A pair that stands only once is learned by heart and of no use. */
    private static final long LEAST = 2;

    private static final int BYTES = 256;

    /** The character that stands for each byte in the files, as GPT-2 has it: printable ones for themselves. */
    private static final int[] CHARACTERS = characters();

    private record Candidate(long count, long pair) {}

    /** The words in which a pair stands or stood. */
    private static final class Places {
        private int[] words = new int[2];
        private int size;

        void add(int word) {
            if (size == words.length) {
                words = Arrays.copyOf(words, 2 * size);
            }
            words[size++] = word;
        }
    }

    private final List<String> vocabulary;
    private final List<List<String>> merges = new ArrayList<>();
    private final Set<Long> merged = new HashSet<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final int[][] words;
    private final long[] counts;
    private final Map<Long, Long> pairs = new HashMap<>();
    private final Map<Long, Places> places = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(
            Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair));

    /**
     * Prepares the learning.
     *
     * @param special tokens that come first
     * @param words how often each word stands in the texts
     */
    BytePairs(List<String> special, Map<String, Long> words) {
        vocabulary = new ArrayList<>(special);
        Arrays.stream(CHARACTERS).sorted().mapToObj(Character::toString).forEach(vocabulary::add);
        vocabulary.forEach(token -> ids.put(token, ids.size()));
        this.words = new int[words.size()][];
        counts = new long[words.size()];
        int next = 0;
        for (Map.Entry<String, Long> word : words.entrySet()) {
            this.words[next] = tokens(word.getKey());
            counts[next++] = word.getValue();
        }
    }

    /** The tokens by id. */
    List<String> vocabulary() {
        return vocabulary;
    }

    /** The pairs that become one token, in order. */
    List<List<String>> merges() {
        return merges;
    }

    /** Learns until the vocabulary has this size or no pair stands twice. */
    void learn(int size, Progress progress) throws CanceledJobException {
        for (int word = 0; word < words.length; word++) {
            add(word, i -> true);
        }
        pairs.forEach((pair, count) -> queue.add(new Candidate(count, pair)));
        while (vocabulary.size() < size && !queue.isEmpty()) {
            Candidate best = queue.poll();
            long now = pairs.getOrDefault(best.pair, 0L);
            if (now < LEAST) {
                continue;
            }
            if (now != best.count) {
                queue.add(new Candidate(now, best.pair));
                continue;
            }
            progress.checkCanceled();
            merge(best.pair);
            progress.report((double) vocabulary.size() / size, "Tokenizer: %d entries".formatted(vocabulary.size()));
        }
    }

    private void merge(long pair) {
        int left = (int) (pair >> Integer.SIZE);
        int right = (int) pair;
        String token = vocabulary.get(left) + vocabulary.get(right);
        if (merged.add(pair)) { // it may come again: see below
            merges.add(List.of(vocabulary.get(left), vocabulary.get(right)));
        }
        // two pairs may make the same token: a + bc and ab + c
        int whole = ids.computeIfAbsent(token, t -> {
            vocabulary.add(t);
            return vocabulary.size() - 1;
        });
        Places in = places.remove(pair);
        Set<Long> made = new HashSet<>();
        for (int i = 0; i < in.size; i++) {
            int word = in.words[i];
            int[] before = words[word];
            int[] joined = join(before, left, right, whole);
            if (joined.length < before.length) {
                words[word] = joined;
                made.addAll(add(word, t -> t == whole));
                remove(before, counts[word]);
            }
        }
        made.stream().filter(pairs::containsKey).forEach(p -> queue.add(new Candidate(pairs.get(p), p)));
    }

    /** Counts the pairs of a word, notes the place of those with a new token, and returns these. */
    private Set<Long> add(int word, IntPredicate isNew) {
        int[] tokens = words[word];
        Set<Long> made = new HashSet<>();
        for (int i = 1; i < tokens.length; i++) {
            long pair = pair(tokens[i - 1], tokens[i]);
            pairs.merge(pair, counts[word], Long::sum);
            if ((isNew.test(tokens[i - 1]) || isNew.test(tokens[i])) && made.add(pair)) {
                places.computeIfAbsent(pair, p -> new Places()).add(word);
            }
        }
        return made;
    }

    private void remove(int[] tokens, long count) {
        for (int i = 1; i < tokens.length; i++) {
            long pair = pair(tokens[i - 1], tokens[i]);
            if (pairs.merge(pair, -count, Long::sum) == 0) {
                pairs.remove(pair);
                places.remove(pair);
            }
        }
    }

    private static int[] join(int[] tokens, int left, int right, int merged) {
        int[] joined = new int[tokens.length];
        int length = 0;
        for (int i = 0; i < tokens.length; i++) {
            boolean both = i + 1 < tokens.length && tokens[i] == left && tokens[i + 1] == right;
            joined[length++] = both ? merged : tokens[i];
            i += both ? 1 : 0;
        }
        return Arrays.copyOf(joined, length);
    }

    private static long pair(int left, int right) {
        return (long) left << Integer.SIZE | right;
    }

    private int[] tokens(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length)
                .map(i -> ids.get(Character.toString(CHARACTERS[bytes[i] & 0xff])))
                .toArray();
    }

    private static int[] characters() {
        int[] characters = new int[BYTES];
        int replacement = BYTES;
        for (int b = 0; b < BYTES; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= '¡' && b <= '¬' || b >= '®';
            characters[b] = printable ? b : replacement++;
        }
        return characters;
    }
}
