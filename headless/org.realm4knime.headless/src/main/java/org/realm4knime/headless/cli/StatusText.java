package org.realm4knime.headless.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the two status lines say, within the width of a terminal: the running node, and how far it has come. */
final class StatusText {

    private static final int BAR = 16;
    private static final String INDENT = "  ";
    private static final String BETWEEN = ", ";
    private static final String CUT = "...";

    private StatusText() {}

    /**
     * @param title of the running node; shortened if need be
     * @param whole how far the whole workflow is
     * @param width how long the line may be
     */
    static String title(String title, String whole, int width) {
        String end = "  (" + whole + ")";
        return end.length() < width ? shortened(title, width - end.length()) + end : shortened(title, width);
    }

    /**
     * @param fraction how far the node is, in [0, 1]; negative if it does not say
     * @param message what it says, parts separated by commas; what matters less is left out where there is no room: the
     *     time left, the step and the reward are kept longest
     * @param width how long the line may be
     */
    static String progress(double fraction, String message, int width) {
        String bar = INDENT + (fraction < 0 ? "" : bar(fraction));
        String begin = bar.length() <= width ? bar : "";
        return begin + details(message, Math.max(0, width - begin.length()));
    }

    private static String bar(double fraction) {
        double within = Math.min(1, fraction);
        int filled = (int) Math.round(BAR * within);
        return "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] %3d%%  ".formatted((int) (100 * within));
    }

    private static String details(String message, int room) {
        List<String> parts = List.of(message.strip().split(BETWEEN));
        Set<Integer> kept = new TreeSet<>();
        int length = -BETWEEN.length();
        for (int part : byImportance(parts)) {
            int longer = length + BETWEEN.length() + parts.get(part).length();
            if (longer <= room) {
                kept.add(part);
                length = longer;
            }
        }
        return kept.isEmpty()
                ? shortened(parts.get(0), room)
                : String.join(BETWEEN, kept.stream().map(parts::get).toList());
    }

    private static List<Integer> byImportance(List<String> parts) {
        List<Integer> first = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.endsWith(" left")) {
                first.add(0, i);
            } else if (i == 0 || part.startsWith("reward ")) {
                first.add(i);
            } else {
                rest.add(i);
            }
        }
        first.addAll(rest);
        return first;
    }

    private static String shortened(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        return room <= CUT.length() ? "" : text.substring(0, room - CUT.length()) + CUT;
    }
}
