package org.realm4knime.headless.report;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.realm4knime.headless.workflow.Connection;
import org.realm4knime.headless.workflow.Workflow;
import org.realm4knime.headless.workflow.WorkflowException;
import org.realm4knime.headless.workflow.WorkflowGraph;
import org.realm4knime.headless.workflow.WorkflowNode;

/**
 * A drawing of a workflow: the nodes as boxes where their author put them on KNIME's canvas, spread until no two
 * overlap, or in columns by depth if they have no usable places. Lengths are in pixels.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param boxes one a node
 * @param lines one a connection
 */
public record GraphLayout(int width, int height, List<Box> boxes, List<Line> lines) {

    private static final int BOX_WIDTH = 160;
    private static final int BOX_HEIGHT = 44;
    private static final int GAP = 26;
    private static final int MARGIN = 12;
    private static final double LARGEST_HEIGHT = 1.6;

    /**
     * A node's box.
     *
     * @param node the node
     * @param x left edge
     * @param y top edge
     * @param width of the box
     * @param height of the box
     */
    public record Box(WorkflowNode node, int x, int y, int width, int height) {

        /** @return horizontal middle, from the left edge */
        public int middle() {
            return width / 2;
        }
    }

    /**
     * A connection, from the right edge of one box to the left edge of another.
     *
     * @param path data of an SVG path
     * @param variable whether it carries only flow variables
     */
    public record Line(String path, boolean variable) {}

    /**
     * @param workflow what to draw
     * @return the drawing
     */
    public static GraphLayout of(Workflow workflow) {
        Map<Integer, int[]> places = places(workflow);
        int left = places.values().stream().mapToInt(p -> p[0]).min().orElse(0) - MARGIN;
        int top = places.values().stream().mapToInt(p -> p[1]).min().orElse(0) - MARGIN;
        Map<Integer, Box> boxes = new LinkedHashMap<>();
        for (WorkflowNode node : workflow.nodes()) {
            int[] place = places.get(node.id());
            boxes.put(node.id(), new Box(node, place[0] - left, place[1] - top, BOX_WIDTH, BOX_HEIGHT));
        }
        List<Line> lines = workflow.connections().stream()
                .map(c -> line(c, workflow, boxes))
                .toList();
        int width =
                boxes.values().stream().mapToInt(b -> b.x() + BOX_WIDTH).max().orElse(0) + MARGIN;
        int height =
                boxes.values().stream().mapToInt(b -> b.y() + BOX_HEIGHT).max().orElse(0) + MARGIN;
        return new GraphLayout(width, height, List.copyOf(boxes.values()), lines);
    }

    /** @return the least width at which the drawing is still legible */
    public int minWidth() {
        return width * 3 / 5;
    }

    private static Line line(Connection c, Workflow workflow, Map<Integer, Box> boxes) {
        Box source = boxes.get(c.source());
        Box target = boxes.get(c.target());
        int inputs = Math.max(1, workflow.into(c.target()).size());
        int index = workflow.into(c.target()).indexOf(c);
        double startX = source.x() + BOX_WIDTH;
        double startY = source.y() + BOX_HEIGHT / 2.0;
        double endX = target.x();
        double endY = target.y() + BOX_HEIGHT * (index + 1.0) / (inputs + 1);
        double bend = Math.max(30, Math.abs(endX - startX) / 2);
        return new Line(
                "M%.0f %.1f C%.0f %.1f %.0f %.1f %.0f %.1f"
                        .formatted(startX, startY, startX + bend, startY, endX - bend, endY, endX, endY),
                c.isFlowVariable());
    }

    /** The canvas, stretched no more than needed: first in width, with much room in height, then in height. */
    private static Map<Integer, int[]> places(Workflow workflow) {
        OptionalDouble x = factors(0.7, 6)
                .filter(f -> isClear(workflow, scaled(workflow, f, LARGEST_HEIGHT)))
                .findFirst();
        if (x.isEmpty()) {
            return columns(workflow);
        }
        double y = factors(0.4, LARGEST_HEIGHT)
                .filter(f -> isClear(workflow, scaled(workflow, x.getAsDouble(), f)))
                .findFirst()
                .orElse(LARGEST_HEIGHT);
        return scaled(workflow, x.getAsDouble(), y);
    }

    private static DoubleStream factors(double least, double most) {
        return DoubleStream.iterate(least, f -> f <= most, f -> f + 0.05);
    }

    private static Map<Integer, int[]> scaled(Workflow workflow, double x, double y) {
        return workflow.nodes().stream().collect(Collectors.toMap(WorkflowNode::id, n ->
                new int[] {(int) (n.bounds()[0] * x), (int) (n.bounds()[1] * y)}));
    }

    /** Whether no two boxes overlap and the line between two has room where it runs from left to right. */
    private static boolean isClear(Workflow workflow, Map<Integer, int[]> places) {
        List<int[]> all = List.copyOf(places.values());
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                int dx = Math.abs(all.get(i)[0] - all.get(j)[0]);
                int dy = Math.abs(all.get(i)[1] - all.get(j)[1]);
                if (dx < BOX_WIDTH + GAP && dy < BOX_HEIGHT + GAP / 2) {
                    return false;
                }
            }
        }
        return workflow.connections().stream().allMatch(c -> {
            int dx = places.get(c.target())[0] - places.get(c.source())[0];
            return dx <= 0 || dx >= BOX_WIDTH + GAP;
        });
    }

    /** A node stands one column to the right of the last node before it. */
    private static Map<Integer, int[]> columns(Workflow workflow) {
        Map<Integer, Integer> depth = new HashMap<>();
        Map<Integer, Integer> filled = new HashMap<>();
        Map<Integer, int[]> places = new HashMap<>();
        for (WorkflowNode node : order(workflow)) {
            int column = workflow.into(node.id()).stream()
                    .mapToInt(c -> depth.get(c.source()) + 1)
                    .max()
                    .orElse(0);
            depth.put(node.id(), column);
            int row = filled.merge(column, 1, Integer::sum) - 1;
            places.put(node.id(), new int[] {column * (BOX_WIDTH + 2 * GAP), row * (BOX_HEIGHT + GAP)});
        }
        return places;
    }

    private static List<WorkflowNode> order(Workflow workflow) {
        try {
            return WorkflowGraph.order(workflow);
        } catch (WorkflowException e) {
            throw new IllegalArgumentException("the workflow was read, so it has no cycle", e);
        }
    }
}
