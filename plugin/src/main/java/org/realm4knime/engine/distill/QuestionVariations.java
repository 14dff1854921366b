package org.realm4knime.engine.distill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes new questions out of others of the same shape: numbers and phrases of one take the place of those of the other.
 * Two questions have the same shape if they have words, numbers and punctuation marks in the same places, the same
 * marks, and at least half of the words in common.
 *
 * <p>Pro: needs no model and stays in the domain's language. Con: knows no grammar and no facts, so that a new question
 * may be odd; what teachers do not agree on is dropped later.
 */
final class QuestionVariations {

    private static final Pattern PIECE = Pattern.compile("\\d+(?:[.,]\\d+)*|\\p{L}+|\\s+|[^\\s\\p{L}\\d]");
    private static final int TRIES = 20;

    private final Set<String> known;
    private final Map<String, List<List<String>>> byOutline;

    /** Neighbouring pieces in which two questions differ, from and to their indices, the latter excluded. */
    private record Slot(int from, int to) {

        List<String> of(List<String> pieces) {
            return pieces.subList(from, to);
        }
    }

    /**
     * @param questions questions to take numbers and phrases from; none of them is made again
     */
    QuestionVariations(List<String> questions) {
        known = new HashSet<>(questions);
        byOutline = known.stream()
                .sorted()
                .map(QuestionVariations::pieces)
                .collect(Collectors.groupingBy(QuestionVariations::outline));
    }

    /**
     * A question of the same shape that is not known yet, and from now on is.
     *
     * @param question the question to vary
     * @param random where chance comes from
     * @return empty if no other question has its shape or only known ones come of it
     */
    Optional<String> of(String question, RandomGenerator random) {
        List<String> own = pieces(question);
        List<List<String>> donors = byOutline.getOrDefault(outline(own), List.of()).stream()
                .filter(donor -> !donor.equals(own) && sharesHalfOfTheWords(own, donor))
                .toList();
        for (int i = 0; i < TRIES && !donors.isEmpty(); i++) {
            String varied = crossed(own, donors.get(random.nextInt(donors.size())), random);
            if (known.add(varied)) {
                return Optional.of(varied);
            }
        }
        return Optional.empty();
    }

    /** The question with some of the donor's numbers and phrases; what it says twice changes in both places alike. */
    private static String crossed(List<String> own, List<String> donor, RandomGenerator random) {
        List<Slot> slots = slots(own, donor);
        Map<List<String>, List<String>> taken = new HashMap<>();
        List<Slot> order = new ArrayList<>(slots);
        Collections.rotate(order, random.nextInt(order.size()));
        for (Slot slot : order) {
            if (taken.isEmpty() || random.nextBoolean()) {
                taken.putIfAbsent(slot.of(own), slot.of(donor));
            }
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (Slot slot : slots) {
            text.append(String.join("", own.subList(at, slot.from())));
            text.append(String.join("", taken.getOrDefault(slot.of(own), slot.of(own))));
            at = slot.to();
        }
        return text.append(String.join("", own.subList(at, own.size()))).toString();
    }

    /** Where they differ; differing words with only a space between them change together, as in "an umbrella". */
    private static List<Slot> slots(List<String> own, List<String> donor) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i).equals(donor.get(i))) {
                continue;
            }
            int last = slots.size() - 1;
            boolean joined =
                    last >= 0 && i - slots.get(last).to() == 1 && own.get(i - 1).isBlank();
            if (joined) {
                slots.set(last, new Slot(slots.get(last).from(), i + 1));
            } else {
                slots.add(new Slot(i, i + 1));
            }
        }
        return slots;
    }

    private static boolean sharesHalfOfTheWords(List<String> own, List<String> donor) {
        int words = 0;
        int shared = 0;
        for (int i = 0; i < own.size(); i++) {
            if (Character.isLetter(own.get(i).charAt(0))) {
                words++;
                shared += own.get(i).equals(donor.get(i)) ? 1 : 0;
            }
        }
        return 2 * shared >= words;
    }

    private static List<String> pieces(String question) {
        return PIECE.matcher(question).results().map(MatchResult::group).toList();
    }

    /** The kinds of the pieces, punctuation and spaces themselves. */
    private static String outline(List<String> pieces) {
        return pieces.stream()
                .map(piece -> {
                    char first = piece.charAt(0);
                    if (Character.isDigit(first)) {
                        return "0";
                    }
                    return Character.isLetter(first) ? "a" : piece;
                })
                .collect(Collectors.joining());
    }
}
