package org.realm4knime.claims;

import java.util.List;
import java.util.Locale;
import org.realm4knime.engine.evaluate.PairedBootstrap.Difference;

/**
 * Accuracies as dots with whiskers, a line per method, as SVG. Drawn by hand, since the comparison needs nothing but
 * Java: a library for this one picture would bring Python and its packages along.
 */
final class DotPlot {

    private static final int LEFT = 210;
    private static final int WIDTH = 440;
    private static final int ROW = 26;
    private static final int TOP = 58;
    private static final String WITHOUT_COLOR = "#c8641e";
    private static final String WITH_COLOR = "#1f5fa8";

    /**
     * A method.
     *
     * @param title its name
     * @param without accuracy without routes; null if not measured
     * @param with accuracy with routes; null if not measured
     */
    record Row(String title, Difference without, Difference with) {}

    private final StringBuilder svg = new StringBuilder();

    private DotPlot() {}

    /** The picture. */
    static String svg(String title, List<Row> rows) {
        DotPlot plot = new DotPlot();
        int bottom = TOP + ROW * rows.size();
        plot.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                LEFT + WIDTH + 30, bottom + 30);
        plot.add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        plot.text(LEFT, 18, "start", title);
        plot.key(LEFT, WITHOUT_COLOR, "without routes");
        plot.key(LEFT + 130, WITH_COLOR, "with routes");
        for (int percent = 0; percent <= 100; percent += 20) {
            double x = x(percent / 100.0);
            plot.add("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/>", x, TOP - 8, x, bottom);
            plot.text(x, bottom + 18, "middle", percent + " %");
        }
        for (int i = 0; i < rows.size(); i++) {
            double y = TOP + ROW * (i + 0.4);
            plot.text(LEFT - 12, y + 4, "end", rows.get(i).title());
            plot.dot(rows.get(i).without(), y - 4, WITHOUT_COLOR);
            plot.dot(rows.get(i).with(), y + 4, WITH_COLOR);
        }
        plot.add("</svg>");
        return plot.svg.toString();
    }

    private static double x(double share) {
        return LEFT + WIDTH * share;
    }

    private void key(double x, String color, String label) {
        add("<circle cx=\"%.1f\" cy=\"34\" r=\"4\" fill=\"%s\"/>", x + 4, color);
        text(x + 14, 38, "start", label);
    }

    private void dot(Difference value, double y, String color) {
        if (value != null) {
            add(
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"1.5\"/>",
                    x(value.low()), y, x(value.high()), y, color);
            add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x(value.mean()), y, color);
        }
    }

    private void text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
